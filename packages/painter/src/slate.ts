import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";

// The web server is bundled: a bundler must not take the font files for modules.
const fromHere = createRequire(import.meta.url);
let found: string[] | undefined;

/** Where the letters are: Inter in two weights. Throws when they were not installed. */
export function fontFiles(): string[] {
  found ??= [
    fromHere.resolve(/* turbopackIgnore: true */ "@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf"),
    fromHere.resolve(
      /* turbopackIgnore: true */ "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    ),
  ];
  return found;
}

/** Draws SVG to RGBA pixels (straight alpha) with Inter as the only font. */
export function drawSvg(svg: string): { width: number; height: number; rgba: Buffer } {
  const needsFont = svg.includes("<text");
  const image = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: needsFont ? fontFiles() : [], defaultFontFamily: "Inter" },
  }).render();
  const rgba = image.pixels;
  // resvg multiplies colour by cover; everything here works with straight colour.
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] as number;
    if (alpha === 0 || alpha === 255) continue;
    for (let c = at; c < at + 3; c++)
      rgba[c] = Math.min(255, Math.round(((rgba[c] as number) * 255) / alpha));
  }
  return { width: image.width, height: image.height, rgba };
}

/** The slate of a storyboard frame: a quiet DRAFT mark and the prompt, at the lower left, as large as the picture. */
export function slateSvg(width: number, height: number, prompt: string): string {
  const size = Math.round(Math.max(width, height) / 96);
  const margin = Math.round(width * 0.022);
  const y = height - margin - size * 0.4;
  const room = Math.floor((width - margin * 2 - size * 6.2) / (size * 0.56));
  const caption = shorten(typesettable(prompt), Math.min(room, 84));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.42"/>
    </linearGradient></defs>
    <rect y="${height - size * 6}" width="${width}" height="${size * 6}" fill="url(#shade)"/>
    ${draftPill(margin, y, size)}
    <text x="${margin + size * 5.1}" y="${y}" font-family="Inter" font-weight="500" font-size="${size}"
      fill="#fff" fill-opacity="0.78">${escapeXml(caption)}</text></svg>`;
}

/** The mark alone, for films. */
export function markSvg(width: number): string {
  const size = Math.round(width / 92);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(size * 5)}" height="${Math.round(size * 2)}">
    ${draftPill(1, size * 1.36, size)}</svg>`;
}

function draftPill(x: number, y: number, size: number): string {
  return `<rect x="${x}" y="${y - size * 1.22}" width="${size * 4.3}" height="${size * 1.72}" rx="${size * 0.3}"
      fill="#000" fill-opacity="0.3" stroke="#fff" stroke-opacity="0.5" stroke-width="${size / 14}"/>
    <text x="${x + size * 0.62}" y="${y}" font-family="Inter" font-weight="600" font-size="${size * 0.86}"
      letter-spacing="${size * 0.1}" fill="#fff" fill-opacity="0.86">DRAFT</text>`;
}

/** What Inter has letters for: Latin, Greek, Cyrillic. A prompt in another script is left off rather than boxed. */
function typesettable(text: string): string {
  const kept = text
    .replace(/\s+/g, " ")
    .replace(/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P} ]/gu, "");
  return kept.replace(/[^\p{L}]/gu, "").length >= text.replace(/[^\p{L}]/gu, "").length * 0.7
    ? kept.trim()
    : "";
}

function shorten(text: string, letters: number): string {
  const all = [...text];
  if (all.length <= letters) return text;
  const cut = all.slice(0, letters - 1).join("");
  return `${cut.replace(/[\s\p{P}]+\S{0,12}$/u, "") || cut}…`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
