import type { Sql } from "postgres";
import type { EngineEvent } from "./protocol";

/**
 * The events that something is still to come of: nobody has acted on them yet, or a run that they started is held,
 * due, asleep or set aside. A run that only another event can wake is not among them.
 */
export async function listOpenEvents(sql: Sql): Promise<EngineEvent[]> {
  const rows = await sql<{ json: string }[]>`
    select body as json from engine.event where routed_at is null
    union all
    select events from engine.run where state = 'running' and (lease_until is not null or wake_at is not null)`;
  return rows.flatMap(({ json }) => JSON.parse(json) as EngineEvent | EngineEvent[]);
}
