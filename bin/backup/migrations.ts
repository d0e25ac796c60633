import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { AppError } from "@/lib/errors";
import { sha256 } from "@/lib/ids";

const FOLDER = join(process.cwd(), "drizzle/migrations");

type Journal = { entries: { tag: string }[] };

/** How many of our migrations the backup's database had; throws when it had others. */
export async function countKnown(hashes: string[]): Promise<number> {
  const { entries } = await readJournal(FOLDER);
  const ours = await Promise.all(
    entries.map(async ({ tag }) => sha256(await readFile(join(FOLDER, `${tag}.sql`), "utf8"))),
  );
  if (hashes.every((hash, at) => ours[at] === hash)) return hashes.length;
  throw new AppError(
    "bad_input",
    "The backup was made by another version of Kinora than this one can read.",
    {
      action: "Restore it with the version that made it (manifest.json names it), or a newer one.",
    },
  );
}

/** Brings an empty database to the schema that the backup was made with: the later migrations want to see its rows. */
export async function migrateTo(url: string, count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "kinora-migrations-"));
  try {
    await cp(FOLDER, folder, { recursive: true });
    const journal = await readJournal(folder);
    journal.entries.splice(count);
    await writeFile(join(folder, "meta/_journal.json"), JSON.stringify(journal));
    await migrate(url, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readJournal(folder: string): Promise<Journal> {
  return JSON.parse(await readFile(join(folder, "meta/_journal.json"), "utf8"));
}
