import { readFile, truncate, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { everyFfmpeg, makeFilm, withTestFilm } from "./testing";

describe.each(everyFfmpeg())("verifying films with %s", (_name, programs) => {
  const { at, film } = withTestFilm(programs);

  it("verifies that all frames are there", async () => {
    const found = await media.verifyVideo(film, { frames: 72, durationSeconds: 3, decode: true });
    expect(found.frames).toBe(72);
    expect(found.durationSeconds).toBeCloseTo(3, 2);
    await expect(media.verifyVideo(film, { frames: 73 })).rejects.toThrow("72 of 73");
    await expect(media.verifyVideo(film, { durationSeconds: 5 })).rejects.toThrow("5.00");
  });

  it.each(["mp4", "webm"])("finds a truncated %s", async (extension) => {
    const path = at(`short.${extension}`);
    const webm = ["-c:v", "libvpx", "-deadline", "realtime", "-movflags", "0"];
    await makeFilm(path, { width: 320, height: 180, seconds: 3, options: extension === "webm" ? webm : [] });
    await media.verifyVideo(path);
    await truncate(path, Math.floor((await readFile(path)).length * 0.55));
    await expect(media.verifyVideo(path)).rejects.toMatchObject({ code: "invalid" });
  });

  it("finds damage in the middle of a film when decoding", async () => {
    const bytes = await readFile(film);
    bytes.fill(0xa5, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.5) + 4000);
    await writeFile(at("damaged.mp4"), bytes);
    await expect(media.verifyVideo(at("damaged.mp4"), { decode: true })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
