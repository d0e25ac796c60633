/** A figure this many times the estimate is a mistake of whoever wrote it, not a bill. */
const BELIEVED_TIMES = 100;

/**
 * What an order is charged with: the provider's own figure where it gives one that can be a bill, else the estimate.
 * Both in micro-dollars. A figure that is negative, not finite or absurdly large is no bill.
 */
export function billOf(figureMicros: number | undefined, estimateMicros: number): number {
  if (figureMicros === undefined || !Number.isFinite(figureMicros)) return estimateMicros;
  const believed = figureMicros >= 0 && figureMicros <= estimateMicros * BELIEVED_TIMES;
  return believed ? Math.ceil(figureMicros) : estimateMicros;
}
