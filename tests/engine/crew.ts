import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { KillPoint } from "./functions";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

export type CrewOptions = {
  url: string;
  leaseSeconds: number;
  size: number;
  killAt?: KillPoint[];
  functions?: "mixed" | "deadly";
};

/** A few worker processes. One that dies is replaced, as a supervisor would. */
export class Crew {
  private readonly workers = new Set<ChildProcess>();
  private closing = false;
  deaths = 0;
  errors = "";

  constructor(private readonly options: CrewOptions) {}

  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.size }, () => this.hire()));
  }

  /** Kills one of them with SIGKILL and returns when it is dead. */
  async kill(): Promise<void> {
    const [worker] = [...this.workers].sort(() => Math.random() - 0.5);
    if (!worker) return;
    const exited = once(worker, "exit");
    worker.kill("SIGKILL");
    await exited;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.closing = true;
    await Promise.all(
      [...this.workers].map(async (worker) => {
        const exited = once(worker, "exit");
        worker.kill(signal);
        await exited;
      }),
    );
  }

  private async hire(): Promise<void> {
    const { url, leaseSeconds, killAt = [], functions = "mixed" } = this.options;
    const worker = spawn(
      process.execPath,
      ["--import", "tsx", WORKER, url, String(leaseSeconds), JSON.stringify(killAt), functions],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.workers.add(worker);
    worker.stderr?.on("data", (chunk) => {
      this.errors += chunk;
    });
    worker.once("exit", (code) => {
      this.workers.delete(worker);
      if (this.closing) return;
      this.deaths++;
      if (code === null) void this.hire();
      else this.errors += `A worker ended by itself with status ${code}.\n`;
    });
    await Promise.race([once(worker.stdout as NodeJS.ReadableStream, "data"), once(worker, "exit")]);
  }
}
