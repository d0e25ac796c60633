export type Attributes = Record<string, string | number | boolean | undefined>;
/** Adds what is only known while the work goes on. */
export type Note = (attributes: Attributes) => void;
/** A run of a job. All its spans share one trace, whatever process they were made in. */
export type RunRef = { job: string; run: number };

export type Tracer = {
  span<T>(name: string, attributes: Attributes, work: (note: Note) => Promise<T>, run?: RunRef): Promise<T>;
  recordRun(run: RunRef, name: string, attributes: Attributes, begunAt: Date): void;
  stop(): Promise<void>;
};

// One per process: Next bundles this file into several places.
const shared = globalThis as typeof globalThis & { kinoraTracer?: Tracer };

export function setTracer(tracer: Tracer | undefined): void {
  shared.kinoraTracer = tracer;
}

export function tracer(): Tracer | undefined {
  return shared.kinoraTracer;
}

/**
 * Runs `work` and, where traces are on, tells how long it took and how it ended, with the ids of the log as
 * `kinora.job`, `kinora.step` and so on. Names and attributes are for ids, codes and counts: never what people wrote.
 * With `run` the span belongs to that run's trace instead of the work around it.
 */
export function span<T>(
  name: string,
  attributes: Attributes,
  work: (note: Note) => Promise<T>,
  run?: RunRef,
): Promise<T> {
  return shared.kinoraTracer?.span(name, attributes, work, run) ?? work(() => undefined);
}

/** The span around all steps of a run, told when the run has ended. */
export function recordRun(run: RunRef, name: string, attributes: Attributes, begunAt: Date): void {
  shared.kinoraTracer?.recordRun(run, name, attributes, begunAt);
}
