import { open } from "node:fs/promises";
import { MediaError } from "./media-error";
import { nameRefused } from "./refused-formats";
import { isMpegAudio, readBrands, readOggCodec } from "./signatures";

export type MediaKind = "picture" | "video" | "audio";

/** What a file is by its first bytes. `extension` is without a dot. */
export type Identity = Readonly<{ mime: string; kind: MediaKind; extension: string }>;

const picture = (mime: string, extension: string): Identity => ({ mime, kind: "picture", extension });
const audio = (mime: string, extension: string): Identity => ({ mime, kind: "audio", extension });
const video = (mime: string, extension: string): Identity => ({ mime, kind: "video", extension });

const MP4_BRANDS = /^(isom|iso[2-9a-f]|mp4[12]|avc1|dash|M4V[ HP]?|mmp4|MSNV|f4v|NDSC|XAVC|3g[p2].)/;
const HEAD_BYTES = 4_096;

/**
 * Says by its first bytes what a file is; the name does not count. Only formats on the list pass:
 * JPEG, PNG, WebP, GIF, AVIF, MP4, MOV, WebM, MP3, WAV, FLAC, M4A, OGG.
 * Throws MediaError `invalid` that names what the file is instead. An MP4 may turn out to be sound only: `probe` tells.
 */
export async function identify(path: string): Promise<Identity> {
  const file = await open(path, "r");
  try {
    const read = async (offset: number) => {
      const buffer = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, offset);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0);
    if (head.length === 0) {
      throw new MediaError(
        "invalid",
        "This file is empty.",
        "Choose the file again; it may not have been saved yet.",
      );
    }
    const found = match(head) ?? (await matchBehindId3(head, read));
    if (found) return found;
    throw refuse(nameRefused(head));
  } finally {
    await file.close();
  }
}

function match(head: Buffer): Identity | undefined {
  const text = head.toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return picture("image/jpeg", "jpg");
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return picture("image/png", "png");
  if (/^GIF8[79]a/.test(text)) return picture("image/gif", "gif");
  if (/^RIFF.{4}WEBP/s.test(text)) return picture("image/webp", "webp");
  if (/^(RIFF|RF64).{4}WAVE/s.test(text)) return audio("audio/wav", "wav");
  if (text.startsWith("fLaC")) return audio("audio/flac", "flac");
  if (text.startsWith("OggS") && readOggCodec(text) === "audio") return audio("audio/ogg", "ogg");
  if (text.startsWith("\x1a\x45\xdf\xa3") && text.includes("\x42\x82\x84webm"))
    return video("video/webm", "webm");
  if (isMpegAudio(head, 0)) return audio("audio/mpeg", "mp3");
  return matchIsoMedia(head);
}

function matchIsoMedia(head: Buffer): Identity | undefined {
  const brands = readBrands(head);
  const major = brands[0];
  if (major === undefined) {
    const isOldQuickTime = /^.{4}(moov|mdat|wide|pnot)/s.test(head.toString("latin1"));
    return isOldQuickTime ? video("video/quicktime", "mov") : undefined;
  }
  if (brands.includes("avif") || brands.includes("avis")) return picture("image/avif", "avif");
  if (/^(M4A|M4B)/.test(major)) return audio("audio/mp4", "m4a");
  if (major === "qt  ") return video("video/quicktime", "mov");
  if (MP4_BRANDS.test(major)) return video("video/mp4", "mp4");
  return undefined;
}

/** An ID3 tag may stand before MP3 (and, rarely, FLAC). Its size is in four 7-bit bytes (id3.org, ID3v2 §3.1). */
async function matchBehindId3(
  head: Buffer,
  read: (offset: number) => Promise<Buffer>,
): Promise<Identity | undefined> {
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return undefined;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
  const body = await read(10 + size);
  if (body.toString("latin1", 0, 4) === "fLaC") return audio("audio/flac", "flac");
  for (let at = 0; at < body.length - 4; at++) {
    if (isMpegAudio(body, at)) return audio("audio/mpeg", "mp3");
  }
  return undefined;
}

function refuse({ what, instead }: { what: string; instead: string }): MediaError {
  return new MediaError("invalid", `This file is ${what}, which cannot be used here.`, instead);
}
