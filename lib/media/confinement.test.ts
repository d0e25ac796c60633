import ffmpegInstaller from "@ffmpeg-installer/ffmpeg";
import { describe, expect, it } from "vitest";
import { runFfmpeg } from "./run-ffmpeg";
import { runProgram } from "./run-program";
import { everyFfmpeg, makeFilm, withTestFilm } from "./testing";

describe.each(everyFfmpeg())("a stranger's file with %s", (_name, programs) => {
  const { at, film } = withTestFilm(programs);
  const isOld = programs.ffmpegPath === ffmpegInstaller.path;
  const decode = (path: string, untrusted: boolean) =>
    runFfmpeg({
      inputs: [{ path }],
      outputs: [{ options: ["-frames:v", "1", "-f", "null"] }],
      timeLimitSeconds: 20,
      untrusted,
    });

  it("is decoded where its codec is one that people send", async () => {
    await expect(decode(film, true)).resolves.toBeInstanceOf(Buffer);
  });

  it(`${isOld ? "is not" : "is"} opened with a rare decoder`, async () => {
    const rare = at("rare.mkv");
    const options = ["-c:v", "ffv1", "-pix_fmt", "yuv420p", "-movflags", "0"];
    await makeFilm(rare, { width: 64, height: 48, seconds: 0.5, options });
    const decoded = decode(rare, true);
    if (isOld) await expect(decoded).rejects.toMatchObject({ code: "failed" });
    else await expect(decoded).resolves.toBeInstanceOf(Buffer);
    await expect(decode(rare, false)).resolves.toBeInstanceOf(Buffer);
  });
});

it.runIf(process.platform === "linux")(
  "a confined program has limits of memory, time, files and core dumps",
  async () => {
    const limits = ["-c", "ulimit -v; ulimit -t; ulimit -f; ulimit -c"];
    const { stdout } = await runProgram("/bin/sh", limits, { timeLimitSeconds: 3, confined: true });
    expect(stdout.toString().trim().split("\n")).toEqual(["2500000", "6", "2000000", "0"]);
  },
);
