import { and, asc, eq, gt, inArray, max } from "drizzle-orm";
import { ACCESS_CHANNEL, db, schema, sqlClient } from "@/lib/db";
import { log } from "@/lib/log";

/** What open pages hear: something moved in this job. They look it up again; the database is the truth. */
export type LiveEvent = { id: number; workspaceId: string; jobId: string; type: string };
export type Viewer = {
  workspaceId: string;
  jobId?: string;
  userId?: string;
  send: (event: LiveEvent) => void;
  /** The rights of this person have changed: whether they may still listen is to be asked at once. */
  recheck?: () => void;
};

const CHANNEL = "kinora_event";
/** Catches what a LISTEN may miss: a connection that died silently, a pooler that does not carry it. */
const SWEEP_MS = 5_000;
const REMEMBERED = 5_000;

const { jobEvent } = schema;
const columns = {
  id: jobEvent.id,
  workspaceId: jobEvent.workspaceId,
  jobId: jobEvent.jobId,
  type: jobEvent.type,
};

/** One per process: a single LISTEN, fanned out to every open page of every workspace. */
class Hub {
  readonly #viewers = new Set<Viewer>();
  readonly #seen = new Set<number>();
  #wanted = new Set<number>();
  #highest = 0;
  #open: Promise<() => Promise<void>> | undefined;
  #work: Promise<void> = Promise.resolve();

  /** Resolves once events are sure to arrive. The function it gives stops them. */
  async watch(viewer: Viewer): Promise<() => void> {
    this.#viewers.add(viewer);
    try {
      this.#open ??= this.#listen();
      await this.#open;
    } catch (error) {
      this.#open = undefined;
      this.#viewers.delete(viewer);
      throw error;
    }
    return () => {
      this.#viewers.delete(viewer);
      if (this.#viewers.size === 0) void this.close();
    };
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    const stop = await open?.catch(() => undefined);
    await stop?.().catch((err: unknown) => log.warn({ err }, "live updates: the LISTEN did not end cleanly"));
  }

  async #listen(): Promise<() => Promise<void>> {
    this.#highest = await lastEventId();
    const listening = await sqlClient().listen(
      CHANNEL,
      (payload) => this.#hear(payload),
      // Also after every lost connection: what happened meanwhile is in the rows.
      () => this.#queue(() => this.#sweep()),
    );
    const access = await sqlClient().listen(ACCESS_CHANNEL, (userId) => {
      for (const viewer of this.#viewers) if (viewer.userId === userId) viewer.recheck?.();
    });
    const timer = setInterval(() => this.#queue(() => this.#sweep()), SWEEP_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await Promise.all([listening.unlisten(), access.unlisten()]);
    };
  }

  #hear(payload: string): void {
    const id: unknown = JSON.parse(payload).id;
    if (typeof id !== "number" || this.#seen.has(id)) return;
    this.#wanted.add(id);
    if (this.#wanted.size === 1) this.#queue(() => this.#deliverWanted());
  }

  /** Ids come in the order of commits, which need not be that of the numbers: each is fetched by itself. */
  async #deliverWanted(): Promise<void> {
    const ids = [...this.#wanted];
    this.#wanted = new Set();
    if (ids.length === 0) return;
    this.#deliver(await db().select(columns).from(jobEvent).where(inArray(jobEvent.id, ids)));
  }

  async #sweep(): Promise<void> {
    if (this.#viewers.size === 0) return;
    const missed = await db()
      .select(columns)
      .from(jobEvent)
      .where(gt(jobEvent.id, this.#highest))
      .orderBy(asc(jobEvent.id))
      .limit(REMEMBERED);
    this.#deliver(missed);
  }

  #deliver(events: LiveEvent[]): void {
    for (const event of events.sort((a, b) => a.id - b.id)) {
      if (this.#seen.has(event.id)) continue;
      this.#remember(event.id);
      for (const viewer of this.#viewers) {
        const mine = viewer.workspaceId === event.workspaceId;
        if (mine && (!viewer.jobId || viewer.jobId === event.jobId)) viewer.send(event);
      }
    }
  }

  #remember(id: number): void {
    this.#highest = Math.max(this.#highest, id);
    this.#seen.add(id);
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }

  /** One query at a time, in order; a failed one is made good by the next sweep. */
  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((err: unknown) => {
      log.warn({ err }, "live updates: could not look up what happened");
    });
  }
}

// Kept across the dev server's module reloads, like the database connection.
const shared = globalThis as typeof globalThis & { kinoraHub?: Hub };

export function hub(): Hub {
  shared.kinoraHub ??= new Hub();
  return shared.kinoraHub;
}

/** The newest event of all: from here on a page that is being drawn wants to hear. */
export async function lastEventId(): Promise<number> {
  const [row] = await db()
    .select({ id: max(jobEvent.id) })
    .from(jobEvent);
  return row?.id ?? 0;
}

/** What a workspace (or one of its jobs) went through after an event, oldest first. */
export async function eventsAfter(
  of: { workspaceId: string; jobId?: string },
  after: number,
  limit = 500,
): Promise<LiveEvent[]> {
  return db()
    .select(columns)
    .from(jobEvent)
    .where(
      and(
        eq(jobEvent.workspaceId, of.workspaceId),
        of.jobId ? eq(jobEvent.jobId, of.jobId) : undefined,
        gt(jobEvent.id, after),
      ),
    )
    .orderBy(asc(jobEvent.id))
    .limit(limit);
}
