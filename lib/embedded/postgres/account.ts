import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** The user a process runs as. */
export type Account = { uid: number; gid: number };

/** What the programs see of our environment: nothing, so no foreign PG* variable or language leads them astray. */
export const PROGRAM_ENV: NodeJS.ProcessEnv = { NODE_ENV: "production", LC_ALL: "C" };

/** What "nobody" is on most systems. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/**
 * Postgres refuses to run as root, so root starts it as nobody; anybody else as themselves (undefined). initdb
 * wants a user that the system knows by name.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const known = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(users);
  return known ? { uid: Number(known[1]) >>> 0, gid: Number(known[2]) >>> 0 } : NOBODY;
}

/** Root serves data that an ordinary user made as that user. */
export async function ownerOf(data: string, account: Account | undefined): Promise<Account | undefined> {
  const found = account && (await stat(data).catch(() => null));
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : account;
}

/** Whether the account may pass through a folder and all of its parents. */
export async function isReachable(folder: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
