import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { freePort, freePorts } from "./free-ports";

export const NO_SERVER =
  "No Inngest server here: set INNGEST_BIN, put `inngest` on the PATH, or npm install inngest-cli.";

/** A real Inngest server: INNGEST_BIN, on the PATH, or npm's inngest-cli; undefined where there is none. */
export function findServer(): string | undefined {
  const candidates = [
    process.env.INNGEST_BIN,
    "inngest",
    join(process.cwd(), "node_modules/.bin/inngest-cli"),
  ];
  return candidates.find((bin) => {
    if (!bin || (bin.includes("/") && !existsSync(bin))) return false;
    try {
      execFileSync(bin, ["version"], { stdio: "ignore", timeout: 20_000 });
      return true;
    } catch {
      return false;
    }
  });
}

/** The ports of its connect gateway and of its two inner services, which it would else share with other servers. */
export function innerPorts([gateway, gatewayGrpc, executorGrpc]: number[]): string[] {
  return [
    ...["--connect-gateway-port", String(gateway), "--connect-gateway-grpc-port", String(gatewayGrpc)],
    ...["--connect-executor-grpc-port", String(executorGrpc)],
  ];
}

export type DevServer = {
  url: string;
  /** Serves these functions over HTTP, as in production, and makes them known. */
  serve(client: Inngest.Any, functions: InngestFunction.Any[]): Promise<void>;
  /** The app is gone: nobody answers where the server calls it. */
  leave(): Promise<void>;
  stop(): Promise<void>;
};

/** A dev server of its own, in memory, that is quick to try again. */
export async function startDevServer(bin: string): Promise<DevServer> {
  const [port, ...inner] = await freePorts(4);
  const home = await mkdtemp(join(tmpdir(), "inngest-"));
  const url = `http://127.0.0.1:${port}`;
  const args = ["dev", "--host", "127.0.0.1", "--port", String(port), "--no-discovery", "--no-poll"];
  const haste = ["--tick", "50", "--retry-interval", "1", "--log-level", "error"];
  const server = spawn(bin, [...args, ...haste, ...innerPorts(inner)], { cwd: home, stdio: "ignore" });
  const until = async (ready: () => Promise<Response>) => {
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(100)) {
      if (server.exitCode !== null)
        throw new Error(`The Inngest server ended with status ${server.exitCode}.`);
      const answer = await ready().catch(() => null);
      if (answer?.ok) return;
    }
    throw new Error("The Inngest server did not become ready in 30 s.");
  };
  await until(() => fetch(`${url}/health`));
  const appPort = await freePort();
  let app: http.Server | undefined;
  const leave = async () => {
    app?.closeAllConnections();
    await new Promise((resolve) => (app ? app.close(resolve) : resolve(null)));
    app = undefined;
  };
  return {
    url,
    async serve(client, functions) {
      app = http.createServer(serve({ client, functions })).listen(appPort, "127.0.0.1");
      await until(() => fetch(`http://127.0.0.1:${appPort}/api/inngest`, { method: "PUT" }));
      await pause(1000);
    },
    leave,
    async stop() {
      await leave();
      server.kill("SIGTERM");
      await Promise.race([new Promise((resolve) => server.once("exit", resolve)), pause(5000)]);
      server.kill("SIGKILL");
      await rm(home, { recursive: true, force: true });
    },
  };
}
