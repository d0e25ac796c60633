import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { schema } from "@/lib/db";
import { signWebhook, type WebhookManner } from "../contract";
import { beginAt, pictureOrder } from "../contract/harness";
import { startStudio, type TestStudio } from "../support/studio";

let studio: TestStudio;
let POST: typeof import("@/app/api/webhooks/[provider]/route")["POST"];
const context = { params: Promise.resolve({ provider: "replicate" }) };
beforeAll(async () => {
  studio = await startStudio();
  ({ POST } = await import("@/app/api/webhooks/[provider]/route"));
});
afterAll(() => studio.stop());

const BODY = JSON.stringify({ id: "p1", status: "succeeded", output: null, error: null });

type Sent = {
  id: string;
  key?: string;
  body?: string;
  manner?: WebhookManner;
  headers?: Record<string, string>;
};

async function send({ id, key, body = BODY, manner, headers }: Sent) {
  const url = new URL("https://kinora.example/api/webhooks/replicate");
  if (key) url.searchParams.set("generation", key);
  const signed = headers ?? signWebhook({ id, body: BODY, manner });
  const response = await POST(new Request(url, { method: "POST", headers: signed, body }), context);
  return { status: response.status, json: await response.json() };
}

async function deliveries(): Promise<string[]> {
  const rows = await studio.base.db.select().from(schema.webhookDelivery);
  return rows.map(({ id }) => id).sort();
}

async function addGeneration(key: string): Promise<void> {
  const workspaceId = studio.team.workspaceId;
  const [job] = await studio.base.db
    .insert(schema.job)
    .values({
      id: `job_${key}`,
      workspaceId,
      pipeline: "animated-picture",
      title: "t",
      input: {},
      state: "completed",
    })
    .returning();
  await studio.base.db.insert(schema.generation).values({
    id: `gen_${key}`,
    workspaceId,
    jobId: job?.id ?? "",
    stepName: "make the stills",
    stepKey: "k",
    part: 0,
    number: 0,
    key,
    capability: "generateImage",
    provider: "replicate",
    model: "replicate:black-forest-labs/flux-schnell",
    input: {},
    state: "succeeded",
    heldMicros: 0,
  });
}

it("comes from a provider that sends some: any other address is not found", async () => {
  for (const provider of ["openai", "draft", "nobody"]) {
    const request = new Request(`https://kinora.example/api/webhooks/${provider}`, {
      method: "POST",
      body: BODY,
    });
    const { status } = await POST(request, { params: Promise.resolve({ provider }) });
    expect(status, provider).toBe(404);
  }
});

describe("the webhook of Replicate", () => {
  it("wakes whoever waits for the generation, once per delivery", async () => {
    await addGeneration("one");
    expect(await send({ id: "msg_1", key: "one" })).toEqual({ status: 200, json: { woken: true } });
    expect(await send({ id: "msg_1", key: "one" })).toEqual({ status: 200, json: { woken: false } });
    expect(await send({ id: "msg_2", key: "one" })).toEqual({ status: 200, json: { woken: true } });
    expect(await deliveries()).toEqual(["msg_1", "msg_2"]);
  });

  it("is content with a key that nobody waits for, and with none", async () => {
    expect(await send({ id: "msg_3", key: "nobody" })).toEqual({ status: 200, json: { woken: false } });
    expect(await send({ id: "msg_4" })).toEqual({ status: 200, json: { woken: false } });
  });

  it.each([
    ["forged", { manner: "forged" as const }],
    ["stale", { manner: "stale" as const }],
    ["unsigned", { headers: {} }],
    ["changed on the way", { body: BODY.replace("p1", "p2") }],
  ])("refuses one that is %s, and notes nothing", async (name, more) => {
    const sent = await send({ id: `msg_${name}`, key: "one", ...more });
    expect(sent).toMatchObject({ status: 403, json: { error: { code: "forbidden" } } });
    expect(await deliveries()).not.toContain(`msg_${name}`);
  });

  it("refuses one that is far too large before it is read to its end", async () => {
    const sent = await send({ id: "msg_5", key: "one", body: "x".repeat(9 * 1024 * 1024) });
    expect(sent.status).toBe(413);
  });
});

/** The route behind a real socket, where the contract server's webhooks arrive. */
async function serveRoute(): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const url = `http://127.0.0.1${incoming.url}`;
    const response = await POST(
      new Request(url, { method: "POST", headers, body: new Uint8Array(Buffer.concat(chunks)) }),
      context,
    );
    outgoing.writeHead(response.status).end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/replicate`;
}

describe("webhooks as Replicate sends them", () => {
  it.each<[WebhookManner, number[], number]>([
    ["once", [200], 1],
    ["twice", [200, 200], 1],
    ["late", [200], 1],
    ["forged", [403], 0],
    ["stale", [403], 0],
    ["never", [], 0],
  ])("%s", async (manner, statuses, noted) => {
    const webhookUrl = await serveRoute();
    const before = (await deliveries()).length;
    studio.contract.script({ fate: { webhook: manner } });
    const { provider } = await import("@/lib/ai");
    const order = pictureOrder("replicate:black-forest-labs/flux-schnell");
    const { id } = await beginAt(provider("replicate"), order, { webhookUrl });
    const arrived = () => studio.contract.deliveries().filter(({ orderId }) => orderId === id);
    const until = Date.now() + (manner === "never" ? 500 : 10_000);
    while (arrived().length < Math.max(1, statuses.length) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(arrived().map(({ status }) => status)).toEqual(statuses);
    expect((await deliveries()).length - before).toBe(noted);
  });
});
