import type { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log, withLogIds } from "@/lib/log";
import { reportUnexpected } from "@/lib/telemetry";
import { refuseBrokenAddress } from "./broken-text";
import { toDoorError } from "./door-error";
import { requireSameOrigin } from "./same-origin";

/**
 * The second door: a route handler whose errors become JSON `{error: {code, message, action, fields}}`. Damaged
 * addresses, and changes that a page of another origin asks for, are refused before it is called.
 */
export function endpoint<C, R extends Request = Request>(
  handle: (request: R, context: C) => Promise<Response>,
): (request: R, context: C) => Promise<Response> {
  const enter = async (request: R, context: C) => {
    refuseBrokenAddress(request.url);
    requireSameOrigin(request);
    return handle(request, context);
  };
  return (request, context) => {
    const id = requestId(request);
    return withLogIds({ request: id }, async () => {
      const begun = Date.now();
      const response = await enter(request, context).catch((thrown: unknown) => {
        const error = toDoorError(thrown);
        if (error.code === "internal") log.error({ err: thrown, path: pathOf(request) }, "request failed");
        reportUnexpected(thrown, { kind: "endpoint" });
        const answer = errorResponse(error);
        answer.headers.set("x-request-id", id);
        return answer;
      });
      const { method } = request;
      const facts = { method, path: pathOf(request), status: response.status, ms: Date.now() - begun };
      log.debug(facts, "request answered");
      return response;
    });
  };
}

export function errorResponse(error: AppError): Response {
  const { code, message, action, fields } = error;
  const headers = new Headers();
  if (error.retryAfterSeconds !== undefined)
    headers.set("retry-after", String(Math.ceil(error.retryAfterSeconds)));
  // The rest of a body that was cut off is not read.
  if (code === "too_large") headers.set("connection", "close");
  return Response.json({ error: { code, message, action, fields } }, { status: error.status, headers });
}

/** The proxy's id, where it gives one that is harmless in a log; else our own. */
function requestId(request: Request): string {
  const given = request.headers.get("x-request-id") ?? "";
  return /^[\w.-]{8,128}$/.test(given) ? given : newId("req");
}

/** Without the query: links carry signatures and tokens there. */
function pathOf(request: Request): string {
  return new URL(request.url).pathname;
}
