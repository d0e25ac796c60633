import { AsyncLocalStorage } from "node:async_hooks";
import { type Breakdown, failureOf, type Part, partOf, type Statement, type Verb } from "./statement";

/** How many statements of the broken part fail before an outage is over. */
const OUTAGE_STATEMENTS = 8;

export type Injection = { at: number; breakdown: Breakdown };

/** The process has ended: nothing that it was doing goes on. */
export class Died extends Error {}

/** What a statement of the paid path does next: it takes effect, with its answer told or lost. */
export type Passage = "go" | "lose the answer" | "cut the answer";

const living = new AsyncLocalStorage<Life>();
const within = new AsyncLocalStorage<true>();

/** The life that the caller is part of; none for tests' own statements, and within a statement. */
export function currentLife(): Life | undefined {
  return within.getStore() ? undefined : living.getStore();
}

/**
 * One process's life along the paid path: it counts the statements it comes by, and breaks down at one of them.
 * After its death nothing of it goes on: whatever it awaits is never answered, as for a process that was killed.
 */
export class Life {
  readonly statements: Statement[] = [];
  /** Whether the breakdown that was asked for came about. */
  broke = false;
  private dead = false;
  private outage: { part: Part; left: number } | undefined;
  private die: (reason: Died) => void = () => undefined;
  /** Rejects when the process dies. */
  readonly death: Promise<never>;

  constructor(private readonly injection?: Injection) {
    this.death = new Promise((_resolve, reject) => {
      this.die = reject;
    });
    this.death.catch(() => undefined);
  }

  /** Lives through some work. Rejects with `Died` where the process ended in it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return Promise.race([living.run(this, async () => work()), this.death]);
  }

  /** Comes by a statement. Throws where it did not take effect; never returns where the process died before it. */
  async pass(verb: Verb, name: string): Promise<Passage> {
    const passage = this.passNow(verb, name);
    return passage === "died" ? new Promise<never>(() => undefined) : passage;
  }

  /** The same for what cannot be waited for. */
  passNow(verb: Verb, name: string): Passage | "died" {
    if (this.dead) return "died";
    const at = this.statements.push({ verb, name }) - 1;
    const part = partOf(verb);
    if (this.outage?.part === part && verb !== "read a file") {
      if (this.outage.left-- > 0) throw failureOf(verb, "outage");
      const { breakdown } = this.injection ?? {};
      this.outage = undefined;
      if (breakdown === "outage, then death") return this.end();
    }
    if (at !== this.injection?.at) return "go";
    return this.breakDown(verb, part, this.injection.breakdown);
  }

  private breakDown(verb: Verb, part: Part, breakdown: Breakdown): Passage | "died" {
    this.broke = true;
    if (breakdown === "death") return this.end();
    if (breakdown === "answer lost") return "lose the answer";
    if (breakdown === "answer cut") return "cut the answer";
    if (breakdown.startsWith("outage")) this.outage = { part, left: OUTAGE_STATEMENTS - 1 };
    throw failureOf(verb, breakdown);
  }

  private end(): "died" {
    this.dead = true;
    this.die(new Died());
    return "died";
  }
}

/** Runs one statement of the paid path as the current life lets it; what it does inside is not counted. */
export async function statement<T>(verb: Verb, name: string, run: () => Promise<T> | T): Promise<T> {
  const life = currentLife();
  if (!life) return run();
  const passage = await life.pass(verb, name);
  const result = await within.run(true, async () => run());
  if (passage === "lose the answer") throw failureOf(verb, "answer lost");
  return result;
}
