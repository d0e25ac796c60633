import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import type { z } from "zod";

/** Every form that a browser can fill in, field by field: nothing gets through that Postgres refuses or nobody sees. */
const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((file) =>
  /^[\w-]+\/([\w-]+-)?schema\.ts$/.test(file),
);

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  options?: z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
  innerType?: z.ZodType;
};
const defOf = (schema: z.ZodType) => schema.def as unknown as Def;

/** The fields of a form, however deep. */
function* fieldsOf(path: string, schema: z.ZodType): Generator<[string, z.ZodType]> {
  const { type, shape, element, options, left, right, innerType } = defOf(schema);
  if (shape) for (const [name, field] of Object.entries(shape)) yield* fieldsOf(`${path}.${name}`, field);
  else if (element) yield* fieldsOf(`${path}[]`, element);
  else if (type === "intersection" && left && right) {
    yield* fieldsOf(path, left);
    yield* fieldsOf(path, right);
  } else if (options?.some((option) => defOf(option).shape)) {
    for (const option of options) yield* fieldsOf(path, option);
  } else if (innerType && (defOf(innerType).shape || defOf(innerType).element))
    yield* fieldsOf(path, innerType);
  else yield [path, schema];
}

const exported = await Promise.all(
  files.map(async (file) => Object.entries((await import(resolve("lib", file))) as Record<string, unknown>)),
);
const fields = exported
  .flat()
  .filter(
    (entry): entry is [string, z.ZodType] =>
      typeof entry[1] === "object" && entry[1] !== null && "_zod" in entry[1],
  )
  .flatMap(([name, schema]) => [...fieldsOf(name, schema)])
  // Hashed, and never stored as they are.
  .filter(([path]) => !/(password|current|token)$/i.test(path));

const DIRTY = [
  "a\0b",
  "job_1\0",
  "asset_a\ud800",
  "\udc00",
  "a\u0007b",
  "ada@example.org\0",
  "x".repeat(2_000_000),
];

it("knows the forms", () => expect(fields.length).toBeGreaterThan(30));

it.each(fields)("%s lets nothing through that cannot be kept", (_path, field) => {
  for (const dirty of DIRTY) {
    const { success, data } = field.safeParse(dirty);
    if (!success || typeof data !== "string") continue;
    expect(data).not.toMatch(/\p{Cs}|(?![\t\n\r])\p{Cc}/u);
    expect(Buffer.byteLength(data)).toBeLessThan(100_000);
  }
});

it.each(fields.filter(([path]) => /name|title|label/i.test(path)))(
  "%s takes no name that nobody sees",
  (path, field) => {
    for (const blank of ["", " ", "\u200b", "\u200d\ufe0f", "\u3164"]) {
      expect(field.safeParse(blank).success, `${path}: ${JSON.stringify(blank)}`).toBe(false);
    }
  },
);
