import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { AppError, isErrno } from "@/lib/errors";
import { ownerOf, serverAccount } from "./account";
import { findBinaries } from "./binaries";
import { type Folders, settleFolders } from "./folder";
import { exclusively, hold, release } from "./holders";
import { initialise, USER } from "./initialise";
import { launch } from "./launch";
import { findPostmaster, type Postmaster, stopPostmaster } from "./postmaster";
import { waitUntilGone } from "./process";

const DATABASE = "kinora";

export type StartOptions = {
  /** Kinora's folder; the data goes to `<home>/postgres-18`. */
  home: string;
  /** Default: any free port. */
  port?: number;
  /** False only for data that may be lost, as in tests: no flushing to disk. */
  durable?: boolean;
};

export type RunningPostgres = {
  url: string;
  /** It was already running: another process started it, or one that was killed. */
  adopted: boolean;
  pid: number;
  /** Stops the server, unless another living process holds it too. Safe to call twice. */
  stop(): Promise<void>;
};

/** Starts the embedded Postgres of a folder, or adopts the one that runs there. */
export async function startPostgres({ home, port, durable = true }: StartOptions): Promise<RunningPostgres> {
  const someAccount = await serverAccount();
  const binaries = await findBinaries(someAccount);
  const folders = await settleFolders(home, binaries.major, someAccount);
  const account = await ownerOf(folders.data, someAccount);
  return exclusively(folders.lock, async () => {
    const password = await keepPassword(folders.password);
    const adopted = await adopt(folders, password);
    if (!adopted) await initialise(binaries, folders, { account, password, durable });
    const { data, log } = folders;
    const server =
      adopted ?? (await launch({ postgres: binaries.postgres, data, log, account, port, durable }));
    const url = urlOf(server, password, DATABASE);
    const holder = await hold(folders.holders);
    await createDatabase(server, password);
    return { url, adopted: adopted !== null, pid: server.pid, stop: leaver(folders, holder) };
  });
}

/** Lets go once, however often it is called. */
function leaver(folders: Folders, holder: string): () => Promise<void> {
  let left: Promise<void> | undefined;
  const leave = () =>
    exclusively(folders.lock, async () => {
      if (!(await release(folders.holders, holder))) return;
      const server = await findPostmaster(folders.data);
      if (server) await stopPostmaster(server.pid);
    });
  return () => {
    left ??= leave();
    return left;
  };
}

/** The server running in the folder, once it takes our password; one that is just ending is waited for. */
async function adopt(folders: Folders, password: string): Promise<Postmaster | null> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    const server = await findPostmaster(folders.data);
    if (!server) return null;
    try {
      await ask(urlOf(server, password, "postgres"), (sql) => sql`select 1`);
      return server;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === "28P01") throw foreignPassword(folders, error);
      // Starting up, shutting down, or not listening any more: look again.
      if (code === "57P03" || code === "ECONNREFUSED") await waitUntilGone(server.pid, 200);
      else throw error;
    }
  }
  throw new AppError("conflict", "A database runs in Kinora's folder but does not answer.", {
    action: `End it (its number is the first line of ${folders.data}/postmaster.pid) and start again.`,
  });
}

function foreignPassword(folders: Folders, cause: unknown): AppError {
  return new AppError("conflict", "The database in Kinora's folder does not take the kept password.", {
    action: `Put back ${folders.password} from your backup.`,
    cause,
  });
}

/** Made once, readable by this user alone. */
async function keepPassword(file: string): Promise<string> {
  try {
    await writeFile(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
  return (await readFile(file, "utf8")).trim();
}

async function createDatabase(server: Postmaster, password: string): Promise<void> {
  await ask(urlOf(server, password, "postgres"), async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  });
}

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return await question(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function urlOf(server: Postmaster, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${server.port}/${database}`;
}
