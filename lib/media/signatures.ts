/** MPEG audio frame header (ISO 11172-3 §2.4.2.3): sync, any version, layer III, possible bitrate and sample rate. */
export function isMpegAudio(bytes: Buffer, at: number): boolean {
  return mpegFrame(bytes, at) !== undefined;
}

/** ADTS frame header (ISO 13818-7 §6.2): sync, layer 0, a possible sample rate and a frame longer than its header. */
export function isAdts(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0) return false;
  const [rate = 0, high = 0, low = 0, last = 0] = bytes.subarray(at + 2, at + 6);
  return ((rate >> 2) & 15) < 13 && (((high & 3) << 11) | (low << 3) | (last >> 5)) > 7;
}

/**
 * Where the first MPEG audio frame begins that another one follows; -1 where there is none. Padding, a cut through a
 * frame and other junk stand before it in files that every player plays.
 */
export function findMpegAudio(bytes: Buffer): number {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const frame = mpegFrame(bytes, at);
    if (frame && mpegFrame(bytes, at + frame.bytes)) return at;
  }
  return -1;
}

/** Seconds of sound that an MP3's Xing or Info header counts, at the frame where it stands; null without one. */
export function readXingSeconds(bytes: Buffer, at: number): number | null {
  const frame = mpegFrame(bytes, at);
  const tag = bytes
    .subarray(at, at + 48)
    .toString("latin1")
    .search(/Xing|Info/);
  if (!frame || tag < 0 || bytes.length < at + tag + 12) return null;
  const hasFrames = (bytes.readUInt32BE(at + tag + 4) & 1) === 1;
  const frames = bytes.readUInt32BE(at + tag + 8);
  return hasFrames && frames > 0 ? (frames * frame.samples) / frame.sampleRateHz : null;
}

const RATES_HZ = [44_100, 48_000, 32_000];
const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

function mpegFrame(head: Buffer, at: number) {
  const [sync, kind = 0, rates = 0] = head.subarray(at, at + 3);
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0) return undefined;
  const version = (kind >> 3) & 3;
  const [bitrate, rate] = [rates >> 4, RATES_HZ[(rates >> 2) & 3]];
  if (version === 1 || ((kind >> 1) & 3) !== 1 || bitrate === 0 || bitrate === 15 || !rate) return undefined;
  const isFirst = version === 3;
  const sampleRateHz = isFirst ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = isFirst ? 1152 : 576;
  const kbits = (isFirst ? KBITS_1 : KBITS_2)[bitrate] ?? 0;
  const bytes = Math.floor(((samples / 8) * kbits * 1000) / sampleRateHz) + ((rates >> 1) & 1);
  return { bytes, samples, sampleRateHz };
}

/** Major brand first, then the compatible brands, of an ISO media file (ISO 14496-12 §4.3); empty when it is none. */
export function readBrands(head: Buffer): string[] {
  if (head.toString("latin1", 4, 8) !== "ftyp") return [];
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [head.toString("latin1", 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString("latin1", at, at + 4));
  return brands;
}

/** Whether an ISO media file begins here, by a box that may stand first (ISO 14496-12 §4, and QuickTime of old). */
export function isIsoMedia(head: Buffer): boolean {
  return /^(ftyp|styp|moov|mdat|wide|pnot|free|skip|sidx|moof|uuid)/.test(head.toString("latin1", 4, 8));
}

/** The DocType of an EBML header (RFC 8794 §11.2.6) without the zeros that pad it; null when it is no EBML. */
export function readDocType(head: Buffer): string | null {
  if (head.toString("latin1", 0, 4) !== "\x1a\x45\xdf\xa3") return null;
  const at = head.subarray(0, 256).indexOf("\x42\x82", 4, "latin1");
  const size = at < 0 ? 0 : (head[at + 2] ?? 0) & 0x7f;
  return head.toString("latin1", at + 3, at + 3 + size).replace(/\0+$/, "");
}

/** Which codec the first pages of an Ogg file announce (RFC 3533: the identification header comes first). */
export function readOggCodec(head: string): "audio" | "video" | "unknown" {
  if (head.includes("theora") || head.includes("\x01video")) return "video";
  const codecs = ["\x01vorbis", "OpusHead", "\x7fFLAC", "Speex   "];
  return codecs.some((codec) => head.includes(codec)) ? "audio" : "unknown";
}
