import type { Sql } from "postgres";
import { beginSteps, type Lease } from "./lease";

/** Notes which planned steps of a run are being executed; those that begin together in one statement. */
export class StepNotes {
  private next: { ids: string[]; done: Promise<boolean> } | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly lease: Lease,
  ) {}

  /** False when the lease is no longer held. */
  note(stepId: string): Promise<boolean> {
    if (!this.next) {
      const ids: string[] = [];
      const done = Promise.resolve().then(() => {
        this.next = undefined;
        return beginSteps(this.sql, this.lease, ids);
      });
      this.next = { ids, done };
    }
    this.next.ids.push(stepId);
    return this.next.done;
  }
}
