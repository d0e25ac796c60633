import type { TransactionSql } from "postgres";
import { compile, follow, isTrue } from "./expression";
import { keep } from "./lease";
import { matchKey, parsePath, readExpression } from "./listening";
import { dataMemo } from "./memo";
import { endRun, type Wanted } from "./outcome";
import type { EngineEvent } from "./protocol";

export type Arrived = { seq: bigint; event: EngineEvent };

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
export async function tellListeners(
  tx: TransactionSql,
  wanted: Wanted,
  arrived: Arrived[],
  /** The runs that these events started, with the number of the event that did. */
  started: Map<string, bigint>,
): Promise<void> {
  for (const heard of await findListeners(tx, arrived)) {
    const { event, seq } = arrived[heard.at] as Arrived;
    // An event cannot concern a run that it, or a later one, started.
    if ((started.get(heard.run_id) ?? -1n) >= seq) continue;
    const expression = heard.expression === null ? undefined : compile(readExpression(heard.expression));
    const [trigger] = JSON.parse(heard.events) as EngineEvent[];
    if (!isTrue(expression, { event: trigger, async: event })) continue;
    if (heard.kind === "wait") {
      await keep(tx, heard.run_id, null, [heard.step_id], [dataMemo(event)]);
    } else {
      const run = { id: heard.run_id, fn_id: heard.fn_id, events: heard.events };
      await endRun(tx, run, null, { state: "canceled", reason: `the event ${event.name}` }, wanted);
    }
  }
}

/** The waits and cancellations to be asked: those an event fits by its index, and those that have none. */
export async function findListeners(tx: TransactionSql, arrived: Arrived[]): Promise<Heard[]> {
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
  // "offset 0" keeps Postgres from reading all listeners once instead of looking each event's up.
  return tx<Heard[]>`
    select e.at, l.run_id, l.step_id, l.kind, l.expression, r.events, r.fn_id
    from json_to_recordset(${JSON.stringify(lookups)}::text::json) as e (at int, name text, path text, key text)
    cross join lateral (
      select * from engine.listener
      where event_name = e.name and match_path = e.path and match_key = e.key
        and (expires_at is null or expires_at > clock_timestamp())
      offset 0
    ) l
    join engine.run r on r.id = l.run_id and r.state = 'running'
    order by e.at, l.run_id`;
}
