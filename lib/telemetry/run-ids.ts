import { type IdGenerator, RandomIdGenerator } from "@opentelemetry/sdk-trace-base";
import { sha256 } from "@/lib/ids";
import type { RunRef } from "./span";

const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;

/** Random ids, and for the first span of a run's trace always the same two, made from the run itself. */
export class RunIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #run: string | undefined;

  /** `begin` begins the span, at once. */
  within<T>({ job, run }: RunRef, begin: () => T): T {
    this.#run = sha256(`${job} ${run}`);
    try {
      return begin();
    } finally {
      this.#run = undefined;
    }
  }

  generateTraceId(): string {
    return this.#run?.slice(0, TRACE_DIGITS) ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.#run?.slice(-SPAN_DIGITS) ?? this.#random.generateSpanId();
  }
}
