import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerConnection } from "inngest/connect";
import { log } from "@/lib/log";

export type Connection = Pick<WorkerConnection, "state" | "connectionId" | "close">;

const LOOK_MS = 1_000;

/**
 * Keeps a worker connected to its Inngest server. The server counts a worker's places under its name, and what went
 * down with a gateway keeps its place for twelve minutes: so a connection that was lost is replaced by one that `open`
 * makes under a new name. The old one is left to finish what it has.
 */
export async function keepConnected(
  open: () => Promise<Connection>,
  lookMs = LOOK_MS,
): Promise<{ stop(): Promise<void> }> {
  let current = await open();
  let id = current.connectionId;
  const leaving = new Set<Promise<void>>();
  const stopping = new AbortController();

  const leave = (old: Connection) => {
    const left = old
      .close()
      .catch((err) => log.warn({ err }, "a lost connection could not be closed"))
      .finally(() => leaving.delete(left));
    leaving.add(left);
  };

  const watch = async () => {
    while (!stopping.signal.aborted) {
      await sleep(lookMs, undefined, { ref: false });
      if (stopping.signal.aborted || (current.state === "ACTIVE" && current.connectionId === id)) continue;
      try {
        const next = await open();
        leave(current);
        [current, id] = [next, next.connectionId];
        log.warn("the Inngest server was lost; this worker is connected again, under a new name");
      } catch (err) {
        log.error({ err }, "the Inngest server cannot be reached; trying again");
      }
    }
  };
  void watch();

  return {
    stop: async () => {
      stopping.abort();
      leave(current);
      await Promise.all(leaving);
    },
  };
}
