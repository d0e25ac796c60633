import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ContractOptions, type ContractServer, findSpecsFolder, startContractServer } from "../contract";
import { Dice } from "../contract/faults";
import { FATES } from "../contract/kinds";
import { REPLICATE_TOKEN } from "../contract/replicate";

const MODEL = "black-forest-labs/flux-schnell";

async function start(options: ContractOptions = {}): Promise<ContractServer> {
  const server = await startContractServer(options);
  onTestFinished(() => server.stop());
  return server;
}

async function create(url: string, body: unknown = { input: { prompt: "x" } }, token = REPLICATE_TOKEN) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const path = `${url}/replicate/v1/models/${MODEL}/predictions`;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, json: (await response.json()) as { id: string; detail?: string } };
}

async function list(url: string) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${REPLICATE_TOKEN}` } });
  return (await response.json()) as { next: string | null; results: unknown[] };
}

async function newStateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kinora-contract-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "orders.jsonl");
}

describe("the contract server", () => {
  it("knows its orders after a restart, and bills none twice", async () => {
    const stateFile = await newStateFile();
    const first = await startContractServer({ stateFile });
    const { json } = await create(first.url);
    await first.stop();
    const second = await start({ stateFile });
    expect(second.charges().map(({ orderId }) => orderId)).toEqual([json.id]);
    const headers = { authorization: `Bearer ${REPLICATE_TOKEN}` };
    const looked = await fetch(`${second.url}/replicate/v1/predictions/${json.id}`, { headers });
    expect(await looked.json()).toMatchObject({ id: json.id, input: { prompt: "x" } });
  });

  it("bills nothing that fails, is refused, or was never begun", async () => {
    const server = await start({
      script: [{ fate: { fail: "x" } }, { fate: { refuse: true } }, { fate: { end: "aborted" } }],
    });
    for (let n = 0; n < 4; n += 1) await create(server.url);
    expect(server.charges()).toHaveLength(1);
  });

  it("bills what was made, and what is lost on its way", async () => {
    const server = await start({
      secondsToMake: 0,
      script: [{ fate: { nulls: 1 } }, { fate: { delivery: 410 } }, { fate: { nulls: 2 } }],
    });
    for (let n = 0; n < 3; n += 1) await create(server.url, { input: { prompt: "x", num_outputs: 2 } });
    expect(server.charges().map(({ count }) => count)).toEqual([1, 2]);
  });

  it("lists a window of time, page after page, in the words of each order's fate", async () => {
    const server = await start({
      secondsToMake: 0,
      listPage: 2,
      script: [{ fate: { words: "odd" } }, { name: "strangers", on: "list", answer: { junk: "strangers" } }],
    });
    for (let n = 0; n < 3; n += 1) await create(server.url);
    const ids = server.charges().map(({ orderId }) => orderId);
    const first = await list(`${server.url}/replicate/v1/predictions?created_after=1970-01-01T00:00:00Z`);
    expect(first.results).toContain(null);
    const second = await list(String(first.next));
    expect(second).toMatchObject({
      next: null,
      results: [{ id: ids[0], created_at: { text: expect.any(String) } }],
    });
    const none = await list(`${server.url}/replicate/v1/predictions?created_before=1970-01-01T00:00:00Z`);
    expect(none.results).toEqual([]);
    expect(server.met()).toEqual({ strangers: 1 });
  });

  it("does not let a stranger order", async () => {
    const server = await start();
    expect((await create(server.url, undefined, "r8_other")).status).toBe(401);
    expect(server.charges()).toHaveLength(0);
  });

  it("notes a request that no specification knows", async () => {
    const server = await start();
    await fetch(`${server.url}/replicate/v1/predictions/1/undo`, { method: "POST" });
    expect(server.problems()).toEqual([expect.stringContaining("/undo")]);
  });

  it.skipIf(!findSpecsFolder())("holds requests against the providers' own specifications", async () => {
    const server = await start();
    for (const body of [
      { input: { prompt: "x" }, surplus: true },
      { input: { prompt: "x", surplus: 1 } },
      { input: { aspect_ratio: "16:9" } },
      { input: { prompt: "x", aspect_ratio: "2:1" } },
      { input: { prompt: "x", num_outputs: 5 } },
      { input: { prompt: "x", seed: "1" } },
      { input: { prompt: "x" }, webhook_events_filter: ["ended"] },
    ]) {
      expect((await create(server.url, body)).status).toBe(422);
    }
    expect(server.problems()).toHaveLength(7);
    expect(server.charges()).toHaveLength(0);
  });

  it("runs as a process of its own, commanded from outside", async () => {
    const child = execa({
      node: true,
      nodeOptions: ["--import", "tsx"],
    })`tests/contract/serve.ts --seconds 0`;
    onTestFinished(async () => {
      child.kill("SIGTERM");
      await child.catch(() => undefined);
    });
    const { url } = await firstLine(child.stdout);
    const faults = [{ provider: "replicate", answer: { status: 402 } }];
    await fetch(`${url}/contract/script`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ faults }),
    });
    expect((await create(url)).status).toBe(402);
    expect((await create(url)).status).toBe(201);
    const told = (await (await fetch(`${url}/contract/charges`)).json()) as { charges: unknown[] };
    expect(told.charges).toHaveLength(1);
  });

  it("throws the same dice for the same seed", () => {
    const throwOf = (seed: number) => {
      const dice = new Dice({ seed, rate: 0.5 });
      return Array.from({ length: 40 }, () => JSON.stringify(dice.answerFor("openai", "create") ?? null));
    };
    expect(throwOf(7)).toEqual(throwOf(7));
    expect(throwOf(7)).not.toEqual(throwOf(8));
    expect(throwOf(7)).toContain("null");
    expect(new Set(throwOf(7)).size).toBeGreaterThan(4);
  });

  it("deals every kind of fate before one comes again", () => {
    const dice = new Dice({ seed: 7, rate: 0.5 });
    const kinds = FATES.filter(({ provider }) => provider === "leonardo").map(({ name }) => name);
    const dealt = kinds.map(() => dice.fateFor("leonardo", "seedream-5.0-pro")?.name);
    expect(dealt.sort()).toEqual(kinds.sort());
  });
});

async function firstLine(stream: AsyncIterable<unknown>): Promise<{ url: string }> {
  let text = "";
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes("\n")) return JSON.parse(text.split("\n")[0] ?? "") as { url: string };
  }
  throw new Error(`the server said nothing: ${text}`);
}
