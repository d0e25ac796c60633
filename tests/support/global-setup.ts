import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { startPostgres } from "@/lib/embedded/postgres";
import { temporaryHome } from "./temporary-home";

declare module "vitest" {
  export interface ProvidedContext {
    /** The run's server, at a database for administration. */
    postgresUrl: string;
  }
}

export const TEMPLATE = "kinora_template";

/** One embedded Postgres for the whole run, with a migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await temporaryHome("tests");
  const server = await startPostgres({ home, durable: false });
  const guard = endWithUs(server.pid, home);
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create database ${TEMPLATE}`);
  await sql.end();
  await migrate(withDatabase(server.url, TEMPLATE));
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    guard();
    await rm(home, { recursive: true, force: true });
  };
}

export function withDatabase(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.toString();
}

/** A test run killed with -9 must leave nothing either: a shell outlives it and cleans up when our pipe closes. */
function endWithUs(pid: number, home: string): () => void {
  if (process.platform === "win32") return () => undefined;
  const script = 'read done; [ "$done" = done ] || { kill -QUIT "$1"; sleep 2; rm -rf "$2"; }';
  const guard = spawn("/bin/sh", ["-c", script, "sh", String(pid), home], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return () => {
    guard.stdin.end("done\n");
  };
}
