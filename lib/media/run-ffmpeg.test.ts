import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { everyFfmpeg, withTestFilm } from "./testing";

describe.each(everyFfmpeg())("ffmpeg with %s", (_name, programs) => {
  const { at, film } = withTestFilm(programs);

  it("opens no playlist, whatever it is called", async () => {
    await writeFile(at("list.mp4"), `ffconcat version 1.0\nfile ${film}\n`);
    await writeFile(at("hls.mp4"), `#EXTM3U\n#EXTINF:3,\n${film}\n#EXT-X-ENDLIST\n`);
    for (const name of ["list.mp4", "hls.mp4"]) {
      await expect(media.probe(at(name))).rejects.toThrow("playlist");
      const run = { inputs: [{ path: at(name) }], outputs: [{ path: at("out.mp4"), options: [] }] };
      await expect(media.runFfmpeg({ ...run, timeLimitSeconds: 20 })).rejects.toMatchObject({
        code: "failed",
      });
    }
  });

  it("kills ffmpeg at its time limit and on a signal", async () => {
    const endless = {
      inputs: [{ filter: "testsrc=size=1280x720:rate=24" }],
      outputs: [{ options: ["-f", "null"] }],
    };
    const begun = Date.now();
    await expect(media.runFfmpeg({ ...endless, timeLimitSeconds: 0.5 })).rejects.toMatchObject({
      code: "timeout",
    });
    const signal = AbortSignal.timeout(300);
    await expect(media.runFfmpeg({ ...endless, timeLimitSeconds: 60, signal })).rejects.toThrow("aborted");
    expect(Date.now() - begun).toBeLessThan(15_000);
  });

  it("tells how far it is", async () => {
    const seen: media.FfmpegProgress[] = [];
    await media.runFfmpeg({
      inputs: [{ path: film }],
      outputs: [{ path: at("again.mp4"), options: ["-c:v", "libx264", "-preset", "ultrafast"] }],
      timeLimitSeconds: 30,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)?.frames).toBe(72);
    expect(seen.at(-1)?.seconds).toBeCloseTo(3, 0);
  });

  it("gives ffmpeg's last words as the cause", async () => {
    const run = media.runFfmpeg({
      inputs: [{ path: at("missing.mp4") }],
      outputs: [{ path: at("x.mp4"), options: [] }],
      timeLimitSeconds: 20,
    });
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(media.MediaError);
    expect(String((error as media.MediaError).cause)).toMatch(/No such file/);
  });

  it("knows what this ffmpeg can do", async () => {
    const features = await media.ffmpegFeatures();
    expect(features.encoders.has("libx264")).toBe(true);
    expect(features.filters.has("overlay")).toBe(true);
    expect(features.filters.has("no such filter")).toBe(false);
    expect(features.version).toMatch(/\d/);
  });

  it("refuses a film of a name with anything in it as little as any other", async () => {
    const odd = at("-y %03d 'quoted' \"x\" ; $(touch oops) ünï 🎬.mp4");
    await writeFile(odd, await readFile(film));
    expect((await media.probe(odd)).frames).toBe(72);
    await media.makeThumbnail(odd, "video", at("odd %d.webp"));
    expect((await sharp(at("odd %d.webp")).metadata()).width).toBe(320);
  });
});

describe("a program that does not run", () => {
  it("is named, with what to do", async () => {
    media.configureMedia({ ffmpegPath: "/nowhere/ffmpeg" });
    await expect(media.ffmpegFeatures()).rejects.toMatchObject({
      message: expect.stringContaining("/nowhere/ffmpeg"),
      action: expect.stringContaining("FFMPEG_BIN"),
    });
    media.configureMedia({});
    await expect(media.ffmpegFeatures()).resolves.toBeDefined();
  });
});
