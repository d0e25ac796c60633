import { contentHash } from "@/lib/ids";
import { type StepName, stepId } from "@/lib/jobs/schema";
import type { Work } from "@/lib/studio";

/** Of what a step is one of several: the id of a scene or a picture, and what people call it. */
export type Subject = { id: string; title: string };

/** What a pipeline is written with. Each reading of a program brings its own. */
export type Tools = {
  /** One stage. Its result is kept under what it depends on; only what is missing is made. */
  step<I, R>(name: string, dependsOn: I, work: Work<I, R>, of?: Subject): Promise<R>;
  /** The same for each of several, side by side; in the order of the items. */
  each<T, R>(items: T[], make: (item: T, index: number) => Promise<R>): Promise<R[]>;
  /** A gate: one of a step's pictures, chosen by a person, or the first where nobody needs to be asked. */
  choose(name: string, from: { step: string; latest: string[] }, automatically: boolean): Promise<string>;
  /** A gate: a person approves of exactly this, and of what all that follows may cost. Changed, it is asked anew. */
  approve(name: string, what: unknown): Promise<void>;
};

/**
 * A pipeline as a plain function, read three ways: run; planned (`plan.ts`), where it looks up what is kept and
 * forecasts the rest; and run again, which finds nearly everything kept. It may use nothing but its input and tools.
 */
export type Program<I> = (tools: { input: I } & Tools) => Promise<void>;

/** What a program is read with: the job as far as its steps depend on it. */
export type JobToRead = {
  id: string;
  workspaceId: string;
  createdBy: string | null;
  takes: Record<string, number>;
  choices: Record<string, string>;
};

/** Which take of the step the job wants, and the key its result is kept under. */
export function keyOf(job: JobToRead, step: StepName, dependsOn: unknown): { take: number; key: string } {
  const take = job.takes[stepId(step)] ?? 0;
  return { take, key: contentHash([dependsOn, take]) };
}

/** What a gate depends on: the pictures it stands before, and what was chosen. */
export function gateDependsOn(latest: string[], chosen: string | undefined, automatically: boolean) {
  return [latest, chosen ?? null, automatically];
}
