import type postgres from "postgres";
import { studioCaller } from "@/lib/auth/caller";
import { openPostgres } from "@/lib/db";
import { env } from "@/lib/env";
import { listJobs } from "@/lib/jobs";
import { startWebServer, type WebServer } from "@/tests/support/web-server";
import { percentile } from "./percentile";

const JOBS = 1_000_000;
const WORKSPACES = 50;
const TIMES = 200;
const PAGE_TIMES = 60;

/** The job history with a million jobs in 50 workspaces: its query, and its page from the built server. */
export async function run(): Promise<Record<string, number>> {
  const server = await startWebServer();
  const sql = openPostgres(env().DATABASE_URL ?? "", { max: 1 });
  try {
    const [mine] = await sql`select id from workspace where slug = ${server.slug}`;
    const workspaceId = String(mine?.id);
    await seed(sql, workspaceId);
    const caller = studioCaller(workspaceId);
    const cursor = await walkTo(caller, 40);
    return {
      jobs: JOBS,
      ...(await measure("first", () => listJobs(caller))),
      ...(await measure("deep", () => listJobs(caller, { cursor }))),
      ...(await measure("byState", () => listJobs(caller, { state: "failed" }))),
      ...(await measure("byRareState", () => listJobs(caller, { state: "waiting" }))),
      ...(await measurePage(server)),
    };
  } finally {
    await sql.end();
    await server.stop();
  }
}

async function seed(sql: postgres.Sql, workspaceId: string): Promise<void> {
  await sql`insert into workspace (id, slug, name) select 'ws_bench' || n, 'bench-' || n, 'Bench' from generate_series(2, ${WORKSPACES}) n`;
  await sql`alter table job disable trigger user`;
  await sql`
    insert into job (id, workspace_id, pipeline, title, input, state, created_at, touched_at)
    select 'job_bench' || lpad(n::text, 10, '0'),
      case when n % ${WORKSPACES} = 1 then ${workspaceId} else 'ws_bench' || (n % ${WORKSPACES} + case when n % ${WORKSPACES} = 0 then 2 else 0 end) end,
      'animated-picture', 'A picture of number ' || n, '{}',
      case when n % 997 = 0 then 'waiting' when n % 10 = 1 then 'failed' else 'completed' end,
      now() - make_interval(secs => ${JOBS} - n), now()
    from generate_series(1, ${JOBS}) n`;
  await sql`analyze job`;
}

/** The cursor after so many pages. */
async function walkTo(caller: Parameters<typeof listJobs>[0], pages: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let n = 0; n < pages; n++) cursor = (await listJobs(caller, { cursor })).nextCursor ?? undefined;
  return cursor;
}

async function measure(
  name: string,
  query: () => ReturnType<typeof listJobs>,
): Promise<Record<string, number>> {
  const times = await repeat(TIMES, query);
  return { [`${name}P50Ms`]: percentile(times, 50), [`${name}P99Ms`]: percentile(times, 99) };
}

async function measurePage(server: WebServer): Promise<Record<string, number>> {
  const times = await repeat(PAGE_TIMES, async () => {
    const cookie = `${server.cookie.name}=${server.cookie.value}`;
    const response = await fetch(`${server.url}/w/${server.slug}/jobs`, { headers: { cookie } });
    const html = await response.text();
    if (!html.includes("A picture of number")) throw new Error(`the page shows no jobs (${response.status})`);
  });
  return { pageP50Ms: percentile(times, 50), pageP99Ms: percentile(times, 99) };
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const figures: number[] = [];
  for (let n = 0; n < 10; n++) await work();
  for (let n = 0; n < times; n++) {
    const begin = performance.now();
    await work();
    figures.push(performance.now() - begin);
  }
  return figures;
}
