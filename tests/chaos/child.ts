import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export type Program = {
  command: string;
  args: string[];
  /** What it prints once it works. */
  ready: string;
};

export type MortalOptions = {
  program: Program;
  env: Record<string, string>;
  logFile: string;
  /** How long it may work before it is killed; undefined when the storm is over. */
  lifeMs(): number | undefined;
};

/** A process that works for a while, is killed without warning (SIGKILL) and started again, until it is told to end. */
export class Mortal {
  kills = 0;
  private process: ChildProcess | undefined;
  private ending = false;

  constructor(private readonly options: MortalOptions) {
    this.start();
  }

  private start(): void {
    const { program, env, logFile } = this.options;
    const child = spawn(program.command, program.args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let works = false;
    const onOutput = (chunk: Buffer) => {
      appendFileSync(logFile, chunk);
      if (works || !chunk.includes(program.ready)) return;
      works = true;
      this.doom(child);
    };
    child.stdout.on("data", onOutput);
    child.stderr.on("data", onOutput);
    child.once("exit", () => {
      if (!this.ending) setTimeout(() => this.ending || this.start(), 100);
    });
    this.process = child;
  }

  private doom(child: ChildProcess): void {
    const lifeMs = this.options.lifeMs();
    if (lifeMs === undefined) return;
    setTimeout(() => {
      if (this.ending || child.exitCode !== null) return;
      this.kills++;
      child.kill("SIGKILL");
    }, lifeMs).unref();
  }

  async end(): Promise<void> {
    this.ending = true;
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, sleep(15_000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
    await gone;
  }
}
