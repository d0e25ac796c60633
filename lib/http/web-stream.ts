import type { Readable } from "node:stream";
import { AppError } from "@/lib/errors";

/**
 * A Node stream as the body of a Response, read only as fast as it is taken and closed when the reader goes away.
 * Readable.toWeb is not used: it throws in the void when a browser leaves in the middle of a film.
 */
export function toWebStream(stream: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Uint8Array<ArrayBuffer>> = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      } catch (thrown) {
        controller.error(thrown);
      }
    },
    cancel() {
      stream.destroy();
    },
  });
}

/**
 * The body of a Request, read only as fast as it is wanted; whoever stops early tells the sender so. However long it
 * takes is well, but where nothing comes for `stallSeconds` it throws `bad_input`: that line is dead.
 */
export async function* fromWebStream(
  stream: ReadableStream<Uint8Array>,
  stallSeconds: number,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    while (true) {
      const { done, value } = await withinSeconds(stallSeconds, reader.read());
      if (done) break;
      yield value;
    }
    ended = true;
  } catch (thrown) {
    ended = !(thrown instanceof AppError);
    throw thrown;
  } finally {
    if (!ended) await reader.cancel();
  }
}

function withinSeconds<T>(seconds: number, reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const again = { action: "Send it again.", retryAfterSeconds: 1 };
      reject(new AppError("bad_input", `Nothing arrived for ${seconds} seconds.`, again));
    }, seconds * 1000);
  });
  return Promise.race([reading, stalled]).finally(() => clearTimeout(timer));
}
