import { EnvError } from "@/lib/env";
import { AppError, toAppError } from "@/lib/errors";

const out = process.stdout;
const colourful = out.isTTY && !process.env.NO_COLOR;
const paint = (code: string) => (text: string) => (colourful ? `\u001B[${code}m${text}\u001B[0m` : text);

export const bold = paint("1");
export const dim = paint("2");
export const red = paint("31");
export const green = paint("32");
export const yellow = paint("33");
export const cyan = paint("36");

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const NAME_WIDTH = 15;

export type Row = { say(detail: string): void };

/** One line per stage: turning while it runs, ticked when done. Without a terminal, only the finished lines. */
export async function stage<T>(name: string, work: (row: Row) => Promise<[T, string]>): Promise<T> {
  const begun = Date.now();
  let detail = "";
  const draw = () => {
    const seconds = Math.round((Date.now() - begun) / 1000);
    const frame = FRAMES[Math.floor(Date.now() / 80) % FRAMES.length];
    const text = `${name.padEnd(NAME_WIDTH)} ${detail}${seconds > 1 ? ` ${seconds} s` : ""}`;
    out.write(`\r\u001B[2K  ${cyan(frame ?? "")} ${text.slice(0, (out.columns ?? 80) - 6)}`);
  };
  const timer = out.isTTY ? setInterval(draw, 80) : undefined;
  const finish = (mark: string, text: string) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? "\r\u001B[2K" : ""}  ${mark} ${name.padEnd(NAME_WIDTH)} ${text}\n`);
  };
  try {
    const [value, result] = await work({
      say: (text) => {
        if (!out.isTTY && detail === "") out.write(`  · ${name.padEnd(NAME_WIDTH)} ${text}\n`);
        detail = text;
      },
    });
    finish(green("✓"), dim(result));
    return value;
  } catch (error) {
    finish(red("✗"), "");
    throw error;
  }
}

export function say(text = ""): void {
  out.write(`${text}\n`);
}

/** What went wrong and what to do next, for a person at a terminal. */
export function explain(thrown: unknown): string {
  if (thrown instanceof EnvError) {
    const lines = thrown.problems.map((problem) => `    · ${problem}`);
    return `\n  ${red("The configuration cannot work:")}\n${lines.join("\n")}\n\n  Change these variables and start again.\n`;
  }
  const error = toAppError(thrown);
  const next = error.action ? `\n  ${cyan("→")} ${error.action}` : "";
  const known = thrown instanceof AppError && error.code !== "internal";
  return `\n  ${red(error.message)}${next}\n${known ? "" : dim(`\n${details(error)}\n`)}`;
}

function details(error: Error): string {
  const cause = error.cause;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? error.stack);
  return text.replace(/^/gm, "    ");
}

/** Runs a program's main function; a failure is explained and ends with status 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(explain(error));
    process.exit(1);
  }
}
