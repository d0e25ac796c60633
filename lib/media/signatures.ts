/** MPEG audio frame header (ISO 11172-3 §2.4.2.3): sync, any version, layer III, possible bitrate and sample rate. */
export function isMpegAudio(bytes: Buffer, at: number): boolean {
  const [sync, kind = 0, rates = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0) return false;
  const version = (kind >> 3) & 3;
  const layer = (kind >> 1) & 3;
  const bitrate = rates >> 4;
  const sampleRate = (rates >> 2) & 3;
  return version !== 1 && layer === 1 && bitrate !== 0 && bitrate !== 15 && sampleRate !== 3;
}

/** Major brand first, then the compatible brands, of an ISO media file (ISO 14496-12 §4.3); empty when it is none. */
export function readBrands(head: Buffer): string[] {
  if (head.toString("latin1", 4, 8) !== "ftyp") return [];
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [head.toString("latin1", 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString("latin1", at, at + 4));
  return brands;
}

/** Which codec the first pages of an Ogg file announce (RFC 3533: the identification header comes first). */
export function readOggCodec(head: string): "audio" | "video" | "unknown" {
  if (head.includes("theora") || head.includes("\x01video")) return "video";
  const codecs = ["\x01vorbis", "OpusHead", "\x7fFLAC", "Speex   "];
  return codecs.some((codec) => head.includes(codec)) ? "audio" : "unknown";
}
