import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { scrub } from "@/lib/scrub";

/** Ours and Next's. Inngest's around every call would say what ours say, without our ids. */
const SCOPES = new Set(["kinora", "next.js"]);
/** Named after the whole address, which may be signed. */
const UNWANTED = new Set(["AppRender.fetch", "NextNodeServer.internalFetch"]);
/** What may leave: our own, and what cannot hold a path, a query or a message. */
const KEPT =
  /^(kinora\.\w+|error\.type|server\.address|http\.(request\.method|response\.status_code|method|status_code|route)|next\.(span_type|route|rsc))$/;

/**
 * An exporter that lets out ids, codes, routes and times alone. Next's spans also carry addresses with links' tokens
 * and signatures, and errors with their messages.
 */
export function cleaned(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.filter(isWanted).map(clean), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function isWanted({ instrumentationScope, attributes }: ReadableSpan): boolean {
  return SCOPES.has(instrumentationScope.name) && !UNWANTED.has(String(attributes["next.span_type"]));
}

function clean(span: ReadableSpan): ReadableSpan {
  return {
    name: scrub(span.name),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { code: span.status.code },
    attributes: cleanAttributes(span.attributes),
    links: [],
    events: [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function cleanAttributes(attributes: Attributes): Attributes {
  const kept = Object.entries(attributes).filter(([name]) => KEPT.test(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === "string" ? scrub(value) : value]),
  );
}
