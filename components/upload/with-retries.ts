import { UploadError } from "./upload-error";

const WAITS_MS = [500, 2_000, 6_000];

/** Runs again after temporary failures, a little later each time. */
export async function withRetries<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await run();
    } catch (thrown) {
      if (!(thrown instanceof UploadError && thrown.temporary)) throw thrown;
      await pause(waitMs * (0.75 + Math.random() / 2), signal);
    }
  }
  return run();
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
