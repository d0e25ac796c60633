import type { ImageAnalysis } from "../../capability";
import { nameColour } from "./colour-names";
import type { Measures } from "./measures";

/** Puts measures into words. It says what light, colour and composition are, never what the picture shows. */
export function describeMeasures(m: Measures, palette: string[]): ImageAnalysis {
  const colours = [...new Set(palette.map(nameColour))];
  return {
    description: [toneSentence(m, colours), compositionSentence(m), sharpnessSentence(m)]
      .filter(Boolean)
      .join(" "),
    tags: collectTags(m, colours),
    palette,
    suggestedMotion: suggestMotion(m),
  };
}

const key = (m: Measures) => (m.brightness < 0.28 ? "dark" : m.brightness > 0.66 ? "bright" : "mid-toned");
const temperature = (m: Measures) => (m.warmth > 0.06 ? "warm" : m.warmth < -0.06 ? "cool" : "neutral");
const contrast = (m: Measures) => (m.contrast > 0.25 ? "strong" : m.contrast < 0.12 ? "low" : "moderate");
const isGrey = (m: Measures) => m.colourfulness < 0.06;

function toneSentence(m: Measures, colours: string[]): string {
  const hue = isGrey(m) ? "almost colourless" : temperature(m);
  const named = list(colours.slice(0, 3));
  return `A ${key(m)}, ${hue} picture of ${named}, with ${contrast(m)} contrast.`;
}

function compositionSentence(m: Measures): string {
  const parts: string[] = [];
  if (m.focus.gathered > 0.25) parts.push(`the eye is drawn to the ${place(m.focus)}`);
  if (m.horizon !== null) parts.push(`a level line divides it ${share(m.horizon)}`);
  if (m.symmetry > 0.6) parts.push("left and right nearly mirror each other");
  if (m.emptySide !== null) parts.push(`the ${m.emptySide} is left open`);
  if (parts.length === 0) parts.push("detail is spread evenly over the frame");
  const sentence = list(parts);
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`;
}

function sharpnessSentence(m: Measures): string {
  if (m.sharpness < 3.5) return "It is soft, without fine detail.";
  return m.sharpness > 14 ? "It is crisp, with much fine detail." : "";
}

function collectTags(m: Measures, colours: string[]): string[] {
  const shape =
    m.width > m.height * 1.15 ? "landscape format" : m.height > m.width * 1.15 ? "portrait format" : "square";
  const tags = [
    key(m) === "mid-toned" ? "balanced light" : key(m),
    isGrey(m) ? "monochrome" : temperature(m),
    ...(contrast(m) === "strong" ? ["high contrast"] : contrast(m) === "low" ? ["low contrast"] : []),
    ...(m.colourfulness > 0.32 ? ["vivid"] : []),
    ...(m.emptiness > 0.5 ? ["minimal"] : m.emptiness < 0.12 ? ["detailed"] : []),
    ...(m.symmetry > 0.6 ? ["symmetrical"] : []),
    ...(m.horizon !== null ? ["horizon"] : []),
    ...(m.sharpness < 3.5 ? ["soft focus"] : m.sharpness > 14 ? ["crisp"] : []),
    ...colours.slice(0, 4),
    shape,
  ];
  return [...new Set(tags)].slice(0, 12);
}

/** A camera move that follows from the composition. */
function suggestMotion(m: Measures): string {
  const side = m.focus.x < 0.42 ? "left" : m.focus.x > 0.58 ? "right" : null;
  const air =
    key(m) === "dark"
      ? "faint dust in the light"
      : temperature(m) === "warm"
        ? "soft sunlight, drifting dust"
        : "light drifting mist";
  if (m.focus.gathered > 0.3) return `Slow push in towards the ${place(m.focus)}, slight parallax, ${air}.`;
  if (m.symmetry > 0.6) return `Slow, centred push in along the axis of symmetry, ${air}.`;
  if (m.horizon !== null && m.width > m.height)
    return `Slow truck ${side ?? "right"} along the level line, near things passing faster, ${air}.`;
  if (m.height > m.width * 1.15) return `Slow rise from the lower edge to the top, ${air}.`;
  if (m.emptySide === "left" || m.emptySide === "right")
    return `Slow pan ${m.emptySide} into the open space, ${air}.`;
  return side
    ? `Slow orbit ${side} with gentle parallax, ${air}.`
    : `Slow pull out that reveals the whole frame, ${air}.`;
}

function place({ x, y }: { x: number; y: number }): string {
  const row = y < 0.38 ? "upper" : y > 0.62 ? "lower" : "";
  const column = x < 0.38 ? "left" : x > 0.62 ? "right" : "";
  if (!row && !column) return "centre";
  if (!column) return `${row} centre`;
  return row ? `${row} ${column}` : `${column} side`;
}

function share(at: number): string {
  if (at < 0.28) return "near the top";
  if (at < 0.42) return "a third from the top";
  if (at <= 0.58) return "in the middle";
  return at <= 0.72 ? "a third from the bottom" : "near the bottom";
}

function list(parts: string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
