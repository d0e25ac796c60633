const FAST_SECONDS = 3;
const SLOW_SECONDS = 20;
const MOST_AT_ONCE = 6;

type Waiting = () => void;

/**
 * The line to the server, shared by everything that is uploaded. On a fast one several parts travel side by side; on
 * a slow one they go one after another, so that each is through soon and little is lost when the line breaks.
 */
export class Line {
  #width = 2;
  #busy = 0;
  readonly #waiting: Waiting[] = [];

  /** Waits for a free place, sends, and learns from how long that took. */
  async send<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    const begun = performance.now();
    try {
      const sent = await run();
      this.#learn((performance.now() - begun) / 1000);
      return sent;
    } catch (thrown) {
      if (!signal.aborted) this.#width = Math.max(1, this.#width - 1);
      throw thrown;
    } finally {
      this.#busy -= 1;
      this.#next();
    }
  }

  #learn(seconds: number): void {
    if (seconds < FAST_SECONDS) this.#width = Math.min(MOST_AT_ONCE, this.#width + 1);
    else if (seconds > SLOW_SECONDS) this.#width = Math.max(1, this.#width - 1);
  }

  #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", leave);
        this.#busy += 1;
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(enter);
      this.#next();
    });
  }

  #next(): void {
    while (this.#busy < this.#width) {
      const enter = this.#waiting.shift();
      if (!enter) return;
      enter();
    }
  }
}
