import { type SQL, sql } from "drizzle-orm";
import { schema } from "@/lib/db";

/**
 * Matches what a person types into a search box: words, "phrases", or, -without. The last word may be
 * unfinished. `websearch_to_tsquery` never fails on odd input; what holds no word matches nothing.
 */
export function matchesWords(q: string): SQL {
  const words = spaceOut(q);
  const query = isUnfinished(words)
    ? sql`regexp_replace(websearch_to_tsquery('simple', ${words})::text, '''$', ''':*')::tsquery`
    : sql`websearch_to_tsquery('simple', ${words})`;
  return sql`${schema.asset.search} @@ ${query}`;
}

/** Carries exactly this tag. The words narrow it down by their index first. */
export function hasTag(tag: string): SQL {
  const carries = sql`${schema.asset.tags} @> array[${tag}]::text[]`;
  if (!/[\p{L}\p{N}]/u.test(tag)) return carries;
  return sql`${schema.asset.search} @@ phraseto_tsquery('simple', translate(${tag}, '._-/', '    ')) and ${carries}`;
}

/** The index holds `IMG_20-sea.png` as img 20 sea png; a query is cut the same way. Postgres refuses NUL. */
function spaceOut(q: string): string {
  return q
    .slice(0, 200)
    .replaceAll("\0", " ")
    .replace(/(?<=[\p{L}\p{N}])[._/-]+(?=[\p{L}\p{N}])/gu, " ")
    .trim();
}

/** A last word that is neither within quotes nor excluded may go on. */
function isUnfinished(words: string): boolean {
  const last = words.split(/\s+/).at(-1) ?? "";
  const quotes = words.split('"').length - 1;
  return /[\p{L}\p{N}]$/u.test(last) && !last.startsWith("-") && quotes % 2 === 0;
}
