import { log } from "@/lib/log";
import { eventsAfter, hub, type LiveEvent } from "./live";

const HEARTBEAT_MS = 15_000;
const REPLAY_PAGE = 500;

export type LiveRequest = {
  workspaceId: string;
  jobId?: string;
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
 * the replay is read, and what both bring is sent once.
 */
export function liveStream(request: LiveRequest): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let end: () => void = () => undefined;
  return new ReadableStream({
    async start(controller) {
      const sent = new Set<number>();
      let waiting: LiveEvent[] | undefined = [];
      let ended = false;
      const write = (chunk: string) => {
        if (!ended) controller.enqueue(text.encode(chunk));
      };
      const send = (event: LiveEvent) => {
        if (waiting) return void waiting.push(event);
        if (sent.has(event.id)) return;
        write(frame(event));
      };
      const stop = await hub().watch({ workspaceId: request.workspaceId, jobId: request.jobId, send });
      const timer = setInterval(() => void beat(), request.heartbeatMs ?? HEARTBEAT_MS);
      end = () => {
        if (ended) return;
        ended = true;
        clearInterval(timer);
        stop();
      };
      const beat = async () => {
        if (await isStillAllowed(request)) return write(": still here\n\n");
        write("event: end\ndata: {}\n\n");
        close();
      };
      const close = () => {
        if (ended) return;
        end();
        controller.close();
      };
      request.signal.addEventListener("abort", close, { once: true });
      if (request.signal.aborted) return close();

      write(`retry: 2000\n: open\n\n`);
      for await (const event of missed(request)) {
        sent.add(event.id);
        write(frame(event));
      }
      const meanwhile = waiting;
      waiting = undefined;
      for (const event of meanwhile) send(event);
    },
    cancel: () => end(),
  });
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
