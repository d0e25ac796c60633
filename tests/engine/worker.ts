import { createEngine } from "@kinora/inngest-postgres";
import postgres from "postgres";
import { embeddedClient } from "./client";
import { deadlyFunctions } from "./deadly";
import { type KillPoint, mixedFunctions } from "./functions";

/** A worker process for the crash tests: `worker.ts <database url> <lease seconds> <kill points as JSON> <functions>`. */
const [url = "", leaseSeconds, killAt = "[]", functions = "mixed"] = process.argv.slice(2);
const sql = postgres(url, { max: 8, onnotice: () => undefined });
const client = embeddedClient(sql);
const say = (level: string) => (fields: object, message: string) => {
  const { err } = fields as { err?: Error };
  console.error(new Date().toISOString(), level, message, err?.stack ?? "");
};
const engine = createEngine({
  sql: () => sql,
  client,
  functions:
    functions === "deadly"
      ? deadlyFunctions(client, sql)
      : mixedFunctions(client, sql, JSON.parse(killAt) as KillPoint[]),
  signingKey: "c0de",
  concurrency: 8,
  log: { debug: () => undefined, info: () => undefined, warn: say("warn"), error: say("error") },
  backoffScale: 0.01,
  leaseSeconds: Number(leaseSeconds),
  busySeconds: functions === "deadly" ? 6 : undefined,
});

process.on("SIGTERM", async () => {
  await engine.stop();
  await sql.end({ timeout: 5 });
  process.exit(0);
});

void engine.start().then(() => console.log("ready"));
