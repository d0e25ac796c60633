import type { Storage } from "@/lib/storage";
import { statement } from "./life";
import type { Verb } from "./statement";

const READS = new Set(["get", "head", "list", "localPath", "signedUrl"]);
const COUNTED = new Set(["put", "get", "head", "copy", "delete"]);

/** A storage that can break down. */
export function breakableStorage(real: Storage): Storage {
  return new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      const key = String(name);
      if (typeof value !== "function" || !COUNTED.has(key)) return value;
      const verb: Verb = READS.has(key) ? "fetch from storage" : "store";
      return (...args: unknown[]) =>
        statement(verb, `${key} ${nameOf(args[0])}`, () => value.apply(target, args));
    },
  });
}

/** `asset_….thumb.webp` without its id. */
function nameOf(key: unknown): string {
  return [key]
    .flat()
    .map((one) => String(one).replace(/^.*\/\w+\./, "*."))
    .join(" ");
}
