import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { type Env, env } from "@/lib/env";

/** Reads .env beside package.json, as the web server does by itself; what is set already wins. */
export function loadEnvironment(): Env {
  if (existsSync(".env")) loadEnvFile(".env");
  // The AWS SDK says at every start that Node 20 will be too old for its next versions; the lock keeps this one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return env();
}

/** Settles a value for this process and those it starts. */
export function configure(values: Partial<Env>): void {
  Object.assign(env(), values);
  for (const [name, value] of Object.entries(values)) process.env[name] = String(value);
}
