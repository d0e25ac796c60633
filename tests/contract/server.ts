import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { control } from "./control";
import { toJunk } from "./junk";
import { ROUTES, type Route } from "./routes";
import type { Answer, AnswerFault, ProviderName, RecordedRequest } from "./types";
import { Refused } from "./types";
import { type Exchange, meet, type World } from "./world";

/** Starts listening; every connection is cut when it stops. */
export async function listen(world: World, port: number): Promise<{ url: string; stop(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    serve(world, request, response).catch((error: unknown) => {
      console.error("The contract server failed.", error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://contract");
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(url.pathname));
  const exchange = await readExchange(world, request, url, route);
  if (url.pathname.startsWith("/contract/")) return send(response, control(exchange));
  if (!route) {
    world.store.problems.push(`${request.method} ${url.pathname} is not in any specification`);
    return send(response, { status: 404, json: { detail: "Not found." } });
  }
  world.store.requests.push(record(exchange, request, route));
  const fault = takeFault(exchange, route);
  if (fault && "drop" in fault && fault.drop === "before-taken") return void request.socket.destroy();
  if (fault && "hang" in fault && fault.hang === "before-taken") return;
  if (fault && "status" in fault && !fault.taken) return send(response, faultAnswer(route.provider, fault));
  const answer = await handle(exchange, route);
  if (!fault || answer.status >= 400) return send(response, answer);
  spoil(response, answer, fault, route.provider);
}

function takeFault(
  { world, json, form, params }: Exchange,
  { provider, kind }: Route,
): AnswerFault | undefined {
  const order = world.store.orders.get(params[0] ?? "");
  const model = provider === "replicate" && kind === "create" ? params.join("/") : String(json.model ?? "");
  const asked = order?.input ?? json.input ?? json.parameters ?? json;
  const prompt = String((asked as { prompt?: unknown }).prompt ?? form?.get("prompt") ?? "");
  const fault =
    world.script.takeAnswer({ provider, kind, model, prompt }) ?? world.dice?.answerFor(provider, kind);
  meet(world, fault);
  return fault?.answer;
}

async function handle(exchange: Exchange, route: Route): Promise<Answer> {
  try {
    route.checkKey?.(exchange);
    return await route.handle(exchange);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, json: wordError(route.provider, error) };
  }
}

/** The order is taken, and its answer gets lost on the way. */
function spoil(response: ServerResponse, answer: Answer, fault: AnswerFault, provider: ProviderName): void {
  const { body, type } = encode(answer);
  const half = body.subarray(0, Math.floor(body.length / 2));
  if ("status" in fault) {
    send(response, faultAnswer(provider, fault));
  } else if ("junk" in fault) {
    send(response, toJunk(answer, fault.junk));
  } else if ("malformed" in fault) {
    response.writeHead(answer.status, { "content-type": type }).end(half);
  } else if ("drop" in fault && fault.drop === "after-taken") {
    response.destroy();
  } else if ("drop" in fault) {
    response.writeHead(answer.status, { "content-type": type, "content-length": body.length });
    response.write(half, () => response.destroy());
  }
  // What is left is a hang: the connection stays open and silent.
}

function faultAnswer(provider: ProviderName, fault: Extract<AnswerFault, { status: number }>): Answer {
  const { status, retryAfter, body } = fault;
  const words = STATUS_WORDS[status] ?? "Something went wrong.";
  const code = status === 429 ? "rate_limit_exceeded" : status === 402 ? "insufficient_credit" : "error";
  const headers: Record<string, string> = retryAfter ? { "retry-after": retryAfter } : {};
  if (typeof body === "string") return { status, bytes: Buffer.from(body), headers };
  return { status, json: body ?? wordError(provider, new Refused(status, words, code)), headers };
}

const STATUS_WORDS: Record<number, string> = {
  401: "Invalid token.",
  402: "You have insufficient credit to run this model.",
  422: "The input is not valid.",
  429: "Request was throttled. Your rate limit resets in ~30s.",
  500: "Internal server error.",
};

/** An error in the provider's own shape. */
function wordError(provider: ProviderName, { status, message, code }: Refused): unknown {
  if (provider === "replicate") return { title: code, detail: message, status };
  if (provider === "openai") return { error: { message, type: "invalid_request_error", param: null, code } };
  return { error: message, path: "$", code };
}

function send(response: ServerResponse, answer: Answer): void {
  const { body, type } = encode(answer);
  response.writeHead(answer.status, { "content-type": type, ...answer.headers });
  response.end(answer.status === 204 ? undefined : body);
}

function encode({ json, bytes }: Answer): { body: Buffer; type: string } {
  if (bytes) return { body: bytes, type: "application/octet-stream" };
  return { body: Buffer.from(JSON.stringify(json ?? {})), type: "application/json" };
}

async function readExchange(
  world: World,
  request: IncomingMessage,
  url: URL,
  route: Route | undefined,
): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const headers = new Headers(request.headers as Record<string, string>);
  const type = headers.get("content-type") ?? "";
  const form = type.startsWith("multipart/form-data")
    ? await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData()
    : null;
  const json =
    type.startsWith("application/json") && bytes.length > 0
      ? (JSON.parse(bytes.toString("utf8")) as Record<string, unknown>)
      : {};
  return {
    world,
    url,
    headers,
    json,
    form,
    bytes,
    params: route?.pattern.exec(url.pathname)?.slice(1) ?? [],
  };
}

function record(
  { url, headers, json, form }: Exchange,
  request: IncomingMessage,
  route: Route,
): RecordedRequest {
  const kept = Object.fromEntries([...headers].filter(([name]) => name !== "authorization"));
  return {
    at: new Date().toISOString(),
    provider: route.provider,
    kind: route.kind,
    method: request.method ?? "",
    path: url.pathname + url.search,
    headers: kept,
    body: form ? [...form.keys()] : json,
  };
}
