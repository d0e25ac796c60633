import { createHmac, randomUUID } from "node:crypto";
import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";
import { stringify } from "safe-stable-stringify";
import type { Answer, FunctionConfig, Op, SerializedError } from "./protocol";

type InProcessRequest = { method: "POST" | "PUT"; url: URL; body: unknown; headers: Record<string, string> };
type InProcessResponse = { status: number; headers: Record<string, string>; body: string };

export type CallBody = {
  version: 2;
  event: unknown;
  events: unknown[];
  steps: Record<string, unknown>;
  ctx: Record<string, unknown>;
};

/** The app's serve handler, called in this process: no HTTP, yet signed and answered as Inngest would have it. */
export class Serve {
  private readonly handler: (request: InProcessRequest) => Promise<InProcessResponse>;

  constructor(
    client: Inngest.Like,
    functions: readonly InngestFunction.Like[],
    private readonly signingKey: string,
  ) {
    // For the headers of every request, checkpoints too, the SDK reads the whole environment anew: a sixth of all
    // that a run costs. They do not change while the process lives.
    Object.defineProperty(client, "headers", { value: Reflect.get(client, "headers") });
    this.handler = new InngestCommHandler({
      frameworkName: "embedded",
      client,
      functions,
      handler: (request: InProcessRequest) => ({
        body: () => request.body,
        headers: (name: string) => request.headers[name.toLowerCase()] ?? null,
        method: () => request.method,
        url: () => request.url,
        transformResponse: ({ status, headers, body }: InProcessResponse) => ({ status, headers, body }),
      }),
    }).createHandler();
  }

  /** The configuration of every function, as it would be registered with an Inngest server. */
  async register(): Promise<FunctionConfig[]> {
    const url = new URL("http://embedded.invalid/api/inngest");
    const response = await this.send("PUT", url, { url: url.href }, { "x-inngest-sync-kind": "in_band" });
    if (response.status !== 200) throw new Error(`The serve handler refused to register: ${response.body}`);
    return (JSON.parse(response.body) as { functions: FunctionConfig[] }).functions;
  }

  /** Calls a function, to find its next steps or (with `stepId`) to run one that it planned. */
  async call(
    fnId: string,
    stepId: string | undefined,
    body: CallBody,
    run: { id: string; generation: number },
  ): Promise<Answer> {
    const url = new URL("http://embedded.invalid/api/inngest");
    url.searchParams.set("fnId", fnId);
    url.searchParams.set("stepId", stepId ?? "step");
    const response = await this.send("POST", url, body, {
      "x-run-id": run.id,
      "x-request-id": randomUUID(),
      "x-inngest-job-id": run.id,
      "x-inngest-generation-id": String(run.generation),
    });
    return readAnswer(response);
  }

  private send(method: "POST" | "PUT", url: URL, body: unknown, headers: Record<string, string>) {
    return this.handler({
      method,
      url,
      body,
      headers: { ...headers, "content-type": "application/json", "x-inngest-signature": this.sign(body) },
    });
  }

  /** `t=<seconds>&s=<HMAC-SHA256 of the canonical JSON (RFC 8785) and t>`, the scheme the SDK checks. */
  private sign(body: unknown): string {
    const t = Math.floor(Date.now() / 1000).toString();
    const key = this.signingKey.replace(/^signkey-\w+-/, "");
    const s = createHmac("sha256", key)
      .update(stringify(body) ?? "")
      .update(t)
      .digest("hex");
    return `t=${t}&s=${s}`;
  }
}

function readAnswer(response: InProcessResponse): Answer {
  const headers = new Headers(response.headers);
  const parsed = response.body === "" ? null : (JSON.parse(response.body) as unknown);
  const retryAfter = headers.get("retry-after") ?? undefined;
  const noRetry = headers.get("x-inngest-no-retry") === "true";
  if (response.status === 200) return { kind: "finished", data: parsed };
  if (response.status === 206) {
    const ops = [parsed].flat() as Op[];
    const complete = ops.find((op) => op.op === "RunComplete");
    const others = ops.filter((op) => op !== complete);
    if (complete && others.length === 0) return { kind: "finished", data: complete.data };
    return { kind: "ops", ops, retryAfter, noRetry };
  }
  return { kind: "failed", error: toError(parsed, response.status), retryAfter, noRetry };
}

function toError(parsed: unknown, status: number): SerializedError {
  const given = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Record<string, unknown>;
  return {
    ...given,
    name: typeof given.name === "string" ? given.name : "Error",
    message: String(given.message ?? given.error ?? `The serve handler answered with status ${status}.`),
  };
}
