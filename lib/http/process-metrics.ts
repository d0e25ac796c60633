import { collectDefaultMetrics, Registry } from "prom-client";

// One per process, kept across the dev server's module reloads; made by the first scrape, for it runs a timer.
const shared = globalThis as typeof globalThis & { kinoraProcessMetrics?: Registry };

/** Memory, event-loop lag, garbage collection and file handles of this process. */
export function processMetrics(): Registry {
  if (!shared.kinoraProcessMetrics) {
    shared.kinoraProcessMetrics = new Registry();
    collectDefaultMetrics({ register: shared.kinoraProcessMetrics });
  }
  return shared.kinoraProcessMetrics;
}
