import type { Sql } from "postgres";
import { applyDiscovery, applyStep, isHalted, retryStep, type Verdict } from "./answer";
import { callBody } from "./call-body";
import { refusedByDatabase } from "./checkpoint";
import { withSlots } from "./concurrency";
import { insist, isPassing } from "./database-errors";
import type { Gate } from "./gate";
import { keep, type Lease, park } from "./lease";
import { judgeDiscovery, lossError, namedStep, spentSteps } from "./losses";
import { dataMemo, errorMemo } from "./memo";
import { endRun } from "./outcome";
import { refusalOf } from "./plan";
import { LIMITS, type Log, type Op, type SerializedError } from "./protocol";
import type { Registry } from "./registry";
import type { Serve } from "./serve";
import { overflow, type Pending, RunState } from "./state";
import { StepNotes } from "./step-notes";

export type DriverContext = {
  sql: Sql;
  serve: Serve;
  registry(): Registry;
  gate: Gate;
  log: Log;
  backoffScale: number;
  stopping(): boolean;
};

/** Advances one leased run until it rests: it ended, waits for time or an event, or the lease was lost. */
export class Driver {
  private readonly state = new RunState();
  private readonly running = new Map<string, Promise<void>>();
  private wake: () => void = () => undefined;
  private ended = 0;
  private first: boolean;
  private lost = false;
  /** What a running call reported that is no result: it was halted for it. */
  private interruption: Op | undefined;
  private readonly notes: StepNotes;

  constructor(
    private readonly context: DriverContext,
    readonly lease: Lease,
  ) {
    this.first = lease.fresh;
    this.notes = new StepNotes(context.sql, lease);
  }

  /** The lease is gone: begin nothing more. */
  lose(): void {
    this.lost = true;
    this.wake();
  }

  /** The call under way was halted because of this op. */
  interrupt(op: Op): void {
    this.interruption = op;
  }

  /** Something came in for this run while it is leased here: look again. */
  poke(): void {
    this.wake();
  }

  /** Returns in how many milliseconds the run is due again; null when it ended or only an event wakes it. */
  async drive(): Promise<number | null> {
    const { sql } = this.context;
    try {
      for (;;) {
        const poked = new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        const seen = this.ended;
        if (this.lost || !(await this.look())) return null;
        // A call that ended meanwhile may not be in what was read: read again, or it would be made twice.
        if (this.ended !== seen) continue;
        if (!this.context.stopping()) {
          if (await this.endHopeless()) return null;
          if (await this.endWaits()) continue;
          this.begin();
        }
        if (this.running.size === 0) return await park(sql, this.lease);
        await this.rest(poked);
      }
    } finally {
      await Promise.allSettled(this.running.values());
    }
  }

  /** What is to be done is read from the database; of a fresh run it is known. */
  private async look(): Promise<boolean> {
    if (!this.first) return this.state.refresh(this.context.sql, this.lease);
    this.first = false;
    this.state.attempt = this.lease.attempt;
    this.state.discoverMs = 0;
    return true;
  }

  /** Until a call ends, something comes in, or the next wait of the run is over. */
  private async rest(poked: Promise<void>): Promise<void> {
    const waits = this.state.pending.flatMap((p) => (p.due_ms !== null && p.due_ms > 0 ? [p.due_ms] : []));
    let timer: NodeJS.Timeout | undefined;
    const due = new Promise<void>((resolve) => {
      if (waits.length > 0) timer = setTimeout(resolve, Math.min(Math.min(...waits) + 2, 2 ** 31 - 1));
    });
    await Promise.race([...this.running.values(), poked, due]);
    clearTimeout(timer);
  }

  private begin(): void {
    for (const pending of this.state.pending) {
      if (pending.op === "StepPlanned" && isDue(pending.due_ms))
        this.start(pending.step_id, () => this.runStep(pending));
    }
    if (isDue(this.state.discoverMs)) this.start("", () => this.discover());
  }

  private start(key: string, work: () => Promise<void>): void {
    if (this.running.has(key)) return;
    const task = this.context.gate
      .pass(work)
      .catch((error) => this.fail(key, error))
      .finally(() => {
        this.running.delete(key);
        this.ended++;
      });
    this.running.set(key, task);
  }

  /** A call whose outcome could not be stored. */
  private async fail(key: string, thrown: unknown): Promise<void> {
    this.context.log.error({ err: thrown, run: this.lease.id }, "engine: a call could not be completed");
    try {
      if (isPassing(thrown)) throw thrown;
      const error = refusedByDatabase(thrown);
      if (key === "") await this.end({ state: "failed", error });
      else await keep(this.context.sql, this.lease.id, this.lease.generation, [key], [errorMemo(error)]);
    } catch {
      // What this call did is unknown: the lease expires, which counts as an attempt, and the run begins again.
      this.lost = true;
    }
  }

  private async discover(): Promise<void> {
    await this.withSlots("", async () => {
      const { attempt } = this.state;
      const attempts = this.attempts(attempt);
      const asks = judgeDiscovery(this.state, this.lease, attempts.max) === "ask";
      const answer = await this.call(undefined, attempt, this.state.memos.length, asks);
      if (isHalted(answer)) return this.resume();
      const spent = asks ? namedStep(answer) : undefined;
      if (spent) await this.conclude(this.spend([spent.id], [spent.displayName ?? spent.id]));
      else await this.conclude(applyDiscovery(this.context.sql, this.lease, answer, attempts));
    });
  }

  /** After a halt: what counts is in the database, but for what the call was halted by. */
  private async resume(): Promise<void> {
    const op = this.interruption;
    this.interruption = undefined;
    if (!op) return;
    const error = op.op === "StepError" ? undefined : refusalOf(op);
    if (error) return this.end({ state: "failed", error });
    await this.conclude(
      retryStep(this.context.sql, this.lease, null, op, { noRetry: false }, this.attempts(0)),
    );
  }

  private async runStep(pending: Pending): Promise<void> {
    await this.withSlots(pending.step_id, async (isNoted) => {
      if (!isNoted && !(await this.notes.note(pending.step_id))) {
        this.lost = true;
        return;
      }
      const answer = await this.call(pending.step_id, pending.attempt, pending.seen);
      const attempts = this.attempts(pending.attempt);
      await this.conclude(applyStep(this.context.sql, this.lease, pending.step_id, answer, attempts));
    });
  }

  /** Steps whose attempts were all lost have failed: the function can catch it. */
  private async spend(ids: string[], names: string[]): Promise<Verdict> {
    const { max } = this.attempts(0);
    const memos = names.map((name) => errorMemo(lossError(`the step "${name}"`, max)));
    const kept = await keep(this.context.sql, this.lease.id, this.lease.generation, ids, memos);
    return kept === null ? "stale" : "applied";
  }

  private withSlots(step: string, work: (isNoted: boolean) => Promise<void>): Promise<void> {
    const fn = this.context.registry().functions.get(this.lease.fn_id);
    return withSlots(this.context.sql, fn, this.lease, step, work);
  }

  private attempts(attempt: number) {
    const max =
      this.context.registry().functions.get(this.lease.fn_id)?.maxAttempts ?? LIMITS.defaultAttempts;
    return { attempt, max, scale: this.context.backoffScale };
  }

  private call(stepId: string | undefined, attempt: number, revision: number, plansOnly = false) {
    const { max } = this.attempts(attempt);
    const forcePlan = this.state.forcePlan || plansOnly;
    const body = callBody(this.lease, this.state.snapshot(revision), { attempt, max, forcePlan });
    return this.context.serve.call(this.lease.fn_id, stepId, body, this.lease);
  }

  private async conclude(applied: Promise<Verdict>): Promise<void> {
    const verdict = await applied;
    if (verdict === "stale") this.lost = true;
    else if (verdict !== "applied") await this.end(verdict);
  }

  private async end(outcome: Exclude<Verdict, string>): Promise<void> {
    const { sql, registry } = this.context;
    await insist(() => endRun(sql, this.lease, this.lease.generation, outcome, registry().wanted));
  }

  /** Sleeps that are over, waits and invocations whose time is up, steps that have had all their attempts. */
  private async endWaits(): Promise<boolean> {
    const over = this.state.pending.filter((p) => p.op !== "StepPlanned" && isDue(p.due_ms));
    const memos = over.map((p) => (p.op === "InvokeFunction" ? errorMemo(invokeTimeout(p)) : dataMemo(null)));
    const ids = over.map((p) => p.step_id);
    const { max } = this.attempts(0);
    const spent = spentSteps(this.state.pending, max).filter((p) => !this.running.has(p.step_id));
    ids.push(...spent.map((p) => p.step_id));
    memos.push(...spent.map((p) => errorMemo(lossError(`the step "${p.name}"`, max))));
    if (ids.length === 0) return false;
    return (await keep(this.context.sql, this.lease.id, this.lease.generation, ids, memos)) !== null;
  }

  /** Ends a run that has outgrown the limits, or that loses its lease outside of its steps again and again. */
  private async endHopeless(): Promise<boolean> {
    const { max } = this.attempts(0);
    const isLost = this.running.size === 0 && judgeDiscovery(this.state, this.lease, max) === "end";
    const error = isLost ? lossError("the function", max) : overflow(this.state);
    if (error) await this.end({ state: "failed", error });
    return error !== undefined;
  }
}

function isDue(ms: number | null): boolean {
  return ms !== null && ms <= 0;
}

function invokeTimeout(pending: Pending): SerializedError {
  return {
    name: "InngestInvokeTimeoutError",
    message: `The invoked function did not finish in time (step "${pending.name}").`,
  };
}
