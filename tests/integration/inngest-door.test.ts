import { NextRequest } from "next/server";
import { beforeAll, expect, it } from "vitest";
import { setEnv } from "../support/studio";

type Door = (request: NextRequest, context: unknown) => Promise<Response>;
let route: { POST: Door; PUT: Door };
beforeAll(async () => {
  setEnv({ INNGEST_SIGNING_KEY: "signkey-test-12345678", INNGEST_EVENT_KEY: "event", INNGEST_DEV: "0" });
  route = await import("@/app/api/inngest/route");
});

/** A body without end, and how much of it was taken. */
function flood() {
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        taken.bytes += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x5b));
      },
    },
    { highWaterMark: 0 },
  );
  return { taken, body };
}

function ask(method: string, body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}) {
  const init = { method, body, headers, duplex: "half" as const };
  return new NextRequest("https://kinora.example/api/inngest?fnId=x&stepId=step", init);
}

it("reads nothing of a call that carries no signature", async () => {
  const { taken, body } = flood();
  expect((await route.POST(ask("POST", body), undefined)).status).toBe(403);
  expect(taken.bytes).toBe(0);
});

it.each([
  ["POST", 40 * 1024 * 1024],
  ["PUT", 64 * 1024],
] as const)("cuts %s off at %d bytes", async (method, most) => {
  const { taken, body } = flood();
  const request = ask(method, body, { "x-inngest-signature": "t=1&s=forged" });
  expect((await route[method](request, undefined)).status).toBe(413);
  expect(taken.bytes).toBeLessThanOrEqual(most + 128 * 1024);
});
