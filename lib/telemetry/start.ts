import { env, isTraced } from "@/lib/env";
import { log } from "@/lib/log";
import { reporter, setReporter } from "./report";
import { setTracer, tracer } from "./span";

export type Program = "web" | "worker";

/** Loads what is configured, and nothing else. A collector that is away does not keep anybody from starting. */
export async function startTelemetry(program: Program): Promise<void> {
  if (isTraced() && !tracer()) {
    const { openTracer } = await import("./open-telemetry");
    setTracer(openTracer(program));
    log.info("traces are sent to the OpenTelemetry collector");
  }
  if (env().SENTRY_DSN && !reporter()) {
    const { openSentry } = await import("./sentry");
    setReporter(openSentry(program));
    log.info("unexpected errors are sent to Sentry");
  }
}

/** Sends what waits, for some seconds at most. */
export async function stopTelemetry(): Promise<void> {
  const open = [tracer(), reporter()];
  setTracer(undefined);
  setReporter(undefined);
  for (const settled of await Promise.allSettled(open.map((one) => one?.stop())))
    if (settled.status === "rejected") log.warn({ err: settled.reason }, "telemetry did not end cleanly");
}
