import type { Sql, TransactionSql } from "postgres";
import { type EngineFunction, parseFunction, RegistrationError } from "./functions";
import type { Wanted } from "./outcome";
import { type FunctionConfig, INTERNAL, type Log } from "./protocol";

/** A worker that was not heard of for so long has ended without a word. */
const GONE_MINUTES = 10;

/**
 * The functions that the workers of this database know, of whatever version. Whoever routes an event starts the runs
 * of all of them; a run is leased only by a worker that has its function (`own`).
 */
export type Registry = {
  /** Which state of the roster this is. */
  stamp: string;
  own: string[];
  functions: Map<string, EngineFunction>;
  /** By the event that triggers them. */
  triggers: Map<string, EngineFunction[]>;
  wanted: Wanted;
  /** False while a worker of a later version has functions that this one cannot read: then that one routes. */
  complete: boolean;
};

/** Where this worker stands in the roster, and what the others there know. */
export class Roster {
  private readonly own: Map<string, EngineFunction>;
  private current: Registry;

  /** Throws RegistrationError for a function that this engine cannot run. */
  constructor(
    private readonly owner: string,
    private readonly configs: FunctionConfig[],
    private readonly log: Log,
  ) {
    this.own = new Map(configs.map((config) => [config.id, parseFunction(config)]));
    this.current = createRegistry("", this.own, new Map(), true);
  }

  get registry(): Registry {
    return this.current;
  }

  /** Enters this worker, and reads who else is there. */
  async enter(sql: Sql): Promise<void> {
    await sql.begin(async (tx) => {
      await tx`
        insert into engine.worker (owner, configs) values (${this.owner}, ${JSON.stringify(this.configs)})
        on conflict (owner) do update set seen_at = clock_timestamp()`;
      await changed(tx);
    });
    await this.read(sql);
  }

  async leave(sql: Sql): Promise<void> {
    await sql.begin(async (tx) => {
      await tx`delete from engine.worker where owner = ${this.owner}`;
      await changed(tx);
    });
  }

  /** A sign of life; strikes out those that gave none for long. True when the roster has changed. */
  async beat(sql: Sql): Promise<boolean> {
    const [row] = await sql<{ known: boolean; stamp: string }[]>`
      with seen as (
        update engine.worker set seen_at = clock_timestamp() where owner = ${this.owner} returning owner
      ) select exists (select from seen) as known, stamp::text from engine.roster`;
    const gone = await sql.begin(async (tx) => {
      const rows = await tx`
        delete from engine.worker where seen_at < clock_timestamp() - ${GONE_MINUTES} * interval '1 minute'`;
      if (rows.count > 0) await changed(tx);
      return rows.count;
    });
    if (!row?.known) await this.enter(sql);
    else if (gone > 0 || row.stamp !== this.current.stamp) await this.read(sql);
    else return false;
    return true;
  }

  /** Reads what all workers know. */
  async read(sql: Sql): Promise<void> {
    const rows = await sql<{ owner: string; configs: string; stamp: string }[]>`
      select w.owner, w.configs, r.stamp::text from engine.roster r left join engine.worker w on true order by w.owner`;
    const others = new Map<string, EngineFunction>();
    let complete = true;
    for (const { owner, configs } of rows) {
      if (owner === this.owner || configs === null) continue;
      for (const config of JSON.parse(configs) as FunctionConfig[]) {
        if (this.own.has(config.id)) continue;
        const fn = this.understand(config);
        if (fn) others.set(fn.id, fn);
        else complete = false;
      }
    }
    this.current = createRegistry(rows[0]?.stamp ?? "", this.own, others, complete);
  }

  private understand(config: FunctionConfig): EngineFunction | undefined {
    try {
      return parseFunction(config);
    } catch (error) {
      if (!(error instanceof RegistrationError)) throw error;
      this.log.warn({ fn: config.id }, "engine: another worker has a function that this one cannot read");
      return undefined;
    }
  }
}

async function changed(tx: TransactionSql): Promise<void> {
  await tx`update engine.roster set stamp = stamp + 1`;
  await tx`select pg_notify('engine', 'roster')`;
}

function createRegistry(
  stamp: string,
  own: Map<string, EngineFunction>,
  others: Map<string, EngineFunction>,
  complete: boolean,
): Registry {
  const functions = new Map([...own, ...others]);
  const triggers: Registry["triggers"] = new Map();
  for (const fn of functions.values()) {
    for (const name of new Set(fn.events.map((event) => event.name))) {
      triggers.set(name, [...(triggers.get(name) ?? []), fn]);
    }
  }
  const wanted: Wanted = (name) => name !== INTERNAL.invoked && triggers.has(name);
  return { stamp, own: [...own.keys()], functions, triggers, wanted, complete };
}
