import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { everyFfmpeg, makeFilm, withTestFilm } from "./testing";

const SMALL = { width: 160, height: 90, seconds: 1 };
const VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"];

describe.each(everyFfmpeg())("films of every kind with %s", (_name, programs) => {
  const { at, film } = withTestFilm(programs);
  const remux = async (name: string, options: string[], input: string[] = [], from = film) => {
    await media.runFfmpeg({
      inputs: [{ path: from, options: input }],
      outputs: [{ path: at(name), options }],
      timeLimitSeconds: 60,
    });
    return at(name);
  };
  const rewrite = async (name: string, from: string, find: string, put: string) => {
    const bytes = await readFile(from);
    bytes.write(put, bytes.indexOf(find, 0, "latin1"), "latin1");
    await writeFile(at(name), bytes);
    return at(name);
  };
  const poster = async (path: string) => {
    await media.makeThumbnail(path, "video", at("poster.webp"));
    return sharp(at("poster.webp")).metadata();
  };

  it("whose sound outlasts the picture: each has its length", async () => {
    const path = at("long-sound.webm");
    await media.runFfmpeg({
      inputs: [{ filter: "testsrc=size=160x90:rate=25:duration=1" }, { filter: "sine=duration=1.5" }],
      outputs: [{ path, options: [...VP8, "-c:a", "libopus"] }],
      timeLimitSeconds: 60,
    });
    const found = await media.probe(path);
    expect(found.pictureSeconds).toBeCloseTo(1, 1);
    expect(found.soundSeconds).toBeCloseTo(1.5, 1);
    expect(found.durationSeconds).toBeCloseTo(1.5, 1);
    await poster(path);
  });

  it("that begin late, or were recorded without a length", async () => {
    await makeFilm(at("late.webm"), { ...SMALL, options: [...VP8, "-output_ts_offset", "3"] });
    expect((await media.probe(at("late.webm"))).durationSeconds).toBeCloseTo(1, 1);
    await poster(at("late.webm"));
    const piped = await media.runFfmpeg({
      inputs: [{ path: at("late.webm") }],
      outputs: [{ options: ["-c", "copy", "-f", "webm"] }],
      timeLimitSeconds: 60,
    });
    // Its header may announce any length: that of what it was made from.
    await writeFile(at("live.webm"), piped);
    expect((await media.probe(at("live.webm"))).durationSeconds).toBeCloseTo(1, 1);
  });

  it("of which an edit list hides the beginning", async () => {
    const path = await remux("edited.mp4", ["-c", "copy", "-an"], ["-ss", "0.5"]);
    const { durationSeconds, frames } = await media.probe(path);
    expect(durationSeconds).toBeCloseTo(2.5, 1);
    expect(frames).toBeLessThanOrEqual(62);
  });

  it("of one frame, alone or with a song: every time gives it", async () => {
    await remux("one.mp4", ["-frames:v", "1", "-an", "-c:v", "libx264"]);
    await media.runFfmpeg({
      inputs: [{ filter: "testsrc=size=160x90:rate=1/3:duration=3" }, { filter: "sine=duration=3" }],
      outputs: [{ path: at("song.mp4"), options: ["-c:v", "libx264", "-pix_fmt", "yuv420p"] }],
      timeLimitSeconds: 60,
    });
    for (const name of ["one.mp4", "song.mp4"]) {
      expect(await media.probe(at(name)), name).toMatchObject({ frames: 1, kind: "video" });
      await poster(at(name));
      await media.makePreview(at(name), at("preview.mp4"));
      for (const moment of [0, 2, 99, "last"] as const) {
        await media.extractFrame(at(name), moment, at("frame.png"));
      }
    }
    expect((await media.probe(at("song.mp4"))).soundSeconds).toBeCloseTo(3, 0);
  });

  it("of a brand or document type that nobody knows: the decoder decides", async () => {
    const brand = await rewrite("cmfc.mp4", film, "ftypisom", "ftypqqqq");
    expect(await media.probe(brand)).toMatchObject({ kind: "video", frames: 72 });
    await makeFilm(at("plain.webm"), { ...SMALL, options: VP8 });
    const padded = await rewrite("padded.webm", at("plain.webm"), "\x42\x82\x84webm", "\x42\x82\x84web\0");
    expect((await media.probe(padded)).kind).toBe("video");
    await writeFile(at("no-film.mp4"), "\0\0\0\x18ftypqqqq\0\0\0\0qqqqiso9 and then nothing of a film");
    await expect(media.probe(at("no-film.mp4"))).rejects.toMatchObject({ code: "invalid" });
  });

  it("with pixels that are not square are measured and shown as seen", async () => {
    await makeFilm(at("wide.mp4"), { width: 72, height: 58, seconds: 1, options: ["-vf", "setsar=64/45"] });
    expect(await media.probe(at("wide.mp4"))).toMatchObject({ width: 102, height: 58 });
    expect(await poster(at("wide.mp4"))).toMatchObject({ width: 102, height: 58 });
    await media.makePreview(at("wide.mp4"), at("wide-preview.mp4"));
    expect(await media.probe(at("wide-preview.mp4"))).toMatchObject({ width: 102, height: 58 });
  });

  it.each(["smpte2084", "arib-std-b67"])(
    "of high dynamic range (%s) are mapped and tagged",
    async (curve) => {
      const path = at(`${curve}.mp4`);
      // The code of white on an HDR screen: 58 % in PQ, 75 % in HLG.
      const grey = curve === "smpte2084" ? "0x949494" : "0xbfbfbf";
      const tags = ["-color_primaries", "bt2020", "-color_trc", curve, "-colorspace", "bt2020nc"];
      await media.runFfmpeg({
        inputs: [{ filter: `color=c=${grey}:size=160x90:rate=24:duration=0.5` }],
        outputs: [{ path, options: ["-c:v", "libx264", "-pix_fmt", "yuv420p", ...tags] }],
        timeLimitSeconds: 60,
      });
      await poster(path);
      const { channels } = await sharp(at("poster.webp")).stats();
      for (const channel of channels) expect(channel.mean).toBeGreaterThan(225);
      await media.makePreview(path, at("sdr.mp4"));
      const { colour } = await media.probe(at("sdr.mp4"));
      expect(colour).toEqual({ transfer: "sdr", primaries: "bt709", matrix: "bt709" });
    },
  );

  it("whose colour is reserved are converted all the same", async () => {
    const values = "colour_primaries=3:transfer_characteristics=3:matrix_coefficients=3";
    const path = await remux("reserved.mp4", ["-c", "copy", "-bsf:v", `h264_metadata=${values}`]);
    await poster(path);
    await media.makePreview(path, at("preview.mp4"));
    expect((await media.probe(at("preview.mp4"))).colour?.matrix).toBe("bt709");
  });

  it("tell an even rate from one that varies", async () => {
    expect(await media.probe(film)).toMatchObject({ constantRate: true, fps: 24 });
    const drop = ["-vf", "select='not(between(n,20,30))'", "-vsync", "vfr", "-an", "-c:v", "libx264"];
    expect(await media.probe(await remux("uneven.mp4", drop))).toMatchObject({ constantRate: false });
  });

  it("that browsers do not play say so, and have a stand-in with sound", async () => {
    expect((await media.probe(film)).unplayableBecause).toBeNull();
    const old = await remux("old.mp4", ["-c:v", "mpeg4", "-c:a", "copy"]);
    expect((await media.probe(old)).unplayableBecause).toMatch(/MPEG-4 part 2/);
    await media.makePreview(old, at("stand-in.mp4"));
    const standIn = await media.probe(at("stand-in.mp4"));
    expect(standIn).toMatchObject({ videoCodec: "h264", audioCodec: "aac", unplayableBecause: null });
    const pcm = await remux("camera.mov", ["-c:v", "copy", "-c:a", "pcm_s16le"]);
    expect((await media.probe(pcm)).unplayableBecause).toMatch(/PCM/);
  });

  it("cut in half are refused in words for films", async () => {
    const bytes = await readFile(film);
    await writeFile(at("half.mp4"), bytes.subarray(0, bytes.length / 2));
    await expect(media.probe(at("half.mp4"))).rejects.toMatchObject({
      message: "This film is damaged or incomplete.",
      action: expect.stringContaining("MP4"),
    });
  });
});
