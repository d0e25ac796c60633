import { DIRT } from "./distort";
import type { Answer, Junk } from "./types";

const PAGE = "<!doctype html><html><body><h1>One moment, please</h1></body></html>";

/** A page that some proxy put in place of an answer. */
export function page(status = 200): Answer {
  return { status, bytes: Buffer.from(PAGE), headers: { "content-type": "text/html" } };
}

/** Entries that say nothing, or nothing that could be read; one of them might be anybody's. */
const STRANGERS = [
  null,
  7,
  "prediction",
  [],
  { id: null },
  { id: `x${DIRT}`, input: 3, status: [], created_at: "noon" },
];

/** What came in place of the right answer. */
export function toJunk(answer: Answer, junk: Junk): Answer {
  if (junk === "page") return page(answer.status);
  const json = answer.json as Record<string, unknown>;
  if (junk === "elsewhere")
    return { ...answer, json: { ...json, next: "https://elsewhere.example/v1/predictions?cursor=1" } };
  const mixed = Object.entries(json).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...STRANGERS, ...value, null] : value,
  ]);
  return { ...answer, json: Object.fromEntries(mixed) };
}
