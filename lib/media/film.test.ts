import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { everyFfmpeg, makeFilm, withTestFilm } from "./testing";

describe.each(everyFfmpeg())("films with %s", (_name, programs) => {
  const { at, film } = withTestFilm(programs);

  it("probes a film", async () => {
    const found = await media.probe(film);
    expect(found).toMatchObject({ kind: "video", mime: "video/mp4", width: 320, height: 180 });
    expect(found).toMatchObject({
      fps: 24,
      frames: 72,
      hasAudio: true,
      videoCodec: "h264",
      audioCodec: "aac",
    });
    expect(found.durationSeconds).toBeCloseTo(3, 2);
  });

  it("probes sound in any of its containers, and sound in a film's", async () => {
    for (const extension of ["mp3", "wav", "flac", "m4a", "ogg", "mp4"]) {
      const path = at(`tone.${extension}`);
      await media.runFfmpeg({
        inputs: [{ filter: "sine=frequency=330:duration=2" }],
        outputs: [{ path, options: extension === "ogg" ? ["-c:a", "libvorbis"] : [] }],
        timeLimitSeconds: 30,
      });
      const found = await media.probe(path);
      expect(found, extension).toMatchObject({ kind: "audio", width: null, fps: null, hasAudio: true });
      expect(found.durationSeconds, extension).toBeCloseTo(2, 0);
    }
  });

  it("shows a film upright", async () => {
    const turned = at("turned.mp4");
    await media.runFfmpeg({
      inputs: [{ path: film }],
      outputs: [{ path: turned, options: ["-c", "copy", "-metadata:s:v:0", "rotate=90"] }],
      timeLimitSeconds: 30,
    });
    const { width, height } = await media.probe(turned);
    await media.makePreview(turned, at("turned-preview.mp4"));
    // ffmpeg 6 no longer writes this tag; then the film is as it was.
    if (width === 320) return;
    expect([width, height]).toEqual([180, 320]);
    expect(await media.probe(at("turned-preview.mp4"))).toMatchObject({ width: 180, height: 320 });
  });

  it("makes a small muted preview that plays from its first bytes", async () => {
    await makeFilm(at("large.mp4"), { width: 1280, height: 720, seconds: 8, sound: true });
    await media.makePreview(at("large.mp4"), at("preview.mp4"));
    const found = await media.probe(at("preview.mp4"));
    expect(found).toMatchObject({ width: 852, height: 480, hasAudio: false, videoCodec: "h264" });
    expect(found.durationSeconds).toBeCloseTo(6, 1);
    const bytes = (await readFile(at("preview.mp4"))).toString("latin1");
    expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));
  });

  it("makes a poster of a film that begins in black", async () => {
    const path = at("fades.mp4");
    await makeFilm(path, {
      width: 320,
      height: 180,
      seconds: 4,
      options: ["-vf", "fade=in:0:30:color=black"],
    });
    await media.makeThumbnail(path, "video", at("poster.webp"));
    const { channels } = await sharp(at("poster.webp")).stats();
    expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(20);
  });

  it("draws sound as a waveform", async () => {
    await media.makeThumbnail(at("tone.mp3"), "audio", at("tone.webp"));
    expect(await sharp(at("tone.webp")).metadata()).toMatchObject({
      format: "webp",
      width: 640,
      height: 360,
    });
  });

  it("extracts the frame that is asked for", async () => {
    const differs = async (a: string, b: string) => {
      const [p, q] = await Promise.all([a, b].map((path) => sharp(path).raw().toBuffer()));
      return p && q ? !p.equals(q) : undefined;
    };
    await media.extractFrame(film, 0, at("first.png"));
    await media.extractFrame(film, 71 / 24, at("exact-last.png"));
    await media.extractFrame(film, "last", at("last.png"));
    expect(await differs(at("first.png"), at("last.png"))).toBe(true);
    expect(await differs(at("exact-last.png"), at("last.png"))).toBe(false);
    await media.extractFrame(film, 9, at("behind.png"));
    expect(await differs(at("behind.png"), at("last.png"))).toBe(false);
  });
});
