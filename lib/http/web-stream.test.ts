import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { fromWebStream, toWebStream } from "./web-stream";

/** An endless stream that counts what was asked of it. */
function endless() {
  const state = { read: 0, closed: false };
  const stream = new Readable({
    highWaterMark: 1_000,
    read() {
      state.read += 1_000;
      this.push(Buffer.alloc(1_000));
    },
    destroy(error, done) {
      state.closed = true;
      done(error);
    },
  });
  return { state, stream };
}

describe("toWebStream", () => {
  it("passes on all bytes", async () => {
    const chunks = [Buffer.from("a"), Buffer.from("bc"), Buffer.from("def")];
    expect(await new Response(toWebStream(Readable.from(chunks))).text()).toBe("abcdef");
  });

  it("reads no further than it is read from", async () => {
    const { state, stream } = endless();
    const reader = toWebStream(stream).getReader();
    await reader.read();
    await sleep(50);
    expect(state.read).toBeLessThan(10_000);
    await reader.cancel();
  });

  it("closes its source when the reader goes away, before and in the middle", async () => {
    for (const reads of [0, 3]) {
      const { state, stream } = endless();
      const reader = toWebStream(stream).getReader();
      for (let i = 0; i < reads; i++) await reader.read();
      await reader.cancel();
      await sleep(10);
      expect(state.closed).toBe(true);
    }
  });

  it("breaks where its source breaks", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("a");
        throw new Error("the disk went away");
      })(),
    );
    await expect(new Response(toWebStream(broken)).text()).rejects.toThrow("the disk went away");
  });
});

describe("fromWebStream", () => {
  it("passes on all chunks, and tells the sender when it stops early", async () => {
    let canceled = false;
    let pulled = 0;
    const web = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(10));
        },
        cancel() {
          canceled = true;
        },
      },
      { highWaterMark: 1 },
    );
    for await (const chunk of fromWebStream(web, 60)) {
      expect(chunk).toHaveLength(10);
      if (pulled > 3) break;
    }
    expect(canceled).toBe(true);
    expect(pulled).toBeLessThan(8);
  });

  it("throws what the sender broke with", async () => {
    const web = new ReadableStream<Uint8Array>({
      start: (controller) => controller.error(new Error("reset")),
    });
    await expect(fromWebStream(web, 60).next()).rejects.toThrow("reset");
  });
  it("waits for a slow sender, and gives a silent one up", async () => {
    vi.useFakeTimers();
    try {
      let canceled = false;
      const web = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 50_000));
          if (Date.now() - begun < 400_000) controller.enqueue(new Uint8Array(1));
          else await new Promise(() => undefined);
        },
        cancel() {
          canceled = true;
        },
      });
      const begun = Date.now();
      let arrived = 0;
      const taken = (async () => {
        for await (const chunk of fromWebStream(web, 60)) arrived += chunk.length;
      })();
      const refused = expect(taken).rejects.toThrow("Nothing arrived for 60 seconds.");
      await vi.advanceTimersByTimeAsync(500_000);
      await refused;
      expect(arrived).toBe(7);
      expect(canceled).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
