import { log } from "@/lib/log";
import { eventsAfter, hub, type LiveEvent } from "./live";
import { takePlace } from "./live-places";

const HEARTBEAT_MS = 15_000;
const REPLAY_PAGE = 500;
/** What a page may leave unread before it is sent away to come again: a few thousand events. */
const UNREAD_BYTES = 256 * 1024;

export type LiveRequest = {
  workspaceId: string;
  jobId?: string;
  /** Whose stream it is: ends at once when they are put out. */
  userId?: string;
  /** The last event the browser has seen; undefined: only what happens from now on. */
  after?: number;
  /** Asked at every heartbeat; false ends the stream. */
  isAllowed: () => Promise<boolean>;
  /** Ends the stream; a page that is still there connects anew. */
  signal: AbortSignal;
  heartbeatMs?: number;
};

/**
 * Server-sent events of a workspace or one job: first what was missed, then what happens. Listening begins before
 * the replay is read, and what both bring is sent once. Who does not read is sent away with what waits for them
 * dropped; `Last-Event-ID` brings it again.
 */
export function liveStream(request: LiveRequest): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let end: () => void = () => undefined;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async start(controller) {
      const sent = new Set<number>();
      const releases: (() => void)[] = [];
      let waiting: LiveEvent[] | undefined = [];
      let ended = false;
      end = () => {
        ended = true;
        for (const release of releases.splice(0)) release();
      };
      const close = () => {
        if (ended) return;
        end();
        controller.close();
      };
      const drop = () => {
        end();
        controller.error(new Error("The page does not read its live updates."));
      };
      const write = (chunk: string) => {
        if (ended) return;
        if ((controller.desiredSize ?? 0) <= 0) return drop();
        controller.enqueue(text.encode(chunk));
      };
      const send = (event: LiveEvent) => {
        if (ended || sent.has(event.id)) return;
        if (!waiting) return write(frame(event));
        if (waiting.length >= REPLAY_PAGE) return drop();
        waiting.push(event);
      };
      const sendAway = () => {
        write("event: end\ndata: {}\n\n");
        close();
      };
      const beat = async () => {
        if (await isStillAllowed(request)) return write(": still here\n\n");
        sendAway();
      };
      const { workspaceId, jobId, userId } = request;
      const recheck = () => void beat();
      const stop = await hub().watch({ workspaceId, jobId, userId, send, recheck });
      if (ended) return stop();
      const timer = setInterval(() => void beat(), request.heartbeatMs ?? HEARTBEAT_MS);
      const yieldPlace = userId === undefined ? undefined : takePlace(userId, sendAway);
      releases.push(stop, () => clearInterval(timer), ...(yieldPlace ? [yieldPlace] : []));
      request.signal.addEventListener("abort", close, { once: true });
      if (request.signal.aborted) return close();

      write(`retry: 2000\n: open\n\n`);
      for await (const event of missed(request)) {
        if (ended) return;
        sent.add(event.id);
        write(frame(event));
      }
      const meanwhile = waiting;
      waiting = undefined;
      for (const event of meanwhile) send(event);
    },
    cancel: () => end(),
  };
  return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES }));
}

function frame(event: LiveEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify({ job: event.jobId, type: event.type })}\n\n`;
}

async function* missed(request: LiveRequest): AsyncGenerator<LiveEvent> {
  let after = request.after;
  while (after !== undefined) {
    const page = await eventsAfter(request, after, REPLAY_PAGE);
    yield* page;
    after = page.length === REPLAY_PAGE ? page.at(-1)?.id : undefined;
  }
}

/** A database that does not answer for a moment is no reason to send a person away. */
async function isStillAllowed(request: LiveRequest): Promise<boolean> {
  try {
    return await request.isAllowed();
  } catch (err) {
    log.warn({ err }, "live updates: could not check the session");
    return true;
  }
}
