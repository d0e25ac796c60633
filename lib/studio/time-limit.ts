/** A signal that aborts, as a timeout, so many seconds from now or from the last restart. */
export type TimeLimit = { signal: AbortSignal; restart(seconds: number): void; stop(): void };

export function timeLimit(seconds: number): TimeLimit {
  const controller = new AbortController();
  const start = (after: number) =>
    setTimeout(() => controller.abort(new DOMException("It took too long.", "TimeoutError")), after * 1000);
  let timer = start(seconds);
  return {
    signal: controller.signal,
    restart(again) {
      clearTimeout(timer);
      timer = start(again);
    },
    stop: () => clearTimeout(timer),
  };
}
