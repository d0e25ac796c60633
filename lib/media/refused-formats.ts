import { readBrands } from "./signatures";

/** `known` is false where nothing tells what the file is. */
type Refusal = { what: string; instead: string; known: boolean };

const PICTURE = "Save it as JPEG, PNG or WebP and upload that.";
const FILM = "Convert it to MP4 (H.264) and upload that.";
const SOUND = "Convert it to MP3, M4A, AAC, WAV, FLAC or OGG and upload that.";
const ANY =
  "Upload a picture (JPEG, PNG, WebP), a film (MP4, MOV, WebM) or sound (MP3, M4A, AAC, WAV, FLAC, OGG).";

/** First bytes (as Latin-1), what stands at byte 8 where that decides, the name, and what to send in its place. */
const BINARY: [starts: string[], at8: string, what: string, instead: string][] = [
  [["MZ", "\x7fELF", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe"], "", "a program", ANY],
  [["PK\x03\x04"], "", "a ZIP archive or an office document", ANY],
  [["\x1f\x8b", "7z\xbc\xaf", "Rar!", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd"], "", "an archive", ANY],
  [["%PDF"], "", "a PDF document", PICTURE],
  [["%!PS"], "", "a PostScript document", PICTURE],
  [["8BPS"], "", "a Photoshop document", PICTURE],
  [["II*\0", "MM\0*", "II+\0", "MM\0+"], "", "a TIFF or raw photograph", PICTURE],
  [["\0\0\0\x0cJXL ", "\xff\x0a"], "", "a JPEG XL picture", PICTURE],
  [["\0\0\0\x0cjP  "], "", "a JPEG 2000 picture", PICTURE],
  [["RIFF"], "AVI ", "an AVI film", FILM],
  [["\x30\x26\xb2\x75"], "", "a Windows Media file", FILM],
  [["FLV\x01"], "", "a Flash film", FILM],
  [["\x1a\x45\xdf\xa3"], "", "a Matroska (MKV) film", FILM],
  [["OggS"], "", "an Ogg file without Vorbis, Opus, FLAC or Speex sound", SOUND],
  [["\0\0\x01\xba", "\0\0\x01\xb3", "\x47\x40"], "", "an MPEG stream", FILM],
  [["FORM"], "AIF", "an AIFF file", SOUND],
  [["MThd"], "", "a MIDI file", SOUND],
  [["ID3"], "", "a file with an ID3 tag and no MP3 sound behind it", SOUND],
];

const TEXT: [RegExp, string][] = [
  [/^#EXTM3U|^\[playlist\]|^ffconcat version|^#EXT-X|<(smil|MPD|asx|playlist)[\s>]/i, "a playlist"],
  [/<svg[\s>]/i, "an SVG drawing (which can carry scripts)"],
  [/<(!doctype\s+html|html|head|body|script|iframe)[\s>]/i, "a web page (HTML)"],
  [/^#!/, "a script"],
  [/^<\?xml|^<[a-z!]/i, "an XML document"],
];

/** Names in plain words a file that is not on the list, and what to send in its place. */
export function nameRefused(head: Buffer): Refusal {
  const named = name(head);
  return named
    ? { ...named, known: true }
    : { what: "in a format that is not known", instead: ANY, known: false };
}

function name(head: Buffer): Omit<Refusal, "known"> | undefined {
  const brands = readBrands(head);
  if (brands.some((brand) => /^(hei[cmsxv]|hev[cmsx]|mif1|msf1)/.test(brand))) {
    const instead = "Save it as JPEG; on an iPhone choose Settings → Camera → Formats → Most Compatible.";
    return { what: "a HEIC picture", instead };
  }
  if (brands[0]?.startsWith("M4P")) return { what: "protected music (DRM)", instead: SOUND };
  const bytes = head.toString("latin1");
  for (const [starts, at8, what, instead] of BINARY) {
    if (starts.some((start) => bytes.startsWith(start)) && bytes.startsWith(at8, 8)) return { what, instead };
  }
  if (bytes.startsWith("BM") && head.length > 14 && head.readUInt32LE(6) === 0) {
    return { what: "a BMP picture", instead: PICTURE };
  }
  const text = decodeText(head);
  if (text !== undefined) {
    for (const [pattern, what] of TEXT) {
      if (pattern.test(text)) return { what, instead: what.includes("SVG") ? PICTURE : ANY };
    }
    return { what: "a text file", instead: ANY };
  }
  return undefined;
}

function decodeText(head: Buffer): string | undefined {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const text = head.toString(utf16 ? "utf16le" : "utf8").replace(/^\ufeff/, "");
  const odd = [...text].filter(
    (char) => char === "\ufffd" || (char < " " && !"\t\n\r\f".includes(char)),
  ).length;
  return odd <= 1 ? text.trimStart() : undefined;
}
