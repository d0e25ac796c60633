import { ANSWERS, FATES } from "./kinds";
import type { FateFault, Fault, ProviderName, RequestKind } from "./types";

type Asked = { provider: ProviderName; kind: RequestKind; model?: string; prompt?: string };

/** The script: faults wait in line until a request comes that they are meant for. */
export class Script {
  private waiting: Fault[] = [];

  add(faults: Fault[]): void {
    this.waiting.push(...faults.map((fault) => ({ ...fault })));
  }

  clear(): void {
    this.waiting = [];
  }

  get length(): number {
    return this.waiting.length;
  }

  /** Takes the first fault of the answer that fits, if any. */
  takeAnswer(asked: Asked): Fault | undefined {
    return this.take(asked, (fault) => fault.answer !== undefined);
  }

  /** Takes the first fate that fits; later ones wait for later orders. */
  takeFate(asked: Asked): Fault | undefined {
    return this.take(asked, (fault) => fault.fate !== undefined && fault.answer === undefined);
  }

  private take(asked: Asked, wanted: (fault: Fault) => boolean): Fault | undefined {
    const found = this.waiting.find((fault) => wanted(fault) && fits(fault, asked));
    if (!found) return undefined;
    found.times = (found.times ?? 1) - 1;
    if (found.times <= 0) this.waiting.splice(this.waiting.indexOf(found), 1);
    return found;
  }
}

function fits({ provider, on = "create", model, prompt }: Fault, asked: Asked): boolean {
  if ((provider && provider !== asked.provider) || on !== asked.kind) return false;
  return (!model || model === asked.model) && (!prompt || asked.prompt?.includes(prompt) === true);
}

export type Chaos = { seed: number; rate: number };

/** Faults by the dice, the same for the same seed and order of requests: for long runs with everything going wrong. */
export class Dice {
  private state: number;
  private readonly dealt = new Set<Fault>();

  constructor(private readonly chaos: Chaos) {
    this.state = chaos.seed >>> 0;
  }

  answerFor(provider: ProviderName, kind: RequestKind): Fault | undefined {
    return this.choose(ANSWERS, this.chaos.rate, { provider, kind });
  }

  /** Twice as often as an answer goes wrong: an order has many answers, and one fate. */
  fateFor(provider: ProviderName, model: string): Fault | undefined {
    return this.choose(FATES, this.chaos.rate * 2, { provider, kind: "create", model });
  }

  webhook(): FateFault {
    if (this.roll() >= this.chaos.rate) return {};
    const manners = ["twice", "late", "forged", "stale", "never"] as const;
    return { webhook: manners[Math.floor(this.roll() * manners.length)] };
  }

  /** From what fits no kind comes again before every other one was there. */
  private choose(kinds: Fault[], rate: number, asked: Asked): Fault | undefined {
    if (this.roll() >= rate) return undefined;
    const fitting = kinds.filter((kind) => fits(kind, asked));
    const fresh = fitting.filter((kind) => !this.dealt.has(kind));
    const deck = fresh.length > 0 ? fresh : fitting;
    if (fresh.length === 0) for (const kind of fitting) this.dealt.delete(kind);
    const chosen = deck[Math.floor(this.roll() * deck.length)];
    if (chosen) this.dealt.add(chosen);
    return chosen;
  }

  /** Mulberry32, by Tommy Ettinger (public domain): a number in [0, 1). */
  private roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
