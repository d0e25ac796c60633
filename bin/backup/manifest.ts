import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** What a backup's folder holds, beside `manifest.json` and `checksums.txt`. */
export const PARTS = {
  database: "database",
  media: "media",
  spool: "spool",
  secrets: "secrets.json",
} as const;

const Manifest = z.object({
  format: z.literal(1),
  kinora: z.string(),
  /** The moment of the snapshot, by the database's clock. */
  takenAt: z.iso.datetime(),
  postgres: z.string(),
  /** SHA-256 of each applied migration, oldest first. */
  migrations: z.array(z.string()).min(1),
  /** The columns are named: a later version may have others, in another order. */
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int().nonnegative() }),
  ),
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
  media: z.object({
    kind: z.enum(["disk", "s3"]),
    files: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    /** Files that the library knows and the studio no longer had. */
    missing: z.array(z.string()),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, "manifest.json");
  try {
    return Manifest.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new AppError("bad_input", `${folder} holds no backup that this version can read.`, {
      action: "Name the folder that npm run backup made (manifest.json lies in it).",
      cause,
    });
  }
}
