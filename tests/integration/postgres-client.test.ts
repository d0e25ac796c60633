import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** Without bin/mend-postgres.mjs this ends the process, or leaves queries that are never answered. */
it("answers every query, one way or the other, while its connections are cut", {
  timeout: 60_000,
}, async () => {
  const sql = postgres(database.url, {
    max: 6,
    onnotice: () => undefined,
    connection: { application_name: "cut" },
  });
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  const end = Date.now() + 6000;
  let answered = 0;
  let refused = 0;
  const ask = async (n: number) => {
    while (Date.now() < end) {
      const question =
        n % 2 === 0
          ? sql`select ${n}::int`
          : sql.begin(async (tx) => [await tx`select 1`, await tx`select ${n}::int`]);
      await question.then(
        () => answered++,
        () => refused++,
      );
    }
  };
  const cut = async () => {
    while (Date.now() < end) {
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut'`;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  await Promise.all([cut(), ...Array.from({ length: 24 }, (_, n) => ask(n))]);
  expect(answered).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(5);
  expect(await Promise.all(Array.from({ length: 6 }, (_, n) => sql`select ${n}::int as n`))).toHaveLength(6);
  await Promise.all([sql.end({ timeout: 1 }), admin.end()]);
});
