import type { Stream } from "./ask-ffprobe";

/** A pixel wider or higher than this is a fault of the header, not a format. */
const MOST_STRETCHED = 4;

/** The size at which a film is seen: cropped, with square pixels, upright. 0 × 0 when it does not say. */
export function displaySize(film: Stream): { width: number; height: number } {
  const data = film.side_data_list ?? [];
  const sum = (...names: ("crop_left" | "crop_right" | "crop_top" | "crop_bottom")[]) =>
    names.reduce((all, name) => all + (data.find((one) => one[name] !== undefined)?.[name] ?? 0), 0);
  const width = Math.max(0, (film.width ?? 0) - sum("crop_left", "crop_right"));
  const height = Math.max(0, (film.height ?? 0) - sum("crop_top", "crop_bottom"));
  const wide = Math.round(width * pixelAspect(film.sample_aspect_ratio));
  const turned = data.find((one) => one.rotation !== undefined)?.rotation ?? film.tags?.rotate ?? 0;
  const onItsSide = Math.round(Math.abs(turned) / 90) % 2 === 1;
  return onItsSide ? { width: height, height: wide } : { width: wide, height };
}

function pixelAspect(ratio = "1:1"): number {
  const [across = 1, down = 1] = ratio.split(":").map(Number);
  const aspect = across / down;
  return aspect >= 1 / MOST_STRETCHED && aspect <= MOST_STRETCHED ? aspect : 1;
}
