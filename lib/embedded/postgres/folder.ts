import { chmod, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isErrno } from "@/lib/errors";
import { type Account, isReachable } from "./account";
import { notWritable, wrongVersion } from "./failures";

/** Where root keeps the data when Kinora's folder lies where only root may enter. */
const SHARED_DATA = "/var/lib/kinora";

/** What belongs to one embedded server. All but `data` lie in Kinora's own folder. */
export type Folders = {
  data: string;
  parent: string;
  password: string;
  holders: string;
  lock: string;
  log: string;
};

/** Settles where everything lies; makes Kinora's folder, not the data's. */
export async function settleFolders(
  home: string,
  major: number,
  account: Account | undefined,
): Promise<Folders> {
  const root = resolve(home);
  try {
    await mkdir(join(root, "logs"), { recursive: true, mode: account ? 0o711 : 0o700 });
    const parent = await settleParent(root, major, account);
    await refuseOtherVersions(parent, major);
    const own = join(root, `postgres-${major}`);
    return {
      data: join(parent, `postgres-${major}`),
      parent,
      password: `${own}.password`,
      holders: `${own}.holders`,
      lock: `${own}.lock`,
      log: join(root, "logs", "postgres.log"),
    };
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].some((code) => isErrno(error, code))) {
      throw notWritable(root, error);
    }
    throw error;
  }
}

/** The folder itself, or the place noted in it: a moved or copied clone keeps finding its data. */
async function settleParent(root: string, major: number, account: Account | undefined): Promise<string> {
  const note = join(root, `postgres-${major}.location`);
  const noted = (await readFile(note, "utf8").catch(() => "")).trim();
  if (noted && (await stat(noted).catch(() => null))) return noted;
  if (await isReachable(root, account)) return root;
  await mkdir(SHARED_DATA, { recursive: true, mode: 0o755 });
  const elsewhere = await mkdtemp(join(SHARED_DATA, "home-"));
  await chmod(elsewhere, 0o711);
  await writeFile(note, `${elsewhere}\n`);
  return elsewhere;
}

/** An older or newer server's data beside ours must not be passed over in silence. */
async function refuseOtherVersions(parent: string, major: number): Promise<void> {
  const versions = (await readdir(parent))
    .map((name) => /^postgres-(\d+)$/.exec(name)?.[1])
    .filter((version) => version !== undefined)
    .map(Number);
  const other = versions.find((version) => version !== major);
  if (other !== undefined && !versions.includes(major)) throw wrongVersion(other);
  const written = await readFile(join(parent, `postgres-${major}`, "PG_VERSION"), "utf8").catch(() => null);
  if (written !== null && Number.parseInt(written, 10) !== major) throw wrongVersion(written.trim());
}
