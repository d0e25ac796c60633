import { randomInt } from "node:crypto";

const MAX_LENGTH = 40;

/** A name as it stands in a URL: `Café Nº 5` becomes `cafe-no-5`. */
export function slugify(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  return slug || "studio";
}

/** What to try when a slug is taken: `studio`, `studio-2` … `studio-5`, then numbers at random. */
export function* slugCandidates(name: string): Generator<string> {
  const slug = slugify(name);
  yield slug;
  for (let n = 2; n <= 5; n++) yield `${slug}-${n}`;
  for (let n = 0; n < 5; n++) yield `${slug}-${randomInt(1000, 1_000_000)}`;
}
