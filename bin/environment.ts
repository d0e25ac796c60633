import { readFileSync } from "node:fs";
import { type Env, env } from "@/lib/env";
import { isErrno } from "@/lib/errors";
import { readEnvFile } from "./env-file";

/** Reads .env beside package.json, as the web server does by itself; what is set already wins. */
export function loadEnvironment(): Env {
  for (const [name, value] of Object.entries(readEnvFile(readIfThere(".env")))) process.env[name] ??= value;
  // The AWS SDK says at every start that Node 20 will be too old for its next versions; the lock keeps this one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return env();
}

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isErrno(error, "ENOENT")) return Buffer.alloc(0);
    throw error;
  }
}

/** Settles a value for this process and those it starts. */
export function configure(values: Partial<Env>): void {
  Object.assign(env(), values);
  for (const [name, value] of Object.entries(values)) process.env[name] = String(value);
}
