import { startWorker } from "@/inngest/worker";
import { closeDb } from "@/lib/db";
import { announceWorker } from "@/lib/db/presence";
import { engineKind, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log, quietConsole } from "@/lib/log";
import { reportUnexpected, startTelemetry, stopTelemetry } from "@/lib/telemetry";
import { loadEnvironment } from "./environment";
import { prepareFirstProject } from "./first-project";
import { runMain } from "./terminal";
import { openDoor } from "./worker/door";

/** Runs jobs until it is told to end; what is under way is finished first, or picked up by the next worker. */
await runMain(async () => {
  loadEnvironment();
  quietConsole();
  const url = env().DATABASE_URL;
  if (!url) {
    throw new AppError("not_configured", "A worker of its own needs DATABASE_URL.", {
      action: "Set it to the web server's database, or run npm start, which brings everything.",
    });
  }
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  await startTelemetry("worker");
  process.once("uncaughtException", (err) => void fall(err));
  const { WORKER_PORT: port } = env();
  const door = port ? await openDoor(port) : undefined;
  const worker = await startWorker();
  const presence = announceWorker(url);
  await prepareFirstProject();
  log.info({ engine: engineKind(), concurrency: env().WORKER_CONCURRENCY }, "worker ready");
  const signal = await asked;
  log.info({ signal }, "worker draining");
  door?.close();
  await presence.leave();
  await worker.stop();
  await closeDb();
  await stopTelemetry();
  log.info("worker ended");
  process.exit(0);
});

/** What nobody caught: told, and then the end. Whoever runs the worker starts it again. */
async function fall(err: Error): Promise<void> {
  log.fatal({ err }, "the worker fell");
  reportUnexpected(err, { kind: "uncaught" });
  await stopTelemetry();
  process.exit(1);
}
