import { context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logIds } from "@/lib/log";
import { cleaned } from "./cleaned";
import { RunIds } from "./run-ids";
import type { Attributes, RunRef, Tracer } from "./span";

/** The instrumentation scope of our own spans. */
export const SCOPE = "kinora";
const LONGEST_FLUSH_MS = 3_000;

/**
 * Spans of this process, batched and sent over OTLP. The exporter, the sampler and the batches read OpenTelemetry's
 * own variables. Next finds the provider by itself and adds its spans of requests and pages.
 */
export function openTracer(program: string): Tracer {
  const ids = new RunIds();
  const Exporter = env().OTEL_EXPORTER_OTLP_PROTOCOL === "http/json" ? JsonExporter : ProtobufExporter;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "kinora", "kinora.program": program }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(cleaned(new Exporter()))],
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(contexts);
  trace.setGlobalTracerProvider(provider);
  const tracer = provider.getTracer(SCOPE);

  /** The first span of a run's trace. Whoever begins it anew, in whatever process, begins the same one. */
  function openRoot(run: RunRef, name: string, attributes: Attributes, startTime?: Date): Span {
    return ids.within(run, () =>
      tracer.startSpan(name, { root: true, attributes: withIds(attributes, run), startTime }, ROOT_CONTEXT),
    );
  }

  return {
    span(name, attributes, work, run) {
      const parent = run ? trace.setSpan(ROOT_CONTEXT, openRoot(run, "run", {})) : context.active();
      const kind = "server.address" in attributes ? SpanKind.CLIENT : SpanKind.INTERNAL;
      return tracer.startActiveSpan(name, { kind, attributes: withIds(attributes) }, parent, async (span) => {
        try {
          return await work((more) => span.setAttributes(more));
        } catch (thrown) {
          span.setAttribute("error.type", nameOf(thrown)).setStatus({ code: SpanStatusCode.ERROR });
          throw thrown;
        } finally {
          span.end();
        }
      });
    },
    recordRun(run, name, attributes, begunAt) {
      const span = openRoot(run, name, attributes, begunAt);
      if (attributes["error.type"]) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_FLUSH_MS).unref());
      await Promise.race([provider.shutdown(), late]);
      trace.disable();
      context.disable();
    },
  };
}

function withIds(attributes: Attributes, ids: object = logIds()): Attributes {
  const named = Object.entries(ids).map(([name, id]) => [`kinora.${name}`, id]);
  return { ...Object.fromEntries(named), ...attributes };
}

function nameOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.code;
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
