import { findCaller, findSessionUser, requireCaller, requireUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { leaving } from "@/lib/http/leaving";
import { liveStream } from "@/lib/jobs";

export const dynamic = "force-dynamic";

/** What moves in a workspace, as server-sent events. `Last-Event-ID` (or `after`) says where to go on. */
export const GET = endpoint(async (request: Request) => {
  const query = new URL(request.url).searchParams;
  const slug = query.get("w") ?? "";
  const caller = await requireCaller(slug);
  const { sessionId } = await requireUser();
  const stream = liveStream({
    workspaceId: caller.workspaceId,
    userId: caller.userId,
    jobId: query.get("job") ?? undefined,
    after: parseEventId(request.headers.get("last-event-id") ?? query.get("after")),
    isAllowed: async () => {
      const user = await findSessionUser(sessionId);
      return user !== null && (await findCaller(user, slug)) !== null;
    },
    signal: AbortSignal.any([request.signal, leaving()]),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: compression would hold the events back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      // When the stream ends, nothing of it may keep this server from ending.
      connection: "close",
    },
  });
});

function parseEventId(value: string | null): number | undefined {
  if (value === null || value === "") return undefined;
  if (!/^\d{1,15}$/.test(value)) throw new AppError("bad_input", "The event id must be a number.");
  return Number(value);
}
