import type { Stream } from "./ask-ffprobe";

/** How a film's numbers become light (ITU-T H.273). What a file leaves out or says wrongly is settled as browsers do. */
export type Colour = Readonly<{
  /** `pq` and `hlg` are high dynamic range. */
  transfer: "sdr" | "pq" | "hlg";
  primaries: "bt709" | "bt2020" | "p3";
  /** As ffmpeg's scale filter names it; null for RGB. */
  matrix: "bt709" | "bt601" | "smpte240m" | "fcc" | "bt2020" | null;
}>;

const TRANSFERS: Record<string, Colour["transfer"]> = { smpte2084: "pq", "arib-std-b67": "hlg" };
const PRIMARIES: Record<string, Colour["primaries"]> = { bt2020: "bt2020", smpte431: "p3", smpte432: "p3" };
const MATRICES: Record<string, Colour["matrix"]> = {
  ...{ bt709: "bt709", smpte170m: "bt601", bt470bg: "bt601", smpte240m: "smpte240m", fcc: "fcc" },
  ...{ bt2020nc: "bt2020", bt2020c: "bt2020", gbr: null },
};
/** Below so many lines a film that does not say is taken for standard definition. */
const HD_LINES = 600;

/** The colour of a film's stream. Reserved and unknown values count as unsaid. */
export function readColour(film: Stream): Colour {
  const transfer = TRANSFERS[film.color_transfer ?? ""] ?? "sdr";
  const primaries = PRIMARIES[film.color_primaries ?? ""] ?? (transfer === "sdr" ? "bt709" : "bt2020");
  const isRgb = /^(gbr|rgb|bgr|argb|abgr|pal8|0rgb|rgb0|bgr0)/.test(film.pix_fmt ?? "");
  if (isRgb) return { transfer, primaries, matrix: null };
  const guessed = primaries === "bt2020" ? "bt2020" : (film.height ?? 0) < HD_LINES ? "bt601" : "bt709";
  return { transfer, primaries, matrix: MATRICES[film.color_space ?? ""] ?? guessed };
}

/** Whether a film must be mapped before a screen of BT.709 shows it as it is meant. */
export function needsMapping({ transfer, primaries }: Colour): boolean {
  return transfer !== "sdr" || primaries !== "bt709";
}
