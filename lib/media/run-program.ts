import { spawn } from "node:child_process";
import { MediaError } from "./media-error";

export type ProgramOptions = {
  /** The program is killed when it runs longer. */
  timeLimitSeconds: number;
  /** Aborting kills the program and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Written to stdin as fast as the program reads. */
  stdin?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Gets stdout as it comes; without it stdout is collected. */
  onStdout?: (chunk: Buffer) => void;
  /** More collected stdout than this ends the program. Default 64 MB. */
  maxStdoutBytes?: number;
  /** Holds the program to limits of the system: memory, processor time, size of files. Not on Windows. */
  confined?: boolean;
};

export type ProgramResult = { stdout: Buffer; stderrTail: string };

const TAIL_BYTES = 4_000;

/** Runs a program with an argument array (no shell) until it ends, its time limit, or the signal. */
export async function runProgram(
  path: string,
  args: string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const { signal, timeLimitSeconds, maxStdoutBytes = 64 * 1024 * 1024 } = options;
  signal?.throwIfAborted();
  const [command, ...words] = options.confined ? confine(path, args, timeLimitSeconds) : [path, ...args];
  const child = spawn(command, words, {
    stdio: [options.stdin ? "pipe" : "ignore", "pipe", "pipe"],
    windowsHide: true,
  });

  let stopped: unknown;
  const stop = (reason: unknown) => {
    stopped ??= reason;
    child.kill("SIGKILL");
  };
  const onAbort = () => stop(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => stop(tooSlow(timeLimitSeconds)), timeLimitSeconds * 1000);

  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  child.stdout?.on("data", (chunk: Buffer) => {
    if (options.onStdout) return options.onStdout(chunk);
    stdoutBytes += chunk.length;
    if (stdoutBytes > maxStdoutBytes) return stop(tooMuch());
    stdout.push(chunk);
  });
  let stderrTail = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    stderrTail = (stderrTail + chunk.toString("utf8")).slice(-TAIL_BYTES);
  });

  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const [code] = await Promise.all([ended, feed(child.stdin, options.stdin, stop)]);
    if (stopped !== undefined) throw stopped;
    if (code !== 0) throw new ProgramFailure(path, code, stderrTail, Buffer.concat(stdout));
    return { stdout: Buffer.concat(stdout), stderrTail };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Enough for 4K with all its reference frames; a decoder gone wild takes more. */
const CONFINED_KB = 2_500_000;
/** In blocks of 512 bytes: no preview is larger than 1 GB. */
const CONFINED_BLOCKS = 2_000_000;

/** The same command behind a shell that sets limits first; its words stay an array. A system may lack one of them. */
function confine(path: string, args: string[], seconds: number): [string, ...string[]] {
  if (process.platform === "win32") return [path, ...args];
  const limits = { v: CONFINED_KB, t: Math.ceil(seconds * 2), f: CONFINED_BLOCKS, c: 0 };
  const script = Object.entries(limits).map(([name, most]) => `ulimit -${name} ${most} 2>/dev/null`);
  return ["/bin/sh", "-c", [...script, 'exec "$0" "$@"'].join("; "), path, ...args];
}

/** The program ended with another status than 0. */
export class ProgramFailure extends Error {
  override readonly name = "ProgramFailure";
  constructor(
    readonly program: string,
    readonly status: number | null,
    readonly stderrTail: string,
    /** What it had written until then. */
    readonly stdout: Buffer = Buffer.alloc(0),
  ) {
    super(`${program} ended with ${status ?? "a signal"}: ${stderrTail.trim() || "it said nothing"}`);
  }
}

async function feed(
  stdin: NodeJS.WritableStream | null,
  source: ProgramOptions["stdin"],
  stop: (reason: unknown) => void,
): Promise<void> {
  if (!stdin || !source) return;
  let closed = false;
  // A program that ends early closes its stdin; its exit status tells why.
  stdin.on("error", () => {
    closed = true;
  });
  stdin.on("close", () => {
    closed = true;
  });
  try {
    for await (const chunk of source) {
      if (closed) return;
      if (!stdin.write(chunk)) await drained(stdin);
    }
    stdin.end();
  } catch (error) {
    stop(error);
  }
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ["drain", "close", "error"]) stream.removeListener(event, done);
      resolve();
    };
    for (const event of ["drain", "close", "error"]) stream.once(event, done);
  });
}

function tooSlow(seconds: number): MediaError {
  return new MediaError(
    "timeout",
    `This took longer than ${Math.round(seconds)} seconds and was stopped.`,
    "Try a shorter or smaller file.",
  );
}

function tooMuch(): MediaError {
  return new MediaError("too_large", "This gave more data than expected.", "Try a shorter or smaller file.");
}
