import { installSchema } from "@kinora/inngest-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findListeners } from "../../packages/inngest-postgres/src/listeners";
import { listenFor } from "../../packages/inngest-postgres/src/listening";
import type { EngineEvent } from "../../packages/inngest-postgres/src/protocol";
import { createDatabase, type TestDatabase } from "../support/database";

const WAITS = 20_000;
const trigger = { name: "go", data: { job: 7, team: "red" } };
/** How a run may name what it waits for; each is waited for by very many runs, with a value of its own. */
const CONDITIONS = {
  "a literal": (n: number) => `async.data.id == 'gen_${n}'`,
  "a literal on the other side": (n: number) => `"gen_${n}" == async.data.id`,
  "a literal among other conditions": (n: number) => `async.data.n > 1 && async.data['id'] == 'gen_${n}'`,
  "a number": (n: number) => `async.data.deep.list[0] == ${n}`,
  "a text put together": (n: number) => `async.data.key == event.data.team + '-${n}'`,
};
const event = (n: number) => ({
  id: "e",
  name: "moved",
  ts: 0,
  data: { id: `gen_${n}`, n: 5, deep: { list: [n] }, key: `red-${n}` },
});

describe("very many waits", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    await installSchema(database.sql);
  });
  afterAll(() => database.drop());

  it.each(Object.entries(CONDITIONS))("for %s: an event asks one of them", async (name, conditionOf) => {
    const { sql } = database;
    await sql`truncate engine.run, engine.listener, engine.listener_path`;
    const rows = Array.from({ length: WAITS }, (_, n) => ({
      id: `${name} ${n}`,
      // Every other one is a cancellation.
      kind: n % 2 === 0 ? "wait" : "cancel",
      ...listenFor(conditionOf(n), trigger),
    }));
    await sql`
      with given as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json)
          as r (id text, kind text, expression text, match_path text, match_key text)
      ), runs as (
        insert into engine.run (id, fn_id, events) select id, 'fn', ${JSON.stringify([trigger])} from given
      ), paths as (
        insert into engine.listener_path select distinct 'moved', match_path from given
      )
      insert into engine.listener (run_id, step_id, kind, event_name, expression, match_path, match_key)
      select id, 's', kind, 'moved', expression, match_path, match_key from given`;
    await sql`analyze engine.listener`;
    /** What an event concerns, and how many rows were read for it. */
    const ask = (n: number) =>
      sql.begin(async (tx) => {
        const heard = await findListeners(tx, [{ seq: 1n, event: event(n) as EngineEvent }]);
        const [row] = await tx<{ read: number }[]>`
          select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
          where schemaname = 'engine' and relname = 'listener'`;
        return { runs: heard.map((one) => one.run_id), read: row?.read };
      });
    const found = await ask(4711);
    expect(found.runs).toEqual([`${name} 4711`]);
    expect(found.read).toBeLessThan(5);
    const none = await ask(WAITS + 1);
    expect(none.runs).toEqual([]);
    expect(none.read).toBeLessThan(5);
  });
});
