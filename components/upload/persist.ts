import { UploadError } from "./upload-error";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Tries until it works or cannot: after temporary failures it waits, longer each time, and at once goes on when the
 * network comes back. `onAway` hears why it waits.
 */
export async function persist<T>(
  signal: AbortSignal,
  onAway: (why: UploadError) => void,
  run: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await run();
    } catch (thrown) {
      if (!(thrown instanceof UploadError && thrown.temporary)) throw thrown;
      // One hiccup is no news.
      if (failures > 0 || !navigator.onLine) onAway(thrown);
      const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
      await pause(waitMs * (0.75 + Math.random() / 2), signal);
    }
  }
}

/** Ends early when the network comes back, and not before it does. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      window.removeEventListener("online", goOn);
      settle();
    };
    const stop = () => end(() => reject(signal.reason));
    const goOn = () => end(resolve);
    const timer = setTimeout(() => {
      if (navigator.onLine) goOn();
    }, ms);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop);
    window.addEventListener("online", goOn);
  });
}
