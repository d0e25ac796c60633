import { randomUUID } from "node:crypto";
import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";
import type { CallBody } from "./call-body";
import { RegistrationError } from "./functions";
import type { Answer, FunctionConfig, Op, SerializedError } from "./protocol";

type InProcessRequest = { method: "POST" | "PUT"; url: URL; body: unknown; headers: Record<string, string> };
type InProcessResponse = { status: number; headers: Record<string, string>; body: string };

/**
 * What createFunction takes and this engine honours. The SDK leaves out of a registration what it does not know, so it
 * is looked at here.
 */
const OPTIONS = new Set(
  "id name description triggers retries concurrency throttle cancelOn onFailure middleware checkpointing".split(
    " ",
  ),
);

/**
 * The app's serve handler, called in this process: no HTTP. Nobody but this object has this handler, so its calls need
 * no signature, which would be made over the whole state, twice.
 */
export class Serve {
  private readonly handler: (request: InProcessRequest) => Promise<InProcessResponse>;

  constructor(
    client: Inngest.Like,
    private readonly functions: readonly InngestFunction.Like[],
  ) {
    // For the headers of every request, checkpoints too, the SDK reads the whole environment anew: a sixth of all
    // that a run costs. They do not change while the process lives.
    Object.defineProperty(client, "headers", { value: Reflect.get(client, "headers") });
    this.handler = new InngestCommHandler({
      frameworkName: "embedded",
      client,
      functions,
      skipSignatureValidation: true,
      handler: (request: InProcessRequest) => ({
        body: () => request.body,
        headers: (name: string) => request.headers[name.toLowerCase()] ?? null,
        method: () => request.method,
        url: () => request.url,
        transformResponse: ({ status, headers, body }: InProcessResponse) => ({ status, headers, body }),
      }),
    }).createHandler();
  }

  /**
   * The configuration of every function, as it would be registered with an Inngest server. Throws RegistrationError
   * for an option that this engine does not do.
   */
  async register(): Promise<FunctionConfig[]> {
    for (const fn of this.functions as InngestFunction.Any[]) {
      if ("schema" in fn) throw new RegistrationError(`"${fn.id()}": the embedded engine does not do defer.`);
      refuseUnknownOptions(fn.opts);
    }
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
      headers: { ...headers, "content-type": "application/json" },
    });
  }
}

function refuseUnknownOptions(options: { id: string }): void {
  for (const [name, value] of Object.entries(options)) {
    if (OPTIONS.has(name) || value === undefined) continue;
    throw new RegistrationError(`Function "${options.id}": the embedded engine does not do "${name}".`);
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
