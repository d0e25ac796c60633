import { createEngine, type Engine } from "@kinora/inngest-postgres";
import { SILENT } from "@kinora/inngest-postgres/conformance";
import type { Inngest, InngestFunction } from "inngest";
import { afterEach, beforeEach, expect } from "vitest";
import { createDatabase, type TestDatabase } from "../support/database";
import { embeddedClient } from "./client";

export type EngineStage = {
  database: TestDatabase;
  client: Inngest;
  /** An engine on the database, stopped after the test. */
  start(functions: InngestFunction.Like[]): Promise<Engine>;
  /** The runs that ended, as soon as there are so many. */
  ended(count: number): Promise<{ id: string; state: string; output: string }[]>;
};

/** A database and a client for the embedded engine, new for each test: read them inside of it. */
export function useEngines(): () => EngineStage {
  let database: TestDatabase;
  let client: Inngest;
  let engines: Engine[];
  beforeEach(async () => {
    database = await createDatabase();
    client = embeddedClient(database.sql);
    engines = [];
  });
  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    await database.drop();
  });

  async function start(functions: InngestFunction.Like[]): Promise<Engine> {
    const sql = () => database.sql;
    const settings = { signingKey: "fe2ce0", concurrency: 4, log: SILENT, backoffScale: 0.01 };
    const engine = createEngine({ sql, client, functions, ...settings });
    engines.push(engine);
    await engine.start();
    return engine;
  }

  async function ended(count: number) {
    const query = () => database.sql<{ id: string; state: string; output: string }[]>`
      select id, state, output from engine.run where ended_at is not null order by id`;
    await expect.poll(async () => (await query()).length, { timeout: 60_000, interval: 20 }).toBe(count);
    return query();
  }

  return () => ({ database, client, start, ended });
}
