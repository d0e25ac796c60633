import type { Sql } from "postgres";
import { insist } from "./database-errors";
import { Driver, type DriverContext } from "./driver";
import type { LeaseKeeper } from "./keeper";
import { type Lease, type LeaseOptions, leaseRuns, renewLeases, SUSPECT_LOSSES } from "./lease";
import type { Log } from "./protocol";
import type { Roster } from "./registry";
import { cleanUp } from "./retention";
import { routeEvents, StaleRegistry } from "./route";
import { endOrphans, enterCrons, fireTimers, nextDue } from "./timers";

/** Even when nothing announces work: a lost notification costs no more than this. */
const IDLE_MS = 5000;
const CLEAN_UP_MS = 3_600_000;
const BEAT_MS = 20_000;
/** Before that a worker cannot say that nobody has a function: others may be about to start. */
const ORPHANS_AFTER_MS = 600_000;

export type DispatcherOptions = {
  sql: () => Sql;
  roster: Roster;
  lease: LeaseOptions;
  keeper: LeaseKeeper;
  /** Factor on the pauses after lost leases. */
  backoffScale: number;
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
  private readonly startedAt = Date.now();
  private todo = { roster: false, events: true, upkeep: true, runs: true };
  private backlog = false;
  private stopped = false;
  private looking: Promise<void> | undefined;
  private cleanedAt = 0;
  private beatenAt = Date.now();
  private timer: NodeJS.Timeout | undefined;
  private timerAt = Number.POSITIVE_INFINITY;

  constructor(private readonly options: DispatcherOptions) {}

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
    this.options.keeper.hold(held.map((driver) => driver.lease));
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
      this.todo = { roster: false, events: false, upkeep: false, runs: false };
      this.wakeIn(1000);
    }
  }

  private async lookOnce(): Promise<void> {
    const todo = this.todo;
    this.todo = { roster: false, events: false, upkeep: false, runs: false };
    if (todo.roster) await this.readRoster();
    if (todo.events && (await this.route())) todo.runs = true;
    if (todo.upkeep) await this.keepUp();
    if (todo.runs) await this.lease();
  }

  /** True when something came in. */
  private async route(): Promise<boolean> {
    const { roster, log } = this.options;
    const sql = this.options.sql();
    for (let some = false; ; some = true) {
      if (!roster.registry.complete) return some;
      try {
        if ((await insist(() => routeEvents(sql, roster.registry, log))) === 0) return some;
      } catch (error) {
        if (!(error instanceof StaleRegistry)) throw error;
        await this.readRoster();
      }
    }
  }

  private async readRoster(): Promise<void> {
    const { roster } = this.options;
    await roster.read(this.options.sql());
    if (roster.registry.complete) await enterCrons(this.options.sql(), roster.registry);
  }

  /** What is due by time alone. */
  private async keepUp(): Promise<void> {
    const { roster, retentionDays, backoffScale } = this.options;
    const sql = this.options.sql();
    await this.beat();
    let due = await this.nextDue();
    if (due.upkeepMs <= 0) {
      // A thread that was busy, or a machine that slept, is late for its own leases.
      await this.renew();
      await insist(() => sql`select engine.sweep(${backoffScale}::float8)`);
      if (roster.registry.complete) await insist(() => fireTimers(sql, roster.registry));
      due = await this.nextDue();
    }
    if (Date.now() - this.cleanedAt > CLEAN_UP_MS) {
      this.cleanedAt = Date.now();
      await cleanUp(sql, retentionDays);
    }
    this.wakeIn(Math.min(due.runMs, due.upkeepMs));
  }

  private async beat(): Promise<void> {
    if (Date.now() - this.beatenAt < BEAT_MS) return;
    this.beatenAt = Date.now();
    const { roster } = this.options;
    const sql = this.options.sql();
    if (await roster.beat(sql)) await this.readRoster();
    if (Date.now() - this.startedAt > ORPHANS_AFTER_MS) await endOrphans(sql, roster.registry);
  }

  private async lease(): Promise<void> {
    const { lease: options, roster } = this.options;
    const room = this.options.room - this.drivers.size;
    if (room <= 0) {
      this.backlog = true;
      return;
    }
    const leases = await leaseRuns(
      this.options.sql(),
      room,
      options,
      roster.registry.own,
      this.suspects() > 0 ? 0 : 1,
    );
    this.backlog = leases.length === room;
    for (const lease of leases) this.drive(lease);
    if (leases.length > 0) this.options.keeper.hold([...this.drivers.values()].map((driver) => driver.lease));
    if (leases.length === 0) this.wakeIn((await this.nextDue()).runMs);
  }

  /** How many runs are held here that may be what ends their processes. */
  private suspects(): number {
    return [...this.drivers.values()].filter(({ lease }) => lease.lost >= SUSPECT_LOSSES).length;
  }

  private nextDue() {
    const most = this.suspects() > 0 ? SUSPECT_LOSSES - 1 : Number.MAX_SAFE_INTEGER;
    return nextDue(this.options.sql(), this.options.roster.registry.own, Math.min(most, 2 ** 31 - 1));
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
        if (this.backlog || lease.lost >= SUSPECT_LOSSES) this.look({ runs: true });
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
