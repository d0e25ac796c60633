import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { POST as webhook } from "@/app/api/webhooks/[provider]/route";
import { decide, type JobOrder, newTake, retryJob, settleDoubt, submitJob } from "@/inngest";
import type { Caller } from "@/lib/auth/caller";
import { type ActionResult, toAppError, toRecord } from "@/lib/errors";
import type { StepName } from "@/lib/jobs/schema";
import type { Verdict } from "@/lib/studio";

/** Stands in for the built web server where there is none: the order desk and the webhook route, bare. */
const port = Number(process.env.PORT);
const caller = JSON.parse(process.env.CHAOS_CALLER ?? "{}") as Caller;

type Input = JobOrder & { jobId: string; step: StepName; generationId: string; choice: string };

async function route(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/api/webhooks/replicate")
    return webhook(request, { params: Promise.resolve({ provider: "replicate" }) });
  const input = await request.json();
  return Response.json(await answer(pathname, input));
}

async function answer(path: string, input: Input): Promise<ActionResult<{ jobId: string }>> {
  try {
    return { ok: true, value: { jobId: await act(path, input) } };
  } catch (thrown) {
    return { ok: false, error: toRecord(toAppError(thrown)) };
  }
}

async function act(path: string, input: Input): Promise<string> {
  const { jobId, step, generationId, choice } = input;
  if (path === "/choose") return (await decide(caller, jobId, step, choice)).id;
  if (path === "/settle") return (await settleDoubt(caller, jobId, generationId, choice as Verdict)).id;
  if (path === "/retry") return (await retryJob(caller, input.jobId)).id;
  if (path === "/takeAgain") return (await newTake(caller, jobId, step)).id;
  return (await submitJob(caller, input)).id;
}

async function toRequest(message: IncomingMessage): Promise<Request> {
  const body = message.method === "POST" ? new Uint8Array(await buffer(message)) : undefined;
  const headers = new Headers(message.headers as Record<string, string>);
  return new Request(`http://127.0.0.1:${port}${message.url}`, { method: message.method, headers, body });
}

createServer(async (message, response) => {
  const answered = await route(await toRequest(message)).catch(() => new Response(null, { status: 500 }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}).listen(port, "127.0.0.1", () => console.log("web ready"));
