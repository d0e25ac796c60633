import type { Sql } from "postgres";
import type { Lease } from "./lease";
import { LIMITS, type SerializedError } from "./protocol";

export type Pending = {
  step_id: string;
  op: string;
  name: string;
  attempt: number;
  /** The revision it was found at. */
  seen: number;
  /** Milliseconds until it is due, 0 or less when it is; null when only an event ends it. */
  due_ms: number | null;
};

/** What is known of a leased run: its memos (read once, then only the new ones) and what it waits for. */
export class RunState {
  attempt = 0;
  forcePlan = false;
  /** Milliseconds until the function is to be called; null when it waits. */
  discoverMs: number | null = null;
  pending: Pending[] = [];
  /** In the order of completion, which is their `seq`: index + 1. Parsed once: every call gets copies of them. */
  readonly memos: { id: string; value: unknown }[] = [];
  bytes = 0;

  /** False when the lease is no longer held. */
  async refresh(sql: Sql, lease: Lease): Promise<boolean> {
    const [row] = await sql<
      {
        attempt: number;
        force_plan: boolean;
        revision: number;
        discover_ms: number | null;
        pending: Pending[] | null;
      }[]
    >`
      select attempt, force_plan, revision,
        case when isfinite(discover_at) then extract(epoch from discover_at - clock_timestamp())::float8 * 1000 end as discover_ms,
        (select json_agg(p) from (
          select step_id, op, name, attempt, seen,
            case when isfinite(wake_at) then extract(epoch from wake_at - clock_timestamp())::float8 * 1000 end as due_ms
          from engine.pending where run_id = r.id order by seen, position
        ) p) as pending
      from engine.run r
      where id = ${lease.id} and generation = ${lease.generation} and lease_until is not null and state = 'running'`;
    if (!row) return false;
    this.attempt = row.attempt;
    this.forcePlan = row.force_plan;
    this.discoverMs = row.discover_ms;
    this.pending = row.pending ?? [];
    if (row.revision > this.memos.length) await this.readMemos(sql, lease.id);
    return true;
  }

  /** What is beyond the limit of a run's state is counted, not read: the run is about to fail. */
  private async readMemos(sql: Sql, runId: string): Promise<void> {
    const rows = await sql<{ step_id: string; data: string | null; size: number }[]>`
      select step_id, case when size <= ${LIMITS.runStateBytes - this.bytes} then data end as data, size from (
        select step_id, seq, data, (sum(octet_length(data)) over (order by seq))::float8 as size
        from engine.memo where run_id = ${runId} and seq > ${this.memos.length}
      ) m order by seq`;
    for (const { step_id, data } of rows) {
      this.memos.push({ id: step_id, value: data === null ? null : JSON.parse(data) });
    }
    this.bytes += rows.at(-1)?.size ?? 0;
  }

  /** The memos up to a revision as a call gets them: its own to change, the texts in them shared. */
  snapshot(revision: number): { ids: string[]; steps: Record<string, unknown> } {
    const memos = this.memos.slice(0, revision);
    return {
      ids: memos.map(({ id }) => id),
      steps: Object.fromEntries(memos.map(({ id, value }) => [id, copyJson(value)])),
    };
  }
}

function copyJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    // Assigning to this one name would set the prototype instead.
    if (key === "__proto__") {
      Object.defineProperty(copy, key, {
        value: copyJson(inner),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else copy[key] = copyJson(inner);
  }
  return copy;
}

/** Why a run has outgrown Inngest's limits; undefined when it has not. */
export function overflow({ memos, pending, bytes }: RunState): SerializedError | undefined {
  if (memos.length + pending.length > LIMITS.steps) {
    return {
      name: "InngestErrFunctionOverflowed",
      message: `The run exceeded the limit of ${LIMITS.steps} steps.`,
    };
  }
  if (bytes > LIMITS.runStateBytes) {
    return {
      name: "InngestErrStateOverflowed",
      message: "The results of the run's steps exceed 32 MB together.",
    };
  }
  return undefined;
}
