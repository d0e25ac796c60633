import type { Sql, TransactionSql } from "postgres";
import { isPassing } from "./database-errors";
import { readStored } from "./events";
import { isTrue } from "./expression";
import type { EngineFunction } from "./functions";
import { keep } from "./lease";
import { type Arrived, tellListeners } from "./listeners";
import { errorMemo } from "./memo";
import { type EngineEvent, INTERNAL, type Log } from "./protocol";
import type { Registry } from "./registry";
import { insertRuns, type NewRun, schedule } from "./schedule";

const BATCH = 100;

/** The roster has changed since it was read: read it, and route again. */
export class StaleRegistry extends Error {
  override readonly name = "StaleRegistry";
}

type Batch = { seqs: string[] };

/**
 * Acts on the events that came in, in the order they were sent: starts runs, ends waits, cancels. Returns how many
 * there were. An event that cannot be acted on is set aside by itself: it stops no other.
 */
export async function routeEvents(sql: Sql, registry: Registry, log: Log): Promise<number> {
  const batch: Batch = { seqs: [] };
  try {
    return await routeBatch(sql, registry, BATCH, batch);
  } catch (error) {
    if (error instanceof StaleRegistry || isPassing(error)) throw error;
  }
  const one: Batch = { seqs: [] };
  for (let routed = 0; routed < batch.seqs.length; routed++) {
    try {
      if ((await routeBatch(sql, registry, 1, one)) === 0) break;
    } catch (error) {
      if (error instanceof StaleRegistry || isPassing(error)) throw error;
      log.error(
        { err: error, event: one.seqs[0] },
        "engine: an event could not be acted on and was set aside",
      );
      await sql`update engine.event set routed_at = clock_timestamp() where seq = any(${one.seqs}::bigint[])`;
    }
  }
  return batch.seqs.length;
}

async function routeBatch(sql: Sql, registry: Registry, size: number, batch: Batch): Promise<number> {
  return sql.begin(async (tx) => {
    const rows = await tx<{ seq: string; body: string; waited: number; stamp: string }[]>`
      update engine.event set routed_at = clock_timestamp() where seq in (
        select seq from engine.event where routed_at is null order by seq limit ${size} for update skip locked
      ) returning seq, body, (extract(epoch from clock_timestamp() - received_at) * 1000)::float8 as waited,
        (select stamp::text from engine.roster) as stamp`;
    if (rows.length === 0) return 0;
    batch.seqs = rows.map((row) => row.seq);
    if (rows[0]?.stamp !== registry.stamp) throw new StaleRegistry();
    const arrived = rows
      .map(({ seq, body, waited }) => {
        const { event, aheadMs } = readStored(body);
        return { seq: BigInt(seq), event, delayMs: aheadMs - waited };
      })
      .sort((a, b) => (a.seq < b.seq ? -1 : 1));
    const started = await startRuns(tx, registry, arrived);
    await tellListeners(tx, registry.wanted, arrived, started);
    return rows.length;
  });
}

/** Returns the runs started, with the event that started each. */
async function startRuns(
  tx: TransactionSql,
  registry: Registry,
  arrived: (Arrived & { delayMs: number })[],
): Promise<Map<string, bigint>> {
  const started = new Map<string, bigint>();
  const runs: NewRun[] = [];
  for (const { seq, event, delayMs } of arrived) {
    const invocation = readInvocation(event);
    const targets = invocation ? [registry.functions.get(invocation.fnId)] : targetsOf(registry, event);
    for (const fn of targets) {
      if (!fn) {
        if (invocation) await refuseInvocation(tx, invocation);
        continue;
      }
      const run = await schedule(tx, fn, event, { delayMs, parent: invocation });
      runs.push(run);
      started.set(run.id, seq);
    }
  }
  await insertRuns(tx, runs);
  return started;
}

function targetsOf(registry: Registry, event: EngineEvent): EngineFunction[] {
  return (registry.triggers.get(event.name) ?? []).filter((fn) =>
    fn.events.some((trigger) => trigger.name === event.name && isTrue(trigger.when, { event })),
  );
}

type Invocation = { fnId: string; runId: string; stepId: string };

/** Which step of which run invoked a function by this event. */
function readInvocation(event: EngineEvent): Invocation | undefined {
  if (event.name !== INTERNAL.invoked) return undefined;
  const inner = event.data._inngest as { fn_id?: string; correlation_id?: string } | undefined;
  const [runId, stepId] = inner?.correlation_id?.split(".") ?? [];
  return inner?.fn_id && runId && stepId ? { fnId: inner.fn_id, runId, stepId } : undefined;
}

async function refuseInvocation(tx: TransactionSql, { fnId, runId, stepId }: Invocation): Promise<void> {
  const memo = errorMemo({ name: "Error", message: `There is no function "${fnId}".` });
  await keep(tx, runId, null, [stepId], [memo]);
}
