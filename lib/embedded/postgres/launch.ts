import { type ChildProcess, spawn } from "node:child_process";
import { chmod, open, readFile, stat, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { type Account, PROGRAM_ENV } from "./account";
import { explainFailure, notWritable } from "./failures";
import { findPostmaster, type Postmaster, stopPostmaster } from "./postmaster";

const LOG_LIMIT_BYTES = 10_000_000;
/** Crash recovery of a large database takes its time. */
const READY_SECONDS = 180;

export type Launch = {
  postgres: string;
  data: string;
  log: string;
  account?: Account;
  /** Fixed, or undefined for any free one. */
  port?: number;
  /** False only for data that may be lost: no flushing to disk. */
  durable: boolean;
};

/** Starts a server on 127.0.0.1 and waits until it takes connections. It outlives this process. */
export async function launch(options: Launch): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(options, options.port ?? (await freePort()));
    } catch (error) {
      const { again, waitMs } = worthAnotherTry(error, options);
      if (!again || attempt >= 20) throw error;
      await sleep(waitMs);
    }
  }
}

/** A free port can be taken in between; a killed server's helpers need a moment to go. */
function worthAnotherTry(error: unknown, options: Launch): { again: boolean; waitMs: number } {
  const cause = error instanceof AppError ? String((error.cause as Error | undefined)?.message ?? "") : "";
  if (/pre-existing shared memory block/.test(cause)) return { again: true, waitMs: 500 };
  const portTaken = error instanceof AppError && error.code === "conflict" && /port/.test(error.message);
  return { again: portTaken && options.port === undefined, waitMs: 0 };
}

async function launchOnce(options: Launch, port: number): Promise<Postmaster> {
  const size = (await stat(options.log).catch(() => null))?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) await truncate(options.log);
  const logFrom = size > LOG_LIMIT_BYTES ? 0 : size;
  await closeToOthers(options.data);
  const file = await open(options.log, "a", 0o600);
  try {
    // Detached: a Ctrl-C in the terminal must reach us, who stop the server last, and not the server itself.
    const child = spawn(options.postgres, ["-D", options.data, ...settings(port, options.durable)], {
      ...options.account,
      cwd: options.data,
      detached: true,
      env: PROGRAM_ENV,
      stdio: ["ignore", file.fd, file.fd],
    });
    child.unref();
    return await whenReady(child, options, logFrom);
  } finally {
    await file.close();
  }
}

/** Postgres refuses a data folder that others may enter, as a copy or a backup can leave it. */
async function closeToOthers(data: string): Promise<void> {
  await chmod(data, 0o700).catch((cause) => {
    throw notWritable(data, cause);
  });
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: 120,
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function whenReady(child: ChildProcess, options: Launch, logFrom: number): Promise<Postmaster> {
  let failed: { error?: unknown } | undefined;
  child.once("error", (error) => {
    failed = { error };
  });
  child.once("exit", () => {
    failed ??= {};
  });
  for (const until = Date.now() + READY_SECONDS * 1000; Date.now() < until; await sleep(20)) {
    if (failed) {
      const log = (await readFile(options.log)).subarray(logFrom).toString();
      throw explainFailure(log, failed.error);
    }
    const found = await findPostmaster(options.data);
    if (found?.ready && found.pid === child.pid) return found;
  }
  if (child.pid) await stopPostmaster(child.pid);
  throw new AppError("internal", `Kinora's own database was not ready after ${READY_SECONDS} seconds.`, {
    action: "Start again. If it happens again, read logs/postgres.log in Kinora's folder.",
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
