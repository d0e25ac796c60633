import { createStackParser, createTransport, linkedErrorsIntegration, Scope } from "@sentry/core";
import { nodeStackLineParser, ServerRuntimeClient } from "@sentry/core/server";
import { env } from "@/lib/env";
import { scrub } from "@/lib/scrub";
import type { Reporter } from "./report";

const LONGEST_FLUSH_MS = 3_000;
const LONGEST_SEND_MS = 10_000;

/**
 * Sentry's client without its instrumentation: an error's names, stack and ids are sent, and nothing that it could
 * gather from the process, its requests or its log.
 */
export function openSentry(program: string): Reporter {
  const client = new ServerRuntimeClient({
    dsn: env().SENTRY_DSN,
    environment: env().SENTRY_ENVIRONMENT ?? env().NODE_ENV,
    platform: "node",
    runtime: { name: "node", version: process.version },
    integrations: [linkedErrorsIntegration()],
    stackParser: createStackParser(nodeStackLineParser()),
    sendClientReports: false,
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const signal = AbortSignal.timeout(LONGEST_SEND_MS);
        const { url, headers } = options;
        const answer = await fetch(url, { method: "POST", headers, body: body as BodyInit, signal });
        return {
          statusCode: answer.status,
          headers: {
            "x-sentry-rate-limits": answer.headers.get("x-sentry-rate-limits"),
            "retry-after": answer.headers.get("retry-after"),
          },
        };
      }),
    beforeSend: (event) => JSON.parse(scrub(JSON.stringify(event))),
  });
  client.init();
  return {
    report(thrown, tags) {
      const scope = new Scope();
      scope.setTags({ program, ...tags });
      client.captureException(thrown, { originalException: thrown }, scope);
    },
    async stop() {
      await client.close(LONGEST_FLUSH_MS);
    },
  };
}
