/** Cut before anything else is done with it, so that cleaning never costs more than this. */
const MOST_READ = 20_000;

/**
 * A provider's text as it can be stored and shown: without control characters (Postgres takes no NUL), half
 * surrogates replaced, trimmed, at most `longest` UTF-16 units, an ellipsis where it was cut. Time is linear in
 * `longest`.
 */
export function cleanText(text: string, longest: number): string {
  const read = text.slice(0, Math.max(MOST_READ, longest)).toWellFormed();
  const plain = read.replace(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, (control: string) =>
    control === "\n" || control === "\t" ? control : " ",
  );
  const trimmed = plain.trim();
  return trimmed.length > longest ? `${trimmed.slice(0, longest - 1).toWellFormed()}…` : trimmed;
}
