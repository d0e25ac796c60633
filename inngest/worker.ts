import { hkdfSync, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createEngine } from "@kinora/inngest-postgres";
import { connect } from "inngest/connect";
import { sqlClient } from "@/lib/db";
import { engineKind, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { keepConnected } from "./connection";
import { functions, inngest } from "./index";
import { keepRelaying } from "./outbox";
import { keepTidyingSpool } from "./spool";

export type Worker = { stop(): Promise<void> };

/** Runs the pipelines in this process: on the embedded engine, or connected to the Inngest server that is configured. */
export async function startWorker(): Promise<Worker> {
  const worker = await (engineKind() === "embedded" ? startEmbedded() : startConnected());
  const loops = [keepRelaying(), keepTidyingSpool()];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await worker.stop();
    },
  };
}

async function startEmbedded(): Promise<Worker> {
  const engine = createEngine({
    sql: sqlClient,
    client: inngest,
    functions,
    signingKey: signingKey(),
    concurrency: env().WORKER_CONCURRENCY,
    log,
  });
  await engine.start();
  return engine;
}

async function startConnected(): Promise<Worker> {
  if (typeof WebSocket === "undefined") {
    throw new AppError(
      "not_configured",
      `A worker for Inngest needs Node 22.4 or newer; this is ${process.version}.`,
      {
        action: "Start it with a newer Node, or let Inngest call this app over HTTP at /api/inngest.",
      },
    );
  }
  return keepConnected(() =>
    connect({
      apps: [{ client: inngest, functions }],
      // Two workers on one machine, or one that was killed and started again, must not take each other's places.
      instanceId: `${hostname()}-${randomUUID().slice(0, 8)}`,
      maxWorkerConcurrency: env().WORKER_CONCURRENCY,
      handleShutdownSignals: [],
    }),
  );
}

/** The key that signs the engine's calls within the process: this installation's own, never sent anywhere. */
function signingKey(): string {
  const secret = env().AUTH_SECRET;
  if (!secret) {
    throw new AppError("not_configured", "AUTH_SECRET is not set.", {
      action:
        "Start with npm start, which makes one and keeps it, or set AUTH_SECRET to 32 random characters or more.",
    });
  }
  return Buffer.from(hkdfSync("sha256", secret, "", "kinora engine", 32)).toString("hex");
}
