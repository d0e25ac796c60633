import { Inngest } from "inngest";
import postgres from "postgres";
import { createEngine, EMBEDDED_CLIENT, type Engine, embeddedFetch } from "../src";
import { type EngineUnderTest, SILENT } from "./engines";

/**
 * The embedded engine on a database. Back-off is shrunk to about a second, as the real server is started here.
 * `onStatement` hears of every statement it sends.
 */
export function embeddedEngine(databaseUrl: string, onStatement?: () => void): EngineUnderTest {
  const sql = postgres(databaseUrl, { max: 10, onnotice: () => undefined, debug: onStatement });
  const client = new Inngest({
    id: "conformance",
    ...EMBEDDED_CLIENT,
    fetch: embeddedFetch({ sql: () => sql }),
    logger: SILENT,
  });
  let engine: Engine | undefined;
  return {
    client,
    async serve(functions) {
      engine = createEngine({
        sql: () => sql,
        client,
        functions,
        signingKey: "5e1f",
        concurrency: 16,
        log: SILENT,
        backoffScale: 0.02,
      });
      await engine.start();
    },
    async stop() {
      await engine?.stop();
      await sql.end({ timeout: 5 });
    },
  };
}
