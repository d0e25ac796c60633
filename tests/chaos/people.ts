import { setTimeout as sleep } from "node:timers/promises";
import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import { schema } from "@/lib/db";
import type { StepName } from "@/lib/jobs/schema";
import { assignBills } from "./bills";
import type { Action } from "./door";
import type { ChaosStudio } from "./studio";

const { generation, job, jobStep } = schema;
const MODELS = [
  {
    imageModel: "replicate:black-forest-labs/flux-schnell",
    videoModel: "replicate:wan-video/wan-2.2-i2v-fast",
  },
  { imageModel: "replicate:bytedance/seedream-5-lite", videoModel: "replicate:bytedance/seedance-2.0-fast" },
  { imageModel: "leonardo:seedream-5.0-pro", videoModel: "leonardo:kling-3.0-turbo" },
  { imageModel: "openai:gpt-image-2.6-flare", videoModel: "replicate:wan-video/wan-2.2-i2v-fast" },
];
const READERS = ["openai:gpt-6-luna", "draft:measure"];

/** What a person would try again; the rest is a failure with a reason. */
const MAX_RETRIES = 6;
/** How often a person pays for another take of what was paid for and lost. */
const MAX_TAKES = 4;

type JobRow = typeof job.$inferSelect;
type Order = { pipeline: string; input: { prompt: string } };

/** People who order, choose, answer doubts, press Retry and “New take”, whatever happens to the servers meanwhile. */
export class People {
  readonly jobs: string[] = [];
  private readonly retries = new Map<string, number>();
  private readonly takes = new Map<string, number>();

  constructor(
    private readonly studio: ChaosStudio,
    private readonly roll: () => number,
  ) {}

  /** One order after another, over half of the storm. */
  async orderAll(count: number, stormSeconds: number, limit: number): Promise<void> {
    for (let n = 0; n < count && Date.now() < limit; n++) {
      await sleep((this.roll() * stormSeconds * 1000) / count);
      const input = {
        ...MODELS[n % MODELS.length],
        prompt: `picture ${n} of this run`,
        count: 1 + Math.floor(this.roll() * 2),
        seed: n * 100_000 + 1,
        durationSeconds: 5,
        chooseAutomatically: this.roll() < 0.5,
        visionModel: READERS[n % READERS.length],
      };
      await this.insist({ pipeline: "animated-picture", input }, limit);
    }
  }

  /** Looks after every job that rests or has failed. True when all have ended. */
  async attend(): Promise<boolean> {
    const { db, caller } = this.studio;
    const rows = await db
      .select()
      .from(job)
      .where(and(eq(job.workspaceId, caller.workspaceId), eq(job.sample, false)));
    for (const row of rows) {
      if (row.wait?.kind === "choice" && row.state === "waiting") {
        const { name, subject, options } = row.wait;
        await this.ask("choose", {
          jobId: row.id,
          step: { name, subject },
          choice: options[Math.floor(this.roll() * options.length)],
        });
      }
      if (row.state === "failed" && this.mayGoOn(row)) await this.goOn(row);
    }
    await this.decideDoubts();
    const open = await db
      .select({ id: job.id })
      .from(job)
      .where(and(eq(job.sample, false), inArray(job.state, ["queued", "running", "waiting", "paused"])));
    const failed = rows.filter((row) => row.state === "failed" && this.mayGoOn(row));
    return open.length === 0 && failed.length === 0;
  }

  /** Looks at the provider's bills: what stands there is not paid again, what does not is ordered again. */
  private async decideDoubts(): Promise<void> {
    const doubts = await this.studio.db
      .select({ id: generation.id, jobId: generation.jobId })
      .from(generation)
      .innerJoin(job, eq(job.id, generation.jobId))
      .where(and(eq(generation.state, "uncertain"), notInArray(job.state, ["queued", "running"])));
    if (doubts.length === 0) return;
    const { bills } = await assignBills(this.studio);
    const billed = new Set([...bills.keys()].map(({ id }) => id));
    for (const { id, jobId } of doubts) {
      const choice = billed.has(id) ? "do not pay again" : "order again";
      await this.ask("settle", { jobId, generationId: id, choice });
    }
  }

  private mayGoOn({ id, error }: JobRow): boolean {
    if (wantsNewTake(error)) return (this.takes.get(id) ?? 0) < MAX_TAKES;
    return (this.retries.get(id) ?? 0) < MAX_RETRIES;
  }

  /** Presses what the job's page says. */
  private async goOn({ id: jobId, error }: JobRow): Promise<void> {
    const takes = wantsNewTake(error);
    const answer = takes
      ? await this.ask("takeAgain", { jobId, step: await this.failedStep(jobId) })
      : await this.ask("retry", { jobId });
    const counts = takes ? this.takes : this.retries;
    if (answer?.ok) counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
  }

  private async failedStep(jobId: string): Promise<StepName | undefined> {
    const [step] = await this.studio.db
      .select({ name: jobStep.name, subject: jobStep.subject })
      .from(jobStep)
      .where(and(eq(jobStep.jobId, jobId), eq(jobStep.state, "failed")))
      .orderBy(desc(jobStep.run), desc(jobStep.finishedAt))
      .limit(1);
    return step;
  }

  /** Asks until the web process answers: an order whose answer was lost is looked for before it is repeated. */
  private async insist(order: Order, limit: number): Promise<void> {
    while (Date.now() < limit) {
      const answer = await this.ask("generate", order);
      if (answer?.ok && answer.value) {
        this.jobs.push(answer.value.jobId);
        return;
      }
      const kept = await this.findOrdered(order.input.prompt);
      if (!kept) continue;
      this.jobs.push(kept);
      return;
    }
  }

  /** A slow web process may store it after its answer was given up. */
  private async findOrdered(title: string): Promise<string | undefined> {
    for (let looks = 0; looks < 10; looks++) {
      await sleep(500);
      const found = this.studio.db.select({ id: job.id }).from(job).where(eq(job.title, title));
      const [kept] = await found.catch(() => []);
      if (kept) return kept.id;
    }
  }

  private async ask(action: Action, input: unknown) {
    try {
      return await this.studio.door.ask(action, input);
    } catch {
      // The web process is dead at the moment; a person would try again.
      return null;
    }
  }
}

function wantsNewTake(error: JobRow["error"]): boolean {
  return error?.action?.includes("“New take”") === true;
}
