/** Names for colours as people say them, each by the sRGB values it is nearest to. */
const NAMES: [name: string, code: string][] = [
  ...([
    ["black", "#0a0a0a"],
    ["charcoal", "#2e2e30"],
    ["grey", "#7d7d7d"],
    ["silver", "#b9bbbd"],
  ] as const),
  ...([
    ["white", "#f6f6f4"],
    ["cream", "#f2e6cf"],
    ["beige", "#d6c3a1"],
    ["sand", "#c2a06c"],
  ] as const),
  ...([
    ["brown", "#6b4426"],
    ["dark brown", "#33211a"],
    ["rust", "#a14a22"],
    ["terracotta", "#c4694a"],
  ] as const),
  ...([
    ["red", "#c8222a"],
    ["dark red", "#5e1417"],
    ["coral", "#f0806a"],
    ["orange", "#ea7d20"],
  ] as const),
  ...([
    ["amber", "#eda63a"],
    ["gold", "#cfa436"],
    ["yellow", "#f2d83c"],
    ["peach", "#f6bf9a"],
  ] as const),
  ...([
    ["olive", "#6d6a2c"],
    ["moss green", "#54652f"],
    ["green", "#3b8a3c"],
    ["dark green", "#16301e"],
  ] as const),
  ...([
    ["mint", "#a6dcc0"],
    ["sage", "#9aab8c"],
    ["emerald", "#179068"],
    ["teal", "#1f7a7d"],
  ] as const),
  ...([
    ["dark teal", "#123a42"],
    ["turquoise", "#3fc0bd"],
    ["sky blue", "#8ec1e6"],
    ["blue", "#2a63b8"],
  ] as const),
  ...([
    ["steel blue", "#5f86a8"],
    ["slate blue", "#4d5b72"],
    ["navy", "#14213f"],
    ["midnight blue", "#0a1020"],
  ] as const),
  ...([
    ["indigo", "#35307a"],
    ["violet", "#7a4fb0"],
    ["plum", "#4a2348"],
    ["lavender", "#b7a8dc"],
  ] as const),
  ...([
    ["mauve", "#9a7f98"],
    ["magenta", "#c32a8e"],
    ["pink", "#eea0b8"],
    ["rose", "#c66a7c"],
  ] as const),
].map(([name, code]) => [name, code]);

/** The nearest name, by distance weighted as the eye weighs red, green and blue (the "redmean" approximation). */
export function nameColour(code: string): string {
  const [r, g, b] = channels(code);
  let [best, least] = ["grey", Number.POSITIVE_INFINITY];
  for (const [name, other] of NAMES) {
    const [or, og, ob] = channels(other);
    const mean = (r + or) / 2;
    const distance =
      (2 + mean / 256) * (r - or) ** 2 + 4 * (g - og) ** 2 + (2 + (255 - mean) / 256) * (b - ob) ** 2;
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

function channels(code: string): [number, number, number] {
  const value = Number.parseInt(code.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
