import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve } from "node:path";

/**
 * Loaded into a program with --import: while the file CHAOS_DISK_FULL exists, nothing more can be written below the
 * folder that it names. For what was opened before there is still room.
 */
const flag = process.env.CHAOS_DISK_FULL ?? "";

function refuse(path) {
  if (typeof path !== "string" || !fs.existsSync(flag)) return undefined;
  const full = fs.readFileSync(flag, "utf8");
  if (full === "" || !resolve(path).startsWith(full)) return undefined;
  const message = "ENOSPC: no space left on device, write";
  return Object.assign(new Error(message), { code: "ENOSPC", errno: -28, syscall: "write", path });
}

/** Where the calls that take up room name the path that is written. */
const WRITES = {
  mkdir: 0,
  mkdtemp: 0,
  writeFile: 0,
  appendFile: 0,
  copyFile: 1,
  rename: 1,
  link: 1,
  symlink: 1,
};

for (const [name, position] of Object.entries(WRITES)) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args) => {
    const refused = refuse(args[position]);
    if (refused) throw refused;
    return real(...args);
  };
  const realSync = fs[`${name}Sync`];
  fs[`${name}Sync`] = (...args) => {
    const refused = refuse(args[position]);
    if (refused) throw refused;
    return realSync(...args);
  };
}

const writes = (flags) => flags !== undefined && flags !== "r" && flags !== fs.constants.O_RDONLY;
const openPromise = fs.promises.open;
fs.promises.open = async (path, flags, ...rest) => {
  const refused = writes(flags) ? refuse(path) : undefined;
  if (refused) throw refused;
  return openPromise(path, flags, ...rest);
};
const openCallback = fs.open;
fs.open = (path, flags, ...rest) => {
  const refused = writes(flags) ? refuse(path) : undefined;
  if (!refused) return openCallback(path, flags, ...rest);
  process.nextTick(rest.at(-1), refused);
};
syncBuiltinESMExports();
