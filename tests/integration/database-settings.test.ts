import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/bin/database";
import { openPostgres } from "@/lib/db";
import { isTransactionPooled } from "@/lib/db/pooler";
import { parseEnv } from "@/lib/env";
import { createDatabase, type TestDatabase } from "../support/database";
import { startTransactionPooler } from "../support/transaction-pooler";

const PASSWORD = "p@ss:w/rd#1?x=%zz&canary";
let base: TestDatabase;
let role: string;
beforeAll(async () => {
  base = await createDatabase();
  role = `role_${randomBytes(4).toString("hex")}`;
  await base.sql.unsafe(`create role ${role} superuser login password '${PASSWORD}'`);
});
afterAll(async () => {
  await base.sql.unsafe(`drop role ${role}`);
  await base.drop();
});

/** The test's database as its new role reaches it. */
function addressFor(query = "", password = PASSWORD, userinfo = `${role}:${password}`): string {
  const { host, pathname } = new URL(base.url);
  return `postgres://${userinfo}@${host}${pathname}${query}`;
}

describe("a database", () => {
  it.each([
    ["", PASSWORD],
    ["", encodeURIComponent(PASSWORD)],
    ["?pgbouncer=true&connection_limit=1&pool_timeout=20", PASSWORD],
    ["?schema=public", PASSWORD],
    ["?sslmode=prefer&channel_binding=require", PASSWORD],
    ["?sslmode=disable&target_session_attrs=read-write&statement_timeout=60000", PASSWORD],
    ["?connect_timeout=5&application_name=mine&client_encoding=utf8", PASSWORD],
  ])("is reached with %j", async (query, password) => {
    const { DATABASE_URL = "" } = parseEnv({ DATABASE_URL: addressFor(query, password) });
    const opened = await openDatabase(base.home, DATABASE_URL);
    expect(opened.summary).toMatch(/^Postgres [\d.]+ at [\d.:]+$/);
    const sql = openPostgres(opened.url, { max: 1 });
    expect(await sql`select current_user as name, ${1}::int as n`).toEqual([{ name: role, n: 1 }]);
    await sql.end();
  });

  it("is reached at the second of several hosts, and over IPv6 where there is some", async () => {
    const { host, pathname } = new URL(base.url);
    const sql = openPostgres(`postgres://${role}:${PASSWORD}@127.0.0.1:1,${host}${pathname}`, { max: 1 });
    expect(await sql`select 1 as n`).toEqual([{ n: 1 }]);
    await sql.end();
  });

  it.each([
    ["?sslmode=require", /TLS|encrypt/i],
    ["?nonsense=1", /behind the \?/],
    ["?host_is=wrong", /behind the \?/],
  ])("that does not take %s is explained, without the password", async (query, said) => {
    const error = await openDatabase(base.home, addressFor(query)).catch((thrown) => thrown);
    expect(`${error.message} ${error.action}`).toMatch(said);
    expect(`${error.message} ${error.action} ${error.stack} ${error.cause}`).not.toContain("canary");
  });

  it("that refuses the password says how to write it, without it", async () => {
    const error = await openDatabase(base.home, addressFor("", "canary#1")).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "not_configured", action: expect.stringContaining("%40") });
    expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain("canary");
  });
});

describe("a pooler in transaction mode", () => {
  it("is found, and refused with what to use in its place", async () => {
    const pooler = await startTransactionPooler(base.url);
    try {
      const sql = openPostgres(pooler.url, { max: 1, prepare: false });
      expect(await sql`select 1 as n`).toEqual([{ n: 1 }]);
      await sql.end();
      expect(await isTransactionPooled(pooler.url)).toBe(true);
      await expect(openDatabase(base.home, pooler.url)).rejects.toMatchObject({
        code: "not_configured",
        message: expect.stringContaining("transaction mode"),
        action: expect.stringContaining("session"),
      });
    } finally {
      pooler.stop();
    }
  });

  it("is not seen where there is none", async () => {
    expect(await isTransactionPooled(base.url)).toBe(false);
  });
});
