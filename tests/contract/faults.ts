import type { AnswerFault, FateFault, Fault, ProviderName, RequestKind } from "./types";

type Asked = { provider: ProviderName; kind: RequestKind; model?: string };

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
  takeAnswer(asked: Asked): AnswerFault | undefined {
    return this.take(asked, (fault) => fault.answer !== undefined)?.answer;
  }

  /** Takes the first fate that fits; later ones wait for later orders. */
  takeFate(asked: Asked): FateFault {
    return this.take(asked, (fault) => fault.fate !== undefined && fault.answer === undefined)?.fate ?? {};
  }

  private take(asked: Asked, wanted: (fault: Fault) => boolean): Fault | undefined {
    const found = this.waiting.find((fault) => wanted(fault) && fits(fault, asked));
    if (!found) return undefined;
    found.times = (found.times ?? 1) - 1;
    if (found.times <= 0) this.waiting.splice(this.waiting.indexOf(found), 1);
    return found;
  }
}

function fits({ provider, on = "create", model }: Fault, asked: Asked): boolean {
  return (!provider || provider === asked.provider) && on === asked.kind && (!model || model === asked.model);
}

export type Chaos = { seed: number; rate: number };

/** Faults by the dice, the same for the same seed and order of requests: for long runs with everything going wrong. */
export class Dice {
  private state: number;

  constructor(private readonly chaos: Chaos) {
    this.state = chaos.seed >>> 0;
  }

  answerFor(kind: RequestKind): AnswerFault | undefined {
    if (this.roll() >= this.chaos.rate) return undefined;
    const faults = kind === "create" ? ON_CREATE : ON_OTHERS;
    return faults[Math.floor(this.roll() * faults.length)];
  }

  webhook(): FateFault {
    if (this.roll() >= this.chaos.rate) return {};
    const manners = ["twice", "late", "forged", "stale", "never"] as const;
    return { webhook: manners[Math.floor(this.roll() * manners.length)] };
  }

  /** Mulberry32, by Tommy Ettinger (public domain): a number in [0, 1). */
  private roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}

const ON_CREATE: AnswerFault[] = [
  { drop: "after-taken" },
  { drop: "before-taken" },
  { drop: "within-answer" },
  { malformed: true },
  { status: 429, retryAfter: "1" },
  { status: 500 },
  { status: 500, taken: true },
  { status: 502, taken: true },
  { status: 503 },
];
const ON_OTHERS: AnswerFault[] = [
  { drop: "after-taken" },
  { drop: "within-answer" },
  { malformed: true },
  { status: 429, retryAfter: "1" },
  { status: 500 },
  { status: 503 },
];
