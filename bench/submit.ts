import { setTimeout as sleep } from "node:timers/promises";
import { openPostgres } from "@/lib/db";
import { env } from "@/lib/env";
import { callAction, findAction } from "@/tests/support/server-action";
import { startWebServer, type WebServer } from "@/tests/support/web-server";
import { percentile } from "./percentile";

const PER_SECOND = 50;
const SECONDS = 20;
/** Not counted: the pool opens its connections, and the code is compiled. */
const WARM_UP_SECONDS = 4;

/** Calls the server action behind the Generate button 50 times a second, from outside, on the built server. */
export async function run(): Promise<Record<string, number>> {
  const server = await startWebServer();
  const sql = openPostgres(env().DATABASE_URL ?? "", { max: 1 });
  try {
    const action = await findAction("generate");
    await submit(server, action, 0);
    await storm(server, action, WARM_UP_SECONDS);
    const begin = performance.now();
    const times = await storm(server, action, SECONDS);
    const seconds = (performance.now() - begin) / 1000;
    const [row] = await sql`select count(*)::int as jobs from job`;
    return {
      p50Ms: percentile(times, 50),
      p99Ms: percentile(times, 99),
      maxMs: Math.max(...times),
      perSecond: times.length / seconds,
      jobsLost: 1 + PER_SECOND * WARM_UP_SECONDS + times.length - (row?.jobs ?? 0),
    };
  } finally {
    await sql.end();
    await server.stop();
  }
}

/** Orders at an even rate, however long each takes; the time of each in milliseconds. */
async function storm(server: WebServer, action: string, seconds: number): Promise<number[]> {
  const pending: Promise<number>[] = [];
  const begin = performance.now();
  for (let n = 0; n < PER_SECOND * seconds; n++) {
    await sleep(Math.max(0, begin + (n * 1000) / PER_SECOND - performance.now()));
    pending.push(submit(server, action, n));
  }
  return Promise.all(pending);
}

/** One order; the time in milliseconds until the answer says that the job is stored. */
async function submit(server: WebServer, action: string, n: number): Promise<number> {
  const input = { prompt: `order ${n}`, imageModel: "draft:storyboard", videoModel: "draft:camera" };
  const begin = performance.now();
  const order = { pipeline: "animated-picture", input };
  const answer = await callAction(server, action, order);
  if (!answer.ok) throw new Error(`an order was refused: ${answer.error.message}`);
  return performance.now() - begin;
}
