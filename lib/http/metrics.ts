import { Counter, Gauge, Registry } from "prom-client";
import { sumBudgets } from "@/lib/budget";
import { sqlClient } from "@/lib/db";
import { countWorkers } from "@/lib/db/presence";
import {
  readQueueAges,
  readReconciler,
  tallyEndedJobs,
  tallyGenerations,
  tallyOpenJobs,
  tallyStepFailures,
} from "@/lib/jobs";
import { keep } from "./keep";
import { processMetrics } from "./process-metrics";

/** Several scrapers at a time are served by one look at the database. */
const KEPT_MS = 2_000;
/** Totals over all that ever was read an index from end to end: seconds at ten million rows. */
const TOTALS_KEPT_MS = 300_000;
/** As the reconciler sees it. */
const STALLED_SECONDS = 180;

const JOB_STATES = ["queued", "running", "waiting", "paused", "completed", "failed", "canceled"];

/** Everything that Prometheus is told, in its text format 0.0.4. */
export const renderMetrics = keep(KEPT_MS, async (): Promise<string> => {
  return Registry.merge([processMetrics(), await readStudio()]).metrics();
});

const totals = keep(TOTALS_KEPT_MS, async () => {
  const [endedJobs, generations] = await Promise.all([tallyEndedJobs(), tallyGenerations()]);
  return { endedJobs, generations };
});

async function readStudio(): Promise<Registry> {
  const [openJobs, ages, failures, money, workers, reconciled, { endedJobs, generations }] =
    await Promise.all([
      tallyOpenJobs(),
      readQueueAges(STALLED_SECONDS),
      tallyStepFailures(),
      sumBudgets(),
      countWorkers(sqlClient()),
      readReconciler(),
      totals(),
    ]);
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers }).set(value);

  const jobs = new Gauge({
    name: "kinora_jobs",
    help: "Jobs by state. Ended ones are counted every five minutes.",
    labelNames: ["state"],
    registers,
  });
  for (const state of JOB_STATES) jobs.set({ state }, 0);
  for (const { state, count } of [...openJobs, ...endedJobs]) jobs.set({ state }, count);
  const countOf = (state: string) => openJobs.find((one) => one.state === state)?.count ?? 0;
  gauge("kinora_queue_depth", "Jobs that wait for a worker.", countOf("queued"));
  gauge("kinora_queue_oldest_seconds", "How long the oldest queued job has waited.", ages.oldestSeconds);
  gauge("kinora_runs", "Runs of jobs that are under way.", countOf("running"));
  const stalled =
    "Live jobs without a sign of life for three minutes that seem to wait neither for their turn nor for a next attempt.";
  gauge("kinora_runs_stalled", stalled, ages.stalled);
  gauge("kinora_workers", "Workers connected to the database.", workers);
  const looked =
    "When the reconciler last looked, in seconds since 1970; 0 for never. It should each minute.";
  gauge("kinora_reconciler_last_look_seconds", looked, (reconciled?.endedAt.getTime() ?? 0) / 1000);

  const stepFailures = new Gauge({
    name: "kinora_step_failures_last_hour",
    help: "Failed attempts of steps within the last hour, also those that were tried again and succeeded.",
    labelNames: ["provider", "code"],
    registers,
  });
  for (const { provider, code, count } of failures)
    stepFailures.set({ provider: provider ?? "kinora", code }, count);

  const orders = new Gauge({
    name: "kinora_generations",
    help: "Orders at providers by state, all there ever were; counted every five minutes.",
    labelNames: ["provider", "state"],
    registers,
  });
  for (const { provider, state, count } of generations) orders.set({ provider, state }, count);

  const charged = "Charged by providers so far, in millionths of a dollar.";
  new Counter({ name: "kinora_charged_micros_total", help: charged, registers }).inc(money.chargedMicros);
  gauge("kinora_held_micros", "Reserved and not charged yet, in millionths of a dollar.", money.heldMicros);
  return registry;
}
