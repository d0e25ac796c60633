import { createServer, type IncomingMessage, type Server } from "node:http";
import { env } from "@/lib/env";
import { AppError, isErrno } from "@/lib/errors";
import { answerHealth } from "@/lib/http/health";
import { answerMetrics } from "@/lib/http/metrics-door";
import { processMetrics } from "@/lib/http/process-metrics";
import { log } from "@/lib/log";

export type Door = { port: number; close(): void };

/** A worker's own `/healthz` and `/metrics` on this port of HOST. Throws when the port is taken. */
export async function openDoor(port: number): Promise<Door> {
  const server = createServer(async (request, response) => {
    try {
      const answer = await reply(request);
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    } catch (err) {
      log.error({ err }, "the worker's door could not answer");
      response.writeHead(500).end();
    }
  });
  await listening(server, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function reply({ method, url, headers }: IncomingMessage): Promise<Response> {
  const path = url?.split("?")[0];
  if (method === "GET" && path === "/healthz") return answerHealth();
  if (method === "GET" && path === "/metrics")
    return answerMetrics(headers.authorization, () => processMetrics().metrics());
  return new Response("Not found\n", { status: 404 });
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, env().HOST, resolve);
    });
  } catch (cause) {
    if (!isErrno(cause, "EADDRINUSE")) throw cause;
    throw new AppError("not_configured", `Port ${port} is taken by another program.`, {
      action: "Set WORKER_PORT to a free port; every worker on a machine needs one of its own.",
      cause,
    });
  }
}
