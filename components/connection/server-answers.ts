const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** Looking at everything may take Kinora eight seconds. */
const PATIENCE_MS = 10_000;

let waiting: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** The browser's own, for asking whether Kinora is there while requests of pages are held back. */
const plainFetch = typeof window === "undefined" ? fetch : window.fetch.bind(window);

/** Whether Kinora answers now and can read its rows: not the network alone, nor a proxy that stands before it. */
export async function answers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await plainFetch("/healthz", { cache: "no-store", signal });
    // A full disk or a missing ffmpeg is unwell, too, but pages are there.
    const health: { checks?: { database?: string } } = await response.json();
    return health.checks?.database === "ok";
  } catch {
    // No network, nobody at the other end of it, or somebody else.
    return false;
  }
}

/** Resolves as soon as Kinora answers. Asks more seldom the longer that takes, and at once when the network returns. */
export function serverAnswers(): Promise<void> {
  waiting ??= waitForAnswer().finally(() => {
    waiting = null;
    tell();
  });
  return waiting;
}

/** For useSyncExternalStore: whether something waits for Kinora. */
export const subscribeToWaiting = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const isWaiting = (): boolean => waiting !== null;

async function waitForAnswer(): Promise<void> {
  for (let tries = 0; !(await answers()); tries++) {
    if (tries === 0) tell();
    await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries));
  }
}

/** Ends early when the network comes back, or when somebody looks at the page again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      document.removeEventListener("visibilitychange", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end);
    document.addEventListener("visibilitychange", end);
  });
}

function tell(): void {
  for (const listener of listeners) listener();
}
