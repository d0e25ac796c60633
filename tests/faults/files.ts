import type * as fs from "node:fs/promises";
import { basename, dirname } from "node:path";
import { currentLife, statement } from "./life";
import type { Verb } from "./statement";

type Files = typeof fs;
type Call = (...args: unknown[]) => Promise<unknown>;

const READS = new Set(["access", "lstat", "opendir", "readFile", "readdir", "readlink", "realpath", "stat"]);
/** Of a file that is written in pieces, as many as come, only the first piece counts. */
const WRITES_OF_HANDLE = new Set(["appendFile", "datasync", "sync", "truncate", "write", "writeFile"]);

/** `node:fs/promises` with a disk that can break down. */
export function breakableFiles(files: Files): Files {
  const broken: Record<string, unknown> = { ...files };
  for (const [name, value] of Object.entries(files)) {
    if (typeof value !== "function") continue;
    const call = value as Call;
    const verb: Verb = READS.has(name) ? "read a file" : "write a file";
    broken[name] = async (...args: unknown[]) => {
      if (name === "open") return open(files.open, args as Parameters<Files["open"]>);
      return statement(verb, `${name} ${nameOf(args[0])}`, () => call(...args));
    };
  }
  return { ...broken, default: broken } as unknown as Files;
}

async function open(real: Files["open"], args: Parameters<Files["open"]>): Promise<fs.FileHandle> {
  const [path, flags = "r"] = args;
  const verb: Verb = flags === "r" ? "read a file" : "write a file";
  const handle = await statement(verb, `open ${nameOf(path)}`, () => real(...args));
  return currentLife() ? breakableHandle(handle, nameOf(path)) : handle;
}

function breakableHandle(handle: fs.FileHandle, of: string): fs.FileHandle {
  const counted = new Set<string>();
  return new Proxy(handle, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== "function") return value;
      const call = value.bind(target) as Call;
      const key = String(name);
      if (!WRITES_OF_HANDLE.has(key)) return call;
      return async (...args: unknown[]) => {
        if (counted.has(key)) return call(...args);
        counted.add(key);
        return statement("write a file", `${key} ${of}`, () => call(...args));
      };
    },
  });
}

/** The last two parts of a path, without what is random in them. */
function nameOf(path: unknown): string {
  const text = String(path);
  const plain = (part: string) => part.replace(/-[A-Za-z0-9]{6}$/, "-…").replace(/[0-9a-f-]{26,}/g, "…");
  return `${plain(basename(dirname(text)))}/${plain(basename(text))}`;
}
