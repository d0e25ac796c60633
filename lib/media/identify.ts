import { open } from "node:fs/promises";
import { MediaError } from "./media-error";
import { nameRefused } from "./refused-formats";
import {
  findMpegAudio,
  isAdts,
  isIsoMedia,
  isMpegAudio,
  readBrands,
  readDocType,
  readOggCodec,
} from "./signatures";

export type MediaKind = "picture" | "video" | "audio";

/** What a file is by its first bytes. `extension` is without a dot. */
export type Identity = Readonly<{ mime: string; kind: MediaKind; extension: string }>;

const picture = (mime: string, extension: string): Identity => ({ mime, kind: "picture", extension });
const audio = (mime: string, extension: string): Identity => ({ mime, kind: "audio", extension });
const video = (mime: string, extension: string): Identity => ({ mime, kind: "video", extension });

/** Pictures and protected music in an ISO media file: named when they are refused. Any other brand may be a film. */
const NO_FILM = /^(hei[cmsx]|hev[cmsx]|mif1|msf1|jp2 |jpx |jpm |mjp2|jxl |crx |M4P )/;
const HEAD_BYTES = 4_096;
/** So much padding or junk may stand before the first frame of an MP3. */
const JUNK_BYTES = 131_072;

/**
 * Says by its first bytes what a file is; the name does not count. Only formats on the list pass:
 * JPEG, PNG, WebP, GIF, AVIF, MP4, MOV, WebM, MP3, AAC, WAV, FLAC, M4A, OGG. What an unknown brand is within its
 * family, the decoder decides. Throws MediaError `invalid` that names what the file is instead.
 */
export async function identify(path: string): Promise<Identity> {
  const file = await open(path, "r");
  try {
    const read = async (offset: number, bytes: number) => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0, HEAD_BYTES);
    if (head.length === 0) {
      throw new MediaError(
        "invalid",
        "This file is empty.",
        "Choose the file again; it may not have been saved yet.",
      );
    }
    const found = match(head) ?? (await matchBehindId3(head, read));
    if (found) return found;
    const refused = nameRefused(head);
    if (!refused.known && findMpegAudio(await read(0, JUNK_BYTES)) >= 0) return audio("audio/mpeg", "mp3");
    throw refuse(refused);
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
  const docType = readDocType(head);
  if (docType !== null) return docType === "matroska" ? undefined : video("video/webm", "webm");
  if (isMpegAudio(head, 0)) return audio("audio/mpeg", "mp3");
  if (isAdts(head, 0)) return audio("audio/aac", "aac");
  return matchIsoMedia(head);
}

function matchIsoMedia(head: Buffer): Identity | undefined {
  if (!isIsoMedia(head)) return undefined;
  const brands = readBrands(head);
  const major = brands[0];
  if (major === undefined) {
    const isOldQuickTime = /^(moov|mdat|wide|pnot)/.test(head.toString("latin1", 4, 8));
    return isOldQuickTime ? video("video/quicktime", "mov") : video("video/mp4", "mp4");
  }
  if (brands.includes("avif") || brands.includes("avis")) return picture("image/avif", "avif");
  if (NO_FILM.test(major)) return undefined;
  if (/^(M4A|M4B)/.test(major)) return audio("audio/mp4", "m4a");
  return major === "qt  " ? video("video/quicktime", "mov") : video("video/mp4", "mp4");
}

/**
 * An ID3 tag may stand before MP3 (and, rarely, FLAC or AAC). Its size is in four 7-bit bytes (id3.org, ID3v2 §3.1);
 * some are longer than they say.
 */
async function matchBehindId3(
  head: Buffer,
  read: (offset: number, bytes: number) => Promise<Buffer>,
): Promise<Identity | undefined> {
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return undefined;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
  const body = await read(10 + size, JUNK_BYTES);
  if (body.toString("latin1", 0, 4) === "fLaC") return audio("audio/flac", "flac");
  if (isAdts(body, 0)) return audio("audio/aac", "aac");
  const found = isMpegAudio(body, 0) || findMpegAudio(body) >= 0;
  return found ? audio("audio/mpeg", "mp3") : undefined;
}

function refuse({ what, instead }: { what: string; instead: string }): MediaError {
  return new MediaError("invalid", `This file is ${what}, which cannot be used here.`, instead);
}
