import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";

/** One thing that happened inside a function, in the order it happened. */
export type Note = { label: string; value: unknown; runId?: string; at: number };

type Handler = Parameters<Inngest["createFunction"]>[1];
type Options = Omit<Parameters<Inngest["createFunction"]>[0], "id" | "triggers"> & {
  /** Event names (made unique per case), or complete triggers. */
  on?: string | object[];
};

/** What a case is written with: its functions note what they do, and the case says what must have been noted. */
export class Stage {
  readonly functions: InngestFunction.Any[] = [];
  readonly notes: Note[] = [];

  constructor(
    readonly client: Inngest,
    private readonly slug: string,
  ) {}

  /** The full name of one of this case's events. */
  event(name: string): string {
    return `conformance/${this.slug}.${name}`;
  }

  id(name: string): string {
    return `${this.slug}-${name}`;
  }

  /** Defines a function of this case. */
  fn(name: string, { on, ...options }: Options, handler: Handler): InngestFunction.Any {
    const triggers = typeof on === "string" ? [{ event: this.event(on) }] : (on ?? []);
    const config = { ...options, id: this.id(name), triggers } as Parameters<Inngest["createFunction"]>[0];
    const fn = this.client.createFunction(config, handler) as InngestFunction.Any;
    this.functions.push(fn);
    return fn;
  }

  /** Notes that something happened and passes its value on. */
  note<T>(label: string, value?: T): T {
    this.notes.push({ label, value, at: Date.now() });
    return value as T;
  }

  async send(name: string, data: Record<string, unknown> = {}, id?: string): Promise<void> {
    await this.client.send({ name: this.event(name), data, id });
  }

  labels(...only: string[]): string[] {
    const all = this.notes.map((note) => note.label);
    return only.length === 0 ? all : all.filter((label) => only.includes(label));
  }

  values(label: string): unknown[] {
    return this.notes.filter((note) => note.label === label).map((note) => note.value);
  }

  times(label: string): number[] {
    return this.notes.filter((note) => note.label === label).map((note) => note.at);
  }

  /** Waits until `label` was noted `count` times; returns the last value. */
  async until(label: string, count = 1, timeoutMs = 45_000): Promise<unknown> {
    const end = Date.now() + timeoutMs;
    while (this.values(label).length < count) {
      if (Date.now() > end) {
        throw new Error(
          `"${label}" was noted ${this.values(label).length} of ${count} times. Noted: ${this.labels().join(", ") || "nothing"}.`,
        );
      }
      await pause(20);
    }
    return this.values(label).at(-1);
  }

  /** Time for something that must not happen to happen. */
  async quiet(ms = 2500): Promise<void> {
    await pause(ms);
  }
}

export type Case = {
  name: string;
  /** Defines the functions and returns what is done with them. */
  script: (stage: Stage) => () => Promise<void>;
  /** The embedded engine refuses it: when it is registered, or when a step asks for it. */
  refused?: "registration" | "step";
};

export function conformanceCase(name: string, script: Case["script"], refused?: Case["refused"]): Case {
  return { name, script, refused };
}

export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
