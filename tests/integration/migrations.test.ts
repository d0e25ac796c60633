import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { createDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

describe("the migrations", () => {
  it("say all that the schema says", async () => {
    const copy = await mkdtemp(join(tmpdir(), "kinora-migrations-"));
    await cp("drizzle/migrations", copy, { recursive: true });
    const before = (await readdir(copy)).sort();
    const flags = ["--dialect=postgresql", "--schema=./drizzle/schema/index.ts", "--casing=snake_case"];
    const out = `--out=${relative(process.cwd(), copy)}`;
    const { stdout } = await execa("node_modules/.bin/drizzle-kit", ["generate", ...flags, out]);
    expect(stdout).toContain("No schema changes");
    expect((await readdir(copy)).sort()).toEqual(before);
    await rm(copy, { recursive: true });
  });

  it("are each in the journal, in order", async () => {
    const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
      await readFile("drizzle/migrations/meta/_journal.json", "utf8"),
    );
    const files = (await readdir("drizzle/migrations")).filter((name) => name.endsWith(".sql")).sort();
    expect(journal.entries.map((entry) => `${entry.tag}.sql`)).toEqual(files);
    const times = journal.entries.map((entry) => entry.when);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("change nothing when they are applied again, even by several at once", async () => {
    const count = () => database.sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
    const before = await count();
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(await count()).toEqual(before);
  });

  it("bring an empty database to the schema, when several start at once", async () => {
    const name = `empty_${process.pid}`;
    const url = new URL(inject("postgresUrl"));
    await database.sql.unsafe(`create database ${name}`);
    url.pathname = `/${name}`;
    await Promise.all([migrate(url.toString()), migrate(url.toString())]);
    await database.sql.unsafe(`drop database ${name} with (force)`);
  });
});
