import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, renameSync, statSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";

const LOG_LIMIT_BYTES = 10_000_000;
const LONGEST_PAUSE_MS = 30_000;
/** One that ran this long was well: its next fall begins with a short pause again. */
const WELL_AFTER_MS = 60_000;
/** Falls in a row, never having been well, after which the first start is given up. */
const HOPELESS_AFTER = 3;

export type ChildOptions = {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** How long it may take to end in peace. */
  graceMs: number;
  /** A line worth a person's attention. */
  onLine(line: string): void;
};

/** A program kept running: started again, after a growing pause, whenever it ends by itself. */
export class Child {
  #process?: ChildProcess;
  #ended?: Promise<void>;
  #timer?: NodeJS.Timeout;
  #falls = 0;
  #stopping = false;
  readonly #log: WriteStream;

  constructor(readonly options: ChildOptions) {
    this.#log = openLog(options.logFile);
    this.#start();
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** It has fallen again and again since it was first started. */
  get hopeless(): boolean {
    return this.#falls >= HOPELESS_AFTER;
  }

  #start(): void {
    const { args, env, name, onLine } = this.options;
    const begun = Date.now();
    const parentGuard = new URL("leave-with-parent.mjs", import.meta.url).href;
    // Detached from the terminal's group: Ctrl-C reaches only us, and we end everything in order.
    const child = spawn(process.execPath, ["--import", parentGuard, ...args], {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on("line", (line) => this.#take(line, stream === child.stderr));
    }
    this.#ended = new Promise((resolve) => {
      child.once("error", (error) => onLine(`${name} cannot be started: ${error.message}`));
      child.once("close", (code, signal) => {
        resolve();
        if (this.#stopping) return;
        if (Date.now() - begun > WELL_AFTER_MS) this.#falls = 0;
        const pauseMs = Math.min(500 * 2 ** this.#falls++, LONGEST_PAUSE_MS);
        onLine(`ended (${signal ?? `status ${code}`}); starting it again in ${pauseMs / 1000} s`);
        this.#timer = setTimeout(() => this.#start(), pauseMs);
      });
    });
  }

  /** Keeps every line in the log and shows warnings and errors. */
  #take(line: string, isError: boolean): void {
    this.#log.write(`${line}\n`);
    if (this.#stopping) return;
    const record = parseRecord(line);
    // Of what is not ours, the first line of an error; the rest of a stack is in the log.
    if (record ? record.level >= 40 : isError && /^\S.*(error|warn|cannot)/i.test(line)) {
      this.options.onLine(record ? record.text : line);
    }
  }

  /** Ends it: asked first, killed when it takes too long. */
  async stop(graceMs = this.options.graceMs): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await this.#ended;
      clearTimeout(timer);
    }
    this.#log.end();
  }

  /** At once, without asking. */
  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#process?.kill("SIGKILL");
  }

  restart(): void {
    this.#process?.kill("SIGTERM");
  }
}

/** A line of our own log (pino), as one says it. */
function parseRecord(line: string): { level: number; text: string } | null {
  if (!line.startsWith("{")) return null;
  try {
    const { level, msg, err } = JSON.parse(line);
    return typeof level === "number" ? { level, text: [msg, err?.message].filter(Boolean).join(": ") } : null;
  } catch {
    return null;
  }
}

/** The last run's log is kept beside when it has grown large. */
function openLog(file: string): WriteStream {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: "a", mode: 0o600 });
}
