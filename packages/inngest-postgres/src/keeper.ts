import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Sql } from "postgres";
import type { Lease, LeaseOptions } from "./lease";
import type { Log } from "./protocol";

/**
 * Renews the leases of this process while its thread is busy (a step that computes without a pause), from a thread of
 * its own: else another worker would begin the same step again and again. In quiet times it asks the database for
 * nothing. After `busySeconds` it lets go: a thread that hangs must not keep its runs for ever.
 */
export class LeaseKeeper {
  private readonly thread: Worker | undefined;

  constructor(sql: Sql, { owner, seconds }: LeaseOptions, busySeconds: number, log: Log) {
    const { host, port, path, database, user, pass, ssl } = sql.options as unknown as Record<string, unknown>;
    const connection = { host, port, path, database, user, pass, ssl };
    // A path of its own making: a bundler that sees a URL here would pack the file.
    const file = join(dirname(fileURLToPath(import.meta.url)), "keeper-thread.mjs");
    try {
      this.thread = new Worker(file, {
        execArgv: [],
        workerData: { connection, owner, leaseSeconds: seconds, busySeconds },
        resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
      });
      const warn = (err: unknown) =>
        log.warn({ err }, "engine: leases are not kept while the thread is busy");
      this.thread.on("error", warn).on("message", warn).unref();
    } catch (err) {
      log.warn({ err }, "engine: leases are not kept while the thread is busy");
    }
  }

  /** The leases held now; called at least with every heartbeat, which says that the thread is not busy. */
  hold(leases: Lease[]): void {
    this.thread?.postMessage({
      ids: leases.map(({ id }) => id),
      generations: leases.map(({ generation }) => generation),
    });
  }

  async stop(): Promise<void> {
    await this.thread?.terminate();
  }
}
