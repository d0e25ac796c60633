import { z } from "zod";

/**
 * Text from outside: people, browsers, identity servers, providers. Cleaned once, where it comes in. Safe in a browser.
 * Postgres keeps no NUL and no half of a surrogate pair; what nobody can see is no name.
 */
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** All but tab, line feed and carriage return. */
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;
/** Embeddings, overrides and isolates: `photo\u202Egpj.exe` would be read as another name. */
const BIDI_TRICKS = /[\u202a-\u202e\u2066-\u2069]/g;
const EDGE = /[\s\u200b\u2060\ufeff]/;
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\u2800]/u;

/** Whether nobody would see anything of it: empty, spaces, zero-width characters and fillers alone. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

/** Well-formed, without control characters, trimmed; lines and tabs stay. Blank text becomes empty. */
export function cleanText(text: string): string {
  const clean = text.replace(/\p{Cs}/gu, "\ufffd").replace(CONTROLS, "");
  return isBlank(clean) ? "" : trim(clean);
}

/** By hand: a regular expression anchored at the end takes quadratic time over long runs of spaces. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && EDGE.test(text.charAt(start))) start += 1;
  while (end > start && EDGE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** A name or title: clean, composed, on one line, and read in the order it is written in. Joiners stay. */
export function cleanLine(text: string): string {
  const line = text.normalize("NFC").replace(/[\s\0]+/g, " ");
  return cleanText(line.replace(BIDI_TRICKS, ""));
}

/** How many characters people see in it. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** At most so many characters as people see them, and bytes; never half of one. `mark` ends what was cut. */
export function cutText(text: string, most: number, mark = "", mostBytes = bytesFor(most)): string {
  if (text.length <= most && text.length * 3 <= mostBytes) return text;
  const kept: string[] = [];
  let bytes = bytesOf(mark);
  for (const { segment } of graphemes.segment(text.slice(0, mostBytes + 1))) {
    bytes += bytesOf(segment);
    kept.push(segment);
    if (kept.length <= most && bytes <= mostBytes) continue;
    const room = bytes > mostBytes ? kept.length - 1 : most;
    // One letter under a thousand accents: as many of them as there is room for.
    if (room === 0) return `${[...segment].slice(0, mostBytes / 4 - 1).join("")}${mark}`;
    return (
      kept
        .slice(0, Math.min(room, most - countCharacters(mark)))
        .join("")
        .trimEnd() + mark
    );
  }
  return text;
}

/** Of what a program said, which may be of any length, so much is read. */
const MOST_READ = 20_000;

/** The beginning of what a provider or another program said: clean, at most so many characters, marked where cut. */
export function cleanExcerpt(text: string, most: number): string {
  return cutText(cleanText(text.slice(0, Math.max(MOST_READ, bytesFor(most)))), most, "…");
}

/** The last part of whatever a browser or program calls a name: clean, with its ending, in 255 bytes. Empty when blank. */
export function cleanFileName(name: string, most = 200): string {
  const last = cleanLine(
    name
      .slice(-10_000)
      .replace(/[\p{Cc}\p{Cs}]/gu, "")
      .split(/[/\\]/)
      .at(-1) ?? "",
  );
  const ending = /(?<=[^.])\.[\p{L}\p{N}]{1,16}$/u.exec(last)?.[0] ?? "";
  const stem = last.slice(0, last.length - ending.length);
  return cutText(stem, most - ending.length, "", 250 - bytesOf(ending)) + ending;
}

/** Characters may take several bytes each, joined ones many; a hundred accents on one letter are no text. */
function bytesFor(characters: number): number {
  return Math.max(2_000, 8 * characters);
}

type Limits = {
  /** The most characters, as people count them. */
  max: number;
  /** Said when nothing visible is left. Without it, that is allowed. */
  empty?: string;
};

const bounded = ({ max, empty }: Limits, clean: (text: string) => string) => {
  const tooLong = `At most ${max.toLocaleString("en")} characters.`;
  const fits = (text: string) =>
    text.length <= max || (bytesOf(text) <= bytesFor(max) && countCharacters(text) <= max);
  return z
    .string()
    .max(2 * bytesFor(max), tooLong)
    .transform(clean)
    .pipe(
      z
        .string()
        .min(empty ? 1 : 0, empty)
        .refine(fits, tooLong),
    );
};

/** Text that people write: prompts, notes. */
export const prose = (limits: Limits) => bounded(limits, cleanText);
/** What people call something: names, titles. */
export const line = (limits: Limits) => bounded(limits, cleanLine);

/** A word of ours that comes back (a label, a model, a tag): as it is, or refused. */
export const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text === cleanText(text), "This is not as we wrote it.");

/** One of our ids, such as `job_01k5…`. */
export const idOf = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[\\w-]{1,60}$`), "This is not one of our ids.");
