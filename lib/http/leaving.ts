const shared = globalThis as typeof globalThis & { kinoraLeaving?: AbortController };

function controller(): AbortController {
  shared.kinoraLeaving ??= new AbortController();
  return shared.kinoraLeaving;
}

/** Aborted once this web server was told to end: answers that would go on for hours end with it. */
export function leaving(): AbortSignal {
  return controller().signal;
}

/** Told to end, this process first ends such answers and does `last`; then those come that listened before. */
export function leaveOnSignals(last: () => Promise<void>): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const before = process.listeners(signal);
    process.removeAllListeners(signal);
    process.once(signal, async () => {
      controller().abort();
      await last();
      for (const listener of before) process.on(signal, listener);
      process.kill(process.pid, signal);
    });
  }
}
