import { join } from "node:path";
import { freePorts } from "../support/free-ports";
import { findServer, innerPorts, NO_SERVER } from "../support/inngest-server";
import type { Program } from "./child";

export type EngineKind = "embedded" | "inngest";

/** Who drives the functions, and the programs that this takes. */
export type EngineShape = {
  /** In words, for whoever reads the result. */
  title: string;
  /** What web and workers are told of it. */
  env: Record<string, string>;
  workers: Program[];
  /** The Inngest server, where there is one. */
  server?: Program;
};

const tsx = (program: string, ready: string): Program => {
  return { command: process.execPath, args: ["--import", "tsx", program], ready };
};
const WORKER = tsx("bin/worker.ts", "worker ready");

export async function shapeOf(kind: EngineKind, home: string): Promise<EngineShape> {
  if (kind === "embedded") return { title: "the embedded engine", env: {}, workers: [WORKER, WORKER] };
  const bin = findServer();
  if (!bin) throw new Error(NO_SERVER);
  return inngestShape(bin, home);
}

/** A self-hosted server that keeps its state in the run's folder, so that it can be killed like all others. */
async function inngestShape(bin: string, home: string): Promise<EngineShape> {
  const [port = 0, servePort = 0, ...inner] = await freePorts(5);
  const connects = typeof WebSocket !== "undefined";
  const keys = { event: "chaos", signing: "c4a05c4a05c4a05c" };
  const app = `http://127.0.0.1:${servePort}/api/inngest`;
  const args = [
    ...["start", "--host", "127.0.0.1", "--port", String(port), ...innerPorts(inner)],
    ...["--sqlite-dir", join(home, "inngest"), "--retry-interval", "1"],
    ...["--event-key", keys.event, "--signing-key", keys.signing],
    ...(connects ? [] : ["--sdk-url", app, "--poll-interval", "2"]),
  ];
  const env = {
    INNGEST_DEV: "0",
    INNGEST_BASE_URL: `http://127.0.0.1:${port}`,
    INNGEST_EVENT_KEY: keys.event,
    INNGEST_SIGNING_KEY: keys.signing,
    INNGEST_CONNECT_GATEWAY_URL: `ws://127.0.0.1:${inner[0]}/v0/connect`,
    CHAOS_SERVE_PORT: String(servePort),
  };
  const node = `Node ${process.versions.node}`;
  return {
    title: connects
      ? "an Inngest server, two workers over connect"
      : `an Inngest server, one worker over HTTP (${node} has no WebSocket to connect with)`,
    env,
    workers: connects ? [WORKER, WORKER] : [tsx("tests/chaos/serve.ts", "worker ready")],
    server: { command: bin, args, ready: "starting server" },
  };
}
