const DEFAULT_SECONDS = 30;
const LONGEST_SECONDS = 3600;
/** Of an error's words. */
const MOST_READ = 2000;
const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

const AMOUNT = /\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)(?:ec|in|our)?(?:ond|ute)?s?(?![a-z])/iy;

/**
 * How long a 429 asks us to wait, in whole seconds from 1 to 3600: the header Retry-After (seconds or a date), else
 * words such as “resets in ~30s” or “try again in 1m20s”, else 30.
 */
export function readRetryAfter(headers: Headers, text: string, now = new Date()): number {
  const seconds = fromHeader(headers.get("retry-after"), now) ?? fromText(text) ?? DEFAULT_SECONDS;
  return Math.min(LONGEST_SECONDS, Math.max(1, Math.ceil(seconds)));
}

function fromHeader(value: string | null, now: Date): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : (date - now.getTime()) / 1000;
}

function fromText(words: string): number | undefined {
  const text = words.slice(0, MOST_READ);
  const start = /\bin\s+~?(?=\d)/i.exec(text);
  if (!start) return undefined;
  AMOUNT.lastIndex = start.index + start[0].length;
  let seconds: number | undefined;
  for (let part = AMOUNT.exec(text); part; part = AMOUNT.exec(text)) {
    const [, amount, unit = "s"] = part;
    seconds = (seconds ?? 0) + Number(amount) * (UNIT_SECONDS[unit.toLowerCase()] ?? 1);
  }
  return seconds;
}
