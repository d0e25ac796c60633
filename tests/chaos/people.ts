import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { schema } from "@/lib/db";
import type { Action } from "./door";
import type { ChaosStudio } from "./studio";

const { job } = schema;
const MODELS = [
  {
    imageModel: "replicate:black-forest-labs/flux-schnell",
    videoModel: "replicate:wan-video/wan-2.2-i2v-fast",
  },
  { imageModel: "replicate:bytedance/seedream-5-lite", videoModel: "replicate:bytedance/seedance-2.0-fast" },
];

/** What a person would try again; the rest is a failure with a reason. */
const MAX_RETRIES = 6;

type Order = { pipeline: string; input: { prompt: string } };

/** People who order, choose, answer doubts and press Retry, whatever happens to the servers meanwhile. */
export class People {
  readonly jobs: string[] = [];
  private readonly retries = new Map<string, number>();

  constructor(
    private readonly studio: ChaosStudio,
    private readonly roll: () => number,
  ) {}

  /** One order after another, over half of the storm. */
  async orderAll(count: number, stormSeconds: number, limit: number): Promise<void> {
    for (let n = 0; n < count && Date.now() < limit; n++) {
      await sleep((this.roll() * stormSeconds * 1000) / count);
      const models = MODELS[Math.floor(this.roll() * MODELS.length)];
      const input = {
        ...models,
        prompt: `picture ${n} of this run`,
        count: 1 + Math.floor(this.roll() * 2),
        seed: n * 100_000 + 1,
        durationSeconds: 5,
        chooseAutomatically: this.roll() < 0.5,
        visionModel: this.roll() < 0.5 ? "openai:gpt-6-luna" : "draft:measure",
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
        const { label, options } = row.wait;
        await this.ask("choose", {
          jobId: row.id,
          label,
          choice: options[Math.floor(this.roll() * options.length)],
        });
      }
      if (row.wait?.kind === "uncertain" && row.state === "waiting") {
        const choice = "do not pay again";
        await this.ask("choose", { jobId: row.id, label: row.wait.generationId, choice });
      }
      if (row.state === "failed" && this.mayRetry(row.id)) await this.tryAgain(row.id);
    }
    const open = await db
      .select({ id: job.id })
      .from(job)
      .where(and(eq(job.sample, false), inArray(job.state, ["queued", "running", "waiting", "paused"])));
    const failed = rows.filter((row) => row.state === "failed" && this.mayRetry(row.id));
    return open.length === 0 && failed.length === 0;
  }

  private mayRetry(id: string): boolean {
    return (this.retries.get(id) ?? 0) < MAX_RETRIES;
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

  private async tryAgain(jobId: string): Promise<void> {
    const answer = await this.ask("retry", { jobId });
    if (answer?.ok) this.retries.set(jobId, (this.retries.get(jobId) ?? 0) + 1);
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
