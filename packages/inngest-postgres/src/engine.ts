import { randomUUID } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import type { Sql } from "postgres";
import { watchCheckpoints } from "./checkpoint";
import { Dispatcher } from "./dispatcher";
import { Gate } from "./gate";
import { LeaseKeeper } from "./keeper";
import { park } from "./lease";
import type { Log } from "./protocol";
import { Roster } from "./registry";
import { installSchema } from "./schema";
import { Serve } from "./serve";
import { enterCrons } from "./timers";

export type EngineOptions = {
  /** The database, asked for when it is needed. */
  sql: () => Sql;
  /** The client of the functions, made with `embeddedFetch` on the same database. */
  client: Inngest.Like;
  functions: readonly InngestFunction.Like[];
  /** A secret of this installation, as hexadecimal, for what the SDK signs with it. */
  signingKey: string;
  /** How many calls of functions may run at a time in this process. */
  concurrency: number;
  log: Log;
  /** Factor on Inngest's back-off between attempts; 1 but in tests. */
  backoffScale?: number;
  /** How long a lease lasts without a heartbeat: a killed process is replaced after it. */
  leaseSeconds?: number;
  /** How long a step may keep this thread busy, without a pause, before its runs go to another worker. */
  busySeconds?: number;
  /** Ended runs and their events are deleted after so many days. */
  retentionDays?: number;
};

export type Engine = {
  /** Installs the schema, registers the functions, begins to work. Throws RegistrationError. */
  start(): Promise<void>;
  /** Takes no more, lets the steps under way finish, gives everything back. */
  stop(): Promise<void>;
};

/** Three heartbeats fit into a lease. */
const HEARTBEAT_MS_PER_LEASE_SECOND = 300;

/** Runs Inngest functions from Postgres, without an Inngest server. Several on one database share the work. */
export function createEngine(options: EngineOptions): Engine {
  const { sql, log } = options;
  const lease = { owner: randomUUID(), seconds: options.leaseSeconds ?? 10 };
  const gate = new Gate(options.concurrency);
  (options.client as Inngest).setEnvVars({ INNGEST_SIGNING_KEY: options.signingKey });
  const backoffScale = options.backoffScale ?? 1;
  const serve = new Serve(options.client, options.functions);
  let stopping = false;
  let undo: (() => unknown)[] = [];

  return {
    async start() {
      await installSchema(sql());
      const roster = new Roster(lease.owner, await serve.register(), log);
      await roster.enter(sql());
      if (roster.registry.complete) await enterCrons(sql(), roster.registry);
      const context = () => ({
        sql: sql(),
        serve,
        registry: () => roster.registry,
        gate,
        log,
        backoffScale,
        stopping: () => stopping,
      });
      const retentionDays = options.retentionDays ?? 7;
      const room = options.concurrency;
      const keeper = new LeaseKeeper(sql(), lease, options.busySeconds ?? 600, log);
      const dispatcher = new Dispatcher({
        sql,
        roster,
        lease,
        keeper,
        backoffScale,
        room,
        retentionDays,
        log,
        context,
      });
      const unwatch = watchCheckpoints({
        goOn: (runId) => !stopping || !dispatcher.drivers.has(runId),
        release: async (id, generation) => void (await park(sql(), { id, generation })),
        interrupt(runId, generation, op) {
          const driver = dispatcher.drivers.get(runId);
          if (driver?.lease.generation === generation) driver.interrupt(op);
        },
      });
      const everything = () => dispatcher.look({ events: true, upkeep: true, runs: true });
      const listening = await sql().listen("engine", (message) => hear(dispatcher, message), everything);
      const heartbeat = setInterval(() => {
        dispatcher.renew().catch((error) => log.warn({ err: error }, "engine: could not renew its leases"));
      }, lease.seconds * HEARTBEAT_MS_PER_LEASE_SECOND);
      undo = [
        () => dispatcher.stop(),
        () => clearInterval(heartbeat),
        () => keeper.stop(),
        unwatch,
        () => listening.unlisten(),
        () => roster.leave(sql()),
      ];
      log.info({ functions: roster.registry.own.length, concurrency: room }, "engine: started");
    },
    async stop() {
      stopping = true;
      for (const step of undo) await step();
      undo = [];
      log.info({}, "engine: stopped");
    },
  };
}

function hear(dispatcher: Dispatcher, message: string): void {
  if (message.startsWith("poke ")) dispatcher.drivers.get(message.slice(5))?.poke();
  else if (message === "roster") dispatcher.look({ roster: true });
  else if (message === "event") dispatcher.look({ events: true });
  else if (message === "run") dispatcher.look({ runs: true });
  else dispatcher.look({ upkeep: true });
}
