import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError, isErrno } from "@/lib/errors";

export type Home = { folder: string; logs: string };

/** Makes Kinora's folder and sees that it can be written. Root's must let Postgres, run as nobody, through. */
export async function prepareHome(path: string): Promise<Home> {
  const folder = resolve(path);
  const logs = join(folder, "logs");
  try {
    await mkdir(logs, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const trial = join(folder, `.write-${process.pid}`);
    await (await open(trial, "w")).close();
    await rm(trial);
  } catch (cause) {
    if (isErrno(cause, "ENOSPC")) throw cause;
    throw new AppError("storage_failed", `Kinora may not write to its folder ${folder}.`, {
      action: "Make it writable for this user, or choose another with KINORA_HOME.",
      cause,
    });
  }
  return { folder, logs };
}

export type Secrets = {
  /** Signs sessions and media links. */
  authSecret: string;
  /** What the first visitor types when the studio is open to others. */
  setupCode: string;
};

/** Made on the first start and kept for the next ones, readable by this user alone. */
export async function keepSecrets(home: Home): Promise<Secrets> {
  const file = join(home.folder, "secrets.json");
  const kept = await readSecrets(file);
  const secrets: Secrets = {
    authSecret: kept.authSecret ?? randomBytes(32).toString("base64url"),
    setupCode: kept.setupCode ?? newSetupCode(),
  };
  if (!kept.authSecret || !kept.setupCode) {
    const half = `${file}.${process.pid}`;
    await writeFile(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    await rename(half, file);
  }
  await chmod(file, 0o600);
  return secrets;
}

async function readSecrets(file: string): Promise<Partial<Secrets>> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) return {};
    throw new AppError("not_configured", `Kinora's kept secrets cannot be read (${file}).`, {
      action: "Put the file back from your backup. Removing it signs everybody out.",
      cause,
    });
  }
}

/** Eight letters and digits that cannot be mistaken for each other: 40 bits. */
function newSetupCode(): string {
  const alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const code = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
