import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createDatabase, type TestDatabase } from "../support/database";

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  first = await createDatabase();
  await first.db.insert(schema.user).values({ id: newId("user"), email: "ada@example.com", name: "Ada" });
  second = await createDatabase();
});

afterAll(async () => {
  await first.drop();
  await second.drop();
});

describe("the test databases", () => {
  it("share nothing", async () => {
    expect(await first.db.select().from(schema.user)).toHaveLength(1);
    expect(await second.db.select().from(schema.user)).toHaveLength(0);
  });

  it("are what db() uses, the newest one", async () => {
    await db()
      .insert(schema.user)
      .values({ id: newId("user"), email: "eve@example.com", name: "Eve" });
    const [row] = await second.db.select().from(schema.user);
    expect(row?.email).toBe("eve@example.com");
  });

  it("take and give dates and JSON as postgres.js does, beside drizzle", async () => {
    const now = new Date();
    const [row] =
      await second.sql`select ${now}::timestamptz as at, ${second.sql.json({ a: 1 })}::jsonb as json`;
    expect(row).toEqual({ at: now, json: { a: 1 } });
  });

  it("are on the embedded server, in UTC, with Unicode collation that is the same everywhere", async () => {
    const [row] = await second.sql`
      select current_setting('server_version_num')::int / 10000 as major,
             current_setting('timezone') as zone, lower('ÅÄÖ') as lower`;
    expect(row).toEqual({ major: 18, zone: "UTC", lower: "åäö" });
  });
});
