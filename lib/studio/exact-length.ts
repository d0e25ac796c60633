import { AppError } from "@/lib/errors";

/** Passes on exactly so many bytes; throws when there are more or when the sender breaks off before. */
export async function* exactly(body: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let arrived = 0;
  for await (const chunk of translateBreaks(body)) {
    arrived += chunk.byteLength;
    if (arrived > bytes) {
      throw new AppError("bad_input", "More bytes arrived than were announced.", {
        action: "Send the file again.",
      });
    }
    yield chunk;
  }
  if (arrived < bytes) throw brokeOff();
}

async function* translateBreaks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw cause instanceof AppError ? cause : brokeOff(cause);
  }
}

function brokeOff(cause?: unknown): AppError {
  return new AppError("bad_input", "The upload broke off before all of it had arrived.", {
    action: "Send the rest.",
    retryAfterSeconds: 1,
    cause,
  });
}
