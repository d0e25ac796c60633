import { lookup } from "node:dns/promises";
import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "@/lib/embedded/postgres";
import { type Env, isPublicHost, isReachable, publicUrl } from "@/lib/env";
import { canConnect } from "../start/children";
import { readRunning } from "../start/running";
import { isLocal, reachNote } from "../start/settings";
import type { Finding } from "./check";

const OLDEST_NODE = [20, 19];

export async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldest = 0, patch = 0] = OLDEST_NODE;
  const detail = `Node ${process.versions.node} on ${process.platform} ${process.arch}.`;
  if (major < oldest || (major === oldest && minor < patch)) {
    return { state: "fail", detail, mend: "Install Node 20.19 or newer; 24 is best." };
  }
  if (canConnect()) return { state: "ok", detail };
  return { state: "ok", detail: `${detail} A worker connected to Inngest would need 22.4 or newer.` };
}

export async function checkDisk(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(home);
  const gigabytes = (bavail * bsize) / 1e9;
  const detail = `${gigabytes.toFixed(1)} GB free where ${home} lies.`;
  if (gigabytes < 0.5)
    return { state: "fail", detail, mend: "Free some space: jobs fail when the disk is full." };
  if (gigabytes < 5) return { state: "warn", detail, mend: "Free some space: films need it." };
  return { state: "ok", detail };
}

export async function checkFonts(): Promise<Finding> {
  const { fontFiles } = await import("@kinora/painter");
  const sizes = await Promise.all(fontFiles().map(async (font) => (await stat(font)).size));
  return { state: "ok", detail: `Inter, ${Math.round(sizes.reduce((sum, size) => sum + size) / 1000)} kB.` };
}

export async function checkSecret(config: Env, home: string): Promise<Finding> {
  if (config.AUTH_SECRET) return { state: "ok", detail: "AUTH_SECRET is set." };
  const file = join(home, "secrets.json");
  const kept = await stat(file).catch(() => null);
  if (!kept) return { state: "ok", detail: "Made by the first npm start, and kept." };
  if ((kept.mode & 0o077) === 0)
    return { state: "ok", detail: `Kept in ${file}, readable by this user alone.` };
  return { state: "warn", detail: `Others on this machine may read ${file}.`, mend: `chmod 600 ${file}` };
}

const FORMS = "Forms sent from there are taken, whatever Host a proxy passes on.";

export async function checkPublicUrl(config: Env): Promise<Finding> {
  const url = publicUrl(config);
  if (isReachable(config)) {
    if (!(await isAnsweredPrivately(url))) return { state: "ok", detail: `${url}. ${FORMS}` };
    return {
      state: "warn",
      detail: `${url} has a private address here. If it has one everywhere, providers cannot fetch pictures from it.`,
      mend: "Make it reachable from the internet, or set KINORA_URL to a name of your network, such as on .home.arpa.",
    };
  }
  if (isLocal(config)) {
    return {
      state: "off",
      detail: `${url}, for this machine alone. Providers are asked how they stand instead of calling back.`,
      mend: "To open it to others, set KINORA_URL to its https:// address and HOST=0.0.0.0.",
    };
  }
  if (url.startsWith("https://")) {
    return { state: "ok", detail: `${url}, on a private network. ${reachNote(config) ?? ""}` };
  }
  return {
    state: "warn",
    detail: `${url} is not a public https:// address, yet the app listens on ${config.HOST}. ${reachNote(config) ?? ""}`,
    mend: "Set KINORA_URL to the https:// address people use. Without https, passwords travel readable.",
  };
}

/** A public name that this network answers with a private address may well be private altogether. */
async function isAnsweredPrivately(url: string): Promise<boolean> {
  const found = await lookup(new URL(url).hostname, { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => !isPublicHost(address));
}

export async function checkRunning(config: Env, home: string): Promise<Finding> {
  const running = await readRunning(home);
  if (running && (await isAlive(running.pid))) return { state: "ok", detail: `Running at ${running.url}.` };
  // With a database of its own, web and worker are started one by one, and this check knows nothing of them.
  if (config.DATABASE_URL) return { state: "off", detail: "Not started here by npm start." };
  return { state: "off", detail: "Not running here.", mend: "npm start" };
}
