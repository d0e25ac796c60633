import { expect, it } from "vitest";
import { plainDetail } from "@/lib/ai/failures";
import { readRetryAfter } from "@/lib/ai/retry-after";
import { identityOf } from "@/lib/auth/identity";
import { scrub } from "./scrub";
import { cleanExcerpt, cleanFileName, cleanText } from "./text";
import { isDeeperThan } from "./validate";

/** What takes quadratic time where a pattern or a library looks back, or begins anew, at every character. */
const PIECES: Record<string, string> = {
  spaces: " ",
  "spaces between letters": `a${" ".repeat(500)}`,
  NUL: "\0",
  "lone surrogates": "\ud800",
  "accents out of their order": "\u0315\u0316",
  flags: "🇩🇪",
  joiners: "👩\u200d",
  addresses: "http://",
  "addresses in JSON": '"http://a?',
  "values of a query": "\nparams: ",
  "values of a query, escaped": "\\nparams: ",
  "values that were refused": "Key (",
  backslashes: "\\",
  quotes: '"\\',
  brackets: "[",
  hyphens: "-a",
  digits: "1",
  "words of a limit": "in 1 ",
};

const identity = { provider: "github", providerAccountId: "1", type: "oauth" } as const;
const WORK: Record<string, (text: string) => unknown> = {
  cleanText,
  scrub,
  "scrub of JSON": (text) => scrub(`{"msg":${text}`),
  plainDetail,
  cleanFileName,
  isDeeperThan: (text) => isDeeperThan(32, Buffer.from(text)),
  "the name of an identity": (text) => identityOf(identity, undefined, `x${text}`),
  "an excerpt": (text) => cleanExcerpt(text, 4000),
  "a time to wait": (text) => readRetryAfter(new Headers(), text),
};
const SHORT = 10_000;
const TIMES = 16;

/** The least processor time of several tries, in microseconds: what else the machine does is no work of ours. */
function workOf(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 5; n++) {
    const begun = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, user + system);
  }
  return least;
}

it.each(Object.keys(WORK))("%s does work in proportion to the text", (name) => {
  const work = WORK[name] ?? expect.fail();
  const wrong: string[] = [];
  for (const [what, piece] of Object.entries(PIECES)) {
    const text = piece.repeat(SHORT / piece.length);
    const long = text.repeat(TIMES);
    work(text);
    const [once, often] = [workOf(() => work(text)), workOf(() => work(long))];
    // Quadratic would be 256 times; what takes less than a few milliseconds cannot be told from nothing.
    if (often > 20_000 && often > once * TIMES * 5) wrong.push(`${what}: ${once} µs, then ${often} µs`);
  }
  expect(wrong).toEqual([]);
});
