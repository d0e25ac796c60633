import type { Sql, TransactionSql } from "postgres";
import { compile, follow, isTrue } from "./expression";
import type { EngineFunction } from "./functions";
import { keep } from "./lease";
import { dataMemo, errorMemo } from "./memo";
import { endRun, type Wanted } from "./outcome";
import { type EngineEvent, INTERNAL, type Log } from "./protocol";
import { insertRuns, matchKey, type NewRun, parsePath, schedule } from "./schedule";

export type Registry = {
  functions: Map<string, EngineFunction>;
  /** By the event that triggers them. */
  triggers: Map<string, EngineFunction[]>;
  wanted: Wanted;
};

const BATCH = 100;

type Row = { seq: string; body: string };
type Arrived = { seq: bigint; event: EngineEvent };

/** Acts on the events that came in: starts runs, ends waits, cancels. Returns how many there were. */
export async function routeEvents(sql: Sql, registry: Registry, log: Log): Promise<number> {
  return sql.begin(async (tx) => {
    const rows = await tx<Row[]>`
      update engine.event set routed_at = clock_timestamp() where seq in (
        select seq from engine.event where routed_at is null order by seq limit ${BATCH} for update skip locked
      ) returning seq, body`;
    if (rows.length === 0) return 0;
    const arrived = rows.map((row) => ({ seq: BigInt(row.seq), event: JSON.parse(row.body) as EngineEvent }));
    const started = await startRuns(tx, registry, arrived, log);
    await tellListeners(tx, registry, arrived, started);
    return rows.length;
  });
}

/** Returns the runs started, with the event that started each. */
async function startRuns(
  tx: TransactionSql,
  registry: Registry,
  arrived: Arrived[],
  log: Log,
): Promise<Map<string, bigint>> {
  const started = new Map<string, bigint>();
  let waiting: NewRun[] = [];
  const flush = async () => {
    await insertRuns(tx, waiting);
    waiting = [];
  };
  for (const { seq, event } of arrived) {
    const invocation = readInvocation(event);
    const targets = invocation ? [registry.functions.get(invocation.fnId)] : targetsOf(registry, event);
    for (const fn of targets) {
      if (!fn) {
        if (invocation) await refuseInvocation(tx, invocation, `There is no function "${invocation.fnId}".`);
        continue;
      }
      // A singleton looks at the runs there are: they must be in the table.
      if (fn.singleton) await flush();
      const run = await schedule(tx, fn, event, registry.wanted, { parent: invocation });
      if ("skipped" in run) {
        log.debug({ fn: fn.id, event: event.id, reason: run.skipped }, "engine: no run");
        if (invocation && run.skipped !== "debounce") {
          await refuseInvocation(tx, invocation, `"${fn.id}" was not started: ${run.skipped}.`);
        }
        continue;
      }
      waiting.push(run);
      started.set(run.id, seq);
      if (fn.singleton) await flush();
    }
  }
  await flush();
  return started;
}

function targetsOf(registry: Registry, event: EngineEvent): EngineFunction[] {
  return (registry.triggers.get(event.name) ?? []).filter((fn) =>
    fn.events.some((trigger) => trigger.name === event.name && isTrue(trigger.when, { event })),
  );
}

type Invocation = { fnId: string; runId: string; stepId: string };

/** Which step of which run invoked a function by this event. */
export function readInvocation(event: EngineEvent): Invocation | undefined {
  if (event.name !== INTERNAL.invoked) return undefined;
  const inner = event.data._inngest as { fn_id?: string; correlation_id?: string } | undefined;
  const [runId, stepId] = inner?.correlation_id?.split(".") ?? [];
  return inner?.fn_id && runId && stepId ? { fnId: inner.fn_id, runId, stepId } : undefined;
}

async function refuseInvocation(tx: TransactionSql, invocation: Invocation, message: string): Promise<void> {
  await keep(tx, invocation.runId, null, [invocation.stepId], [errorMemo({ name: "Error", message })]);
}

type Heard = {
  at: number;
  run_id: string;
  step_id: string;
  kind: "wait" | "cancel";
  expression: string | null;
  events: string;
  fn_id: string;
};

/** Ends the waits and cancels the runs that these events concern. */
async function tellListeners(
  tx: TransactionSql,
  registry: Registry,
  arrived: Arrived[],
  started: Map<string, bigint>,
): Promise<void> {
  for (const heard of await findListeners(tx, arrived)) {
    const { event, seq } = arrived[heard.at] as Arrived;
    // An event cannot concern a run that it, or a later one, started.
    if ((started.get(heard.run_id) ?? -1n) >= seq) continue;
    const [trigger] = JSON.parse(heard.events) as EngineEvent[];
    const expression = heard.expression === null ? undefined : compile(heard.expression);
    if (!isTrue(expression, { event: trigger, async: event })) continue;
    if (heard.kind === "wait") {
      await keep(tx, heard.run_id, null, [heard.step_id], [dataMemo(event)]);
    } else {
      const run = { id: heard.run_id, fn_id: heard.fn_id, events: heard.events };
      await endRun(tx, run, null, { state: "canceled", reason: `the event ${event.name}` }, registry.wanted);
    }
  }
}

async function findListeners(tx: TransactionSql, arrived: Arrived[]): Promise<Heard[]> {
  const names = [...new Set(arrived.map(({ event }) => event.name))];
  const paths = await tx<{ event_name: string; match_path: string }[]>`
    select event_name, match_path from engine.listener_path where event_name = any(${names}::text[])`;
  if (paths.length === 0) return [];
  const lookups = arrived.flatMap(({ event }, at) =>
    paths
      .filter((path) => path.event_name === event.name)
      .map(({ match_path }) => ({
        at,
        name: event.name,
        path: match_path,
        key: match_path === "" ? "" : matchKey(follow(event, parsePath(match_path))),
      })),
  );
  return tx<Heard[]>`
    select e.at, l.run_id, l.step_id, l.kind, l.expression, r.events, r.fn_id
    from json_to_recordset(${JSON.stringify(lookups)}::text::json) as e (at int, name text, path text, key text)
    join engine.listener l on l.event_name = e.name and l.match_path = e.path and l.match_key = e.key
    join engine.run r on r.id = l.run_id and r.state = 'running'
    where l.expires_at is null or l.expires_at > clock_timestamp()
    order by e.at, l.run_id`;
}
