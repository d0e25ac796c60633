import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, isErrno } from "@/lib/errors";

/** Sees that the port is free, waiting `patienceMs` for a killed Kinora's server to leave it. */
export async function claimPort(port: number, host: string, patienceMs = 0): Promise<void> {
  for (const until = Date.now() + patienceMs; ; await sleep(100)) {
    const problem = await tryPort(port, host);
    if (!problem) return;
    if (isErrno(problem, "EADDRINUSE") && Date.now() < until) continue;
    throw isErrno(problem, "EADDRINUSE") ? await portTaken(port, host) : cannotListen(port, host, problem);
  }
}

async function portTaken(port: number, host: string): Promise<AppError> {
  const free = await nextFreePort(port, host);
  return new AppError("conflict", `Port ${port} is already taken by another program.`, {
    action: `Choose another: PORT=${free} npm start`,
  });
}

function cannotListen(port: number, host: string, cause: Error): AppError {
  const action = isErrno(cause, "EACCES")
    ? "Ports below 1024 are for root: PORT=3000 npm start"
    : "HOST is the address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for the network.";
  return new AppError("not_configured", `Kinora cannot listen on ${host}:${port}.`, { action, cause });
}

async function nextFreePort(after: number, host: string): Promise<number> {
  for (let port = after + 1; port < Math.min(after + 100, 65_536); port++) {
    if (!(await tryPort(port, host))) return port;
  }
  return 3001;
}

function tryPort(port: number, host: string): Promise<Error | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
