import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { everyFfmpeg, withTestFilm } from "./testing";

describe.each(everyFfmpeg())("recordings of every kind with %s", (_name, programs) => {
  const { at } = withTestFilm(programs);
  const tone = async (name: string, options: string[] = []) => {
    await media.runFfmpeg({
      inputs: [{ filter: "sine=frequency=330:duration=3" }],
      outputs: [{ path: at(name), options }],
      timeLimitSeconds: 60,
    });
    return readFile(at(name));
  };
  const seconds = async (name: string, bytes: Uint8Array) => {
    await writeFile(at(name), bytes);
    const { kind, durationSeconds } = await media.probe(at(name));
    expect(kind).toBe("audio");
    await media.makeThumbnail(at(name), "audio", at("wave.webp"));
    return durationSeconds;
  };

  it("MP3 that is cut, padded or followed by junk counts as it is decoded", async () => {
    const mp3 = await tone("tone.mp3", ["-write_xing", "0", "-id3v2_version", "0"]);
    const id3 = Buffer.from("ID3\x03\0\0\0\0\0\x10", "latin1");
    const zeros = Buffer.alloc(6000);
    const damagedEnd = Buffer.from(mp3).fill(0, mp3.length - 900);
    const variants: Record<string, Buffer[]> = {
      "mid-frame.mp3": [mp3.subarray(100)],
      "end.mp3": [mp3.subarray(0, mp3.length - 100)],
      "zeros.mp3": [zeros, mp3],
      "id3.mp3": [id3, zeros, mp3],
      "zero-end.mp3": [damagedEnd],
      "junk.mp3": [mp3, Buffer.from("APETAGEX and other words of a tagger".repeat(30))],
    };
    for (const [name, parts] of Object.entries(variants)) {
      const found = await seconds(name, Buffer.concat(parts));
      expect(found, name).toBeGreaterThan(2.7);
      expect(found, name).toBeLessThan(3.3);
    }
  });

  it.each([0xffff_ffff, 0, 0x7fff_ffff])("WAV sent as a stream, with sizes of %d", async (size) => {
    const wav = await tone("tone.wav");
    const data = wav.indexOf("data");
    wav.writeUInt32LE(size, 4);
    wav.writeUInt32LE(size, data + 4);
    expect(await seconds("stream.wav", wav)).toBeCloseTo(3, 1);
  });

  it("AAC without a container, FLAC without its length, chained Ogg", async () => {
    expect(await seconds("raw.aac", await tone("tone.aac"))).toBeCloseTo(3, 0);
    const flac = await tone("tone.flac");
    // STREAMINFO (RFC 9639 §8.2): the 36 bits of the total stand at byte 21 of the file.
    flac.writeUInt8((flac[21] ?? 0) & 0xf0, 21);
    flac.writeUInt32BE(0, 22);
    expect(await seconds("unknown.flac", flac)).toBeCloseTo(3, 1);
    const ogg = await tone("tone.ogg", ["-c:a", "libvorbis"]);
    expect(await seconds("chained.ogg", Buffer.concat([ogg, ogg]))).toBeGreaterThan(2.9);
  });

  it("half a recording is refused where it says how long it was", async () => {
    for (const name of ["tone.wav", "tone.flac", "tone.mp3", "tone.m4a"]) {
      const bytes = await tone(name);
      await writeFile(at(`half-${name}`), bytes.subarray(0, Math.floor(bytes.length * 0.5)));
      await expect(media.probe(at(`half-${name}`)), name).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringMatching(/recording|sound/),
      });
    }
  });

  it("what browsers do not play says so and is made into AAC", async () => {
    await tone("lossless.m4a", ["-c:a", "alac"]);
    const probed = await media.probe(at("lossless.m4a"));
    expect(probed.unplayableBecause).toMatch(/ALAC/);
    await media.makeSoundPreview(at("lossless.m4a"), at("preview.m4a"), { probed });
    const found = await media.probe(at("preview.m4a"));
    expect(found).toMatchObject({ kind: "audio", audioCodec: "aac", unplayableBecause: null });
    expect(found.durationSeconds).toBeCloseTo(3, 0);
  });
});
