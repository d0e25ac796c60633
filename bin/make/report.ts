import type { ErrorRecord } from "@/lib/errors";
import { bold, cyan, dim, green, red, yellow } from "../terminal";
import type { Output } from "./outputs";

export type Progress = { step: string; state: string; done: number; of: number };
export type Result = {
  job: string | null;
  status: "completed" | "failed" | "paused";
  outputs: Output[];
  costMicros: number;
  seconds: number;
  error: Partial<ErrorRecord> | null;
};

export type Report = { progress(progress: Progress): void; done(result: Result): void };

/** One JSON object a line, and nothing else, on standard output. */
export const jsonReport: Report = {
  progress: (progress) => print(JSON.stringify({ type: "progress", ...progress })),
  done: (result) => print(JSON.stringify({ type: "done", ...result })),
};

/** A bar that stays on its line; without a terminal, a line per change. */
export function terminalReport(): Report {
  const begun = Date.now();
  let current: Progress | undefined;
  const draw = () => {
    if (!current) return;
    const { done, of, step, state } = current;
    const filled = Math.round((24 * done) / Math.max(of, 1));
    const bar = cyan("━".repeat(filled)) + dim("━".repeat(24 - filled));
    const seconds = Math.round((Date.now() - begun) / 1000);
    process.stdout.write(
      `\r\u001B[2K  ${bar} ${done}/${of}  ${step}${state === "running" ? "" : `, ${state}`} ${dim(`${seconds} s`)}`,
    );
  };
  const timer = process.stdout.isTTY ? setInterval(draw, 200) : undefined;
  return {
    progress: (progress) => {
      current = progress;
      if (timer) draw();
      else print(`  ${progress.done}/${progress.of} ${progress.step}: ${progress.state}`);
    },
    done: (result) => {
      clearInterval(timer);
      if (timer) process.stdout.write("\r\u001B[2K");
      print(summarise(result));
    },
  };
}

function summarise({ status, outputs, costMicros, seconds, error }: Result): string {
  const mark = { completed: green("✓ Finished"), failed: red("✗ Failed"), paused: yellow("! Paused") }[
    status
  ];
  const cost = costMicros === 0 ? "free" : `$${(costMicros / 1e6).toFixed(2)}`;
  const lines = [`  ${mark} ${dim(`in ${seconds.toFixed(1)} s, ${cost}`)}`];
  if (error) lines.push(`    ${error.message}`, ...(error.action ? [`  ${cyan("→")} ${error.action}`] : []));
  for (const { role, path } of outputs) lines.push(`    ${dim(role.padEnd(9))} ${bold(path)}`);
  return `${lines.join("\n")}\n`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
