import type { Sql } from "postgres";
import { insist } from "./deadlock";
import { Driver, type DriverContext } from "./driver";
import { type Lease, type LeaseOptions, leaseRuns, renewLeases } from "./lease";
import type { Log } from "./protocol";
import { cleanUp } from "./retention";
import { type Registry, routeEvents } from "./route";
import { enforceDeadlines, fireTimers, nextDue } from "./timers";

/** Even when nothing announces work: a lost notification costs no more than this. */
const IDLE_MS = 5000;
const CLEAN_UP_MS = 3_600_000;

export type DispatcherOptions = {
  sql: () => Sql;
  registry: Registry;
  lease: LeaseOptions;
  /** How many runs this process leases at a time. */
  room: number;
  retentionDays: number;
  log: Log;
  context: () => DriverContext;
};

/**
 * Finds work and gives it to drivers. It looks when something is announced (events came, runs are due, a run ended)
 * and when the next time that it knows of has come; it does not poll, but for one look in five seconds.
 */
export class Dispatcher {
  readonly drivers = new Map<string, Driver>();
  private readonly active = new Set<Promise<void>>();
  private readonly byPriority: boolean;
  private todo = { events: true, upkeep: true, runs: true };
  private backlog = false;
  private stopped = false;
  private looking: Promise<void> | undefined;
  private cleanedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private timerAt = Number.POSITIVE_INFINITY;

  constructor(private readonly options: DispatcherOptions) {
    this.byPriority = [...options.registry.functions.values()].some((fn) => fn.priority !== undefined);
  }

  /** Something was announced: see what it means. Calls while it looks make it look again. */
  look(what: Partial<Dispatcher["todo"]>): void {
    this.todo = { ...this.todo, ...what };
    if (this.stopped || this.looking) return;
    this.looking = this.lookUntilDone().finally(() => {
      this.looking = undefined;
      if (!this.stopped && Object.values(this.todo).some(Boolean)) this.look({});
    });
  }

  /** Takes no more; resolves when every run has been let go of. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
    for (const driver of this.drivers.values()) driver.poke();
    await Promise.all(this.active);
  }

  /** Renews the leases. A driver whose lease is gone stops after the call it is in. */
  async renew(): Promise<void> {
    const held = [...this.drivers.values()];
    if (held.length === 0) return;
    const leases = held.map((driver) => driver.lease);
    const renewed = await renewLeases(this.options.sql(), leases, this.options.lease);
    for (const driver of held) {
      if (!renewed.has(driver.lease.id)) driver.lose();
    }
  }

  private async lookUntilDone(): Promise<void> {
    try {
      while (!this.stopped && Object.values(this.todo).some(Boolean)) await this.lookOnce();
    } catch (error) {
      this.options.log.error({ err: error }, "engine: could not look for work; it tries again in a second");
      this.todo = { events: false, upkeep: false, runs: false };
      this.wakeIn(1000);
    }
  }

  private async lookOnce(): Promise<void> {
    const { registry, log } = this.options;
    const sql = this.options.sql();
    const todo = this.todo;
    this.todo = { events: false, upkeep: false, runs: false };
    if (todo.events) while ((await insist(() => routeEvents(sql, registry, log))) > 0) todo.runs = true;
    if (todo.upkeep) await this.keepUp();
    if (todo.runs) await this.lease();
  }

  /** What is due by time alone. */
  private async keepUp(): Promise<void> {
    const { registry, retentionDays } = this.options;
    const sql = this.options.sql();
    let due = await nextDue(sql);
    if (due.upkeepMs <= 0) {
      await insist(() => sql`select engine.sweep()`);
      await insist(() => fireTimers(sql, registry));
      await insist(() => enforceDeadlines(sql, registry));
      due = await nextDue(sql);
    }
    if (Date.now() - this.cleanedAt > CLEAN_UP_MS) {
      this.cleanedAt = Date.now();
      await cleanUp(sql, retentionDays);
    }
    this.wakeIn(Math.min(due.runMs, due.upkeepMs));
  }

  private async lease(): Promise<void> {
    const room = this.options.room - this.drivers.size;
    if (room <= 0) {
      this.backlog = true;
      return;
    }
    const leases = await leaseRuns(this.options.sql(), room, this.options.lease, this.byPriority);
    this.backlog = leases.length === room;
    for (const lease of leases) this.drive(lease);
    if (leases.length === 0) this.wakeIn((await nextDue(this.options.sql())).runMs);
  }

  private drive(lease: Lease): void {
    const driver = new Driver(this.options.context(), lease);
    this.drivers.set(lease.id, driver);
    const done = driver
      .drive()
      .then((dueMs) => {
        if (dueMs !== null) this.wakeIn(dueMs);
      })
      .catch((error) =>
        this.options.log.error(
          { err: error, run: lease.id },
          "engine: a run was let go; its lease will run out",
        ),
      )
      .finally(() => {
        // Unless a later lease of the same run has taken its place.
        if (this.drivers.get(lease.id) === driver) this.drivers.delete(lease.id);
        this.active.delete(done);
        if (this.backlog) this.look({ runs: true });
      });
    this.active.add(done);
  }

  /** Looks again after `ms`, or earlier. */
  private wakeIn(ms: number): void {
    const at = Date.now() + Math.min(Math.max(ms, 0) + 1, IDLE_MS);
    if (this.stopped || (at >= this.timerAt && this.timerAt > Date.now())) return;
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => {
      this.timerAt = Number.POSITIVE_INFINITY;
      this.look({ events: true, upkeep: true, runs: true });
    }, at - Date.now());
  }
}
