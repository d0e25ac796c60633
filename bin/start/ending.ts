/** Signals of a terminal reach us twice, from it and from npm: what follows this soon is an echo. */
const ECHO_MS = 700;

/** Turns Ctrl-C, SIGTERM and a closed terminal into one orderly end; asked again, into an immediate one. */
export class Ending {
  readonly #controller = new AbortController();
  #firstAt = 0;

  constructor(private readonly endAtOnce: () => void) {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => this.#take());
    }
    if (process.env.npm_lifecycle_event) this.#followParent(process.ppid);
  }

  #take(): void {
    if (!this.#firstAt) {
      this.#firstAt = Date.now();
      this.#controller.abort();
    } else if (Date.now() - this.#firstAt > ECHO_MS) {
      this.endAtOnce();
      process.exit(130);
    }
  }

  /** npm hands a SIGTERM to the shell between us, which dies of it without a word: notice that. */
  #followParent(parent: number): void {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      if (!this.asked) this.#take();
    }, 200);
    timer.unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get asked(): boolean {
    return this.signal.aborted;
  }

  async wait(): Promise<void> {
    if (this.asked) return;
    await new Promise<void>((resolve) => {
      // A timer keeps the process alive while there is nothing but waiting.
      const alive = setInterval(() => undefined, 60_000);
      this.signal.addEventListener("abort", () => {
        clearInterval(alive);
        resolve();
      });
    });
  }
}
