import { sqlClient } from "@/lib/db";
import { countWorkers } from "@/lib/db/presence";
import { engineKind } from "@/lib/env";
import { readReconciler } from "@/lib/jobs";
import { log } from "@/lib/log";
import { ffmpegFeatures } from "@/lib/media";
import { storage } from "@/lib/storage";
import "@/lib/studio";
import { keep } from "./keep";

/**
 * `off`: nobody runs jobs at the moment (or the reconciler has never looked); what is ordered waits, and everything
 * else works. `late`: the reconciler should have looked minutes ago.
 */
export type CheckState = "ok" | "off" | "late" | "fail";
type CheckName = "database" | "engine" | "reconciler" | "storage" | "ffmpeg";
export type Health = { ok: boolean; checks: Record<CheckName, CheckState> };

/** Platforms ask every few seconds, and several at a time: one look serves them all for this long. */
const KEPT_MS = 2_000;
/** A look at the storage writes a file. */
const STORAGE_KEPT_MS = 30_000;
const SLOWEST_MS = 8_000;

/** The state of what a web server or a worker stands on, in words that tell a stranger nothing. */
export const checkHealth = keep(KEPT_MS, look);

/** 200 while the app can serve, 503 when something under it is broken. */
export async function answerHealth(): Promise<Response> {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.ok ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}

async function look(): Promise<Health> {
  const [database, engine, reconciler, storageState, ffmpeg] = await Promise.all([
    check("database", async () => {
      await sqlClient()`select 1`;
      return "ok";
    }),
    check("engine", checkEngine),
    check("reconciler", checkReconciler),
    check("storage", checkStorage),
    check("ffmpeg", async () => ((await ffmpegFeatures()).encoders.has("libx264") ? "ok" : "fail")),
  ]);
  const checks = { database, engine, reconciler, storage: storageState, ffmpeg };
  return { ok: Object.values(checks).every((state) => state !== "fail"), checks };
}

/** An Inngest server may also call the web servers over HTTP: then the reconciler's looks are the sign that it does. */
async function checkEngine(): Promise<CheckState> {
  if ((await countWorkers(sqlClient())) > 0) return "ok";
  return engineKind() === "inngest" && (await checkReconciler()) === "ok" ? "ok" : "off";
}

async function checkReconciler(): Promise<CheckState> {
  const last = await readReconciler();
  if (!last) return "off";
  return last.late ? "late" : "ok";
}

const checkStorage = keep<CheckState>(STORAGE_KEPT_MS, async () => {
  await storage().check();
  return "ok";
});

async function check(name: string, run: () => Promise<CheckState>): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${SLOWEST_MS} ms`)), SLOWEST_MS);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (err) {
    log.error({ err, check: name }, `health check failed: ${name}`);
    return "fail";
  } finally {
    clearTimeout(timer);
  }
}
