import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  beginAt,
  errorOf,
  lookUntilEnd,
  newFolder,
  openContract,
  pictureOrder,
} from "@/tests/contract/harness";
import type { Order } from "../capability";

const contract = openContract();
const ai = () => import("@/lib/ai");
const replicate = async () => (await ai()).provider("replicate");
const signal = () => AbortSignal.timeout(20_000);
const pictures = (more = {}) => pictureOrder("replicate:black-forest-labs/flux-schnell", more);
const begin = async (order: Order, more = {}) => beginAt(await replicate(), order, more);

describe("an order that is not taken", () => {
  it.each([
    [401, "provider_auth", "never"],
    [403, "provider_auth", "never"],
    [402, "provider_credit", "never"],
    [422, "provider_input", "never"],
    [400, "provider_input", "never"],
    [404, "bad_input", "never"],
    [410, "bad_input", "never"],
    [429, "provider_throttled", "later"],
    [503, "provider_down", "later"],
  ])("%i is %s, tried again %s", async (status, code, retry) => {
    contract.server.script({ answer: { status } });
    const error = await errorOf(begin(pictures()));
    expect(error).toMatchObject({ code, retry, provider: "replicate" });
    expect(error.message).toMatch(/Replicate|FLUX/);
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
  });

  it("names what takes the place of a model that Replicate has no more", async () => {
    contract.server.script({ answer: { status: 404 } });
    const error = await errorOf(begin(pictures()));
    expect(error).toMatchObject({ code: "bad_input", action: expect.stringContaining("instead") });
  });

  it.each([
    ["in seconds", () => "7", 7],
    ["by a date", () => new Date(Date.now() + 90_000).toUTCString(), 90],
    ["only in words", () => undefined, 30],
  ])("waits as long as a 429 asks, %s", async (_how, retryAfter, seconds) => {
    contract.server.script({ answer: { status: 429, retryAfter: retryAfter() } });
    const error = await errorOf(begin(pictures()));
    expect(Math.abs((error.retryAfterSeconds ?? 0) - seconds)).toBeLessThanOrEqual(2);
  });

  it("is down, and certainly not taken, when nobody listens", async () => {
    const { callProvider } = await import("../call");
    const { REPLICATE } = await import("./declaration");
    const call = { who: REPLICATE, paid: true, timeoutSeconds: 5, signal: signal(), detail: String };
    const error = await errorOf(
      callProvider(call, async (fetch) => (await fetch("http://127.0.0.1:9/x", { method: "POST" })).json()),
    );
    expect(error).toMatchObject({ code: "provider_down", retry: "later" });
  });
});

describe("an order whose answer is lost", () => {
  it.each([
    ["the socket drops after it was taken", { drop: "after-taken" as const }, 1],
    ["the socket drops before it was taken", { drop: "before-taken" as const }, 0],
    ["the answer breaks off", { drop: "within-answer" as const }, 1],
    ["the answer is not JSON", { malformed: true as const }, 1],
    ["the server fails", { status: 500 }, 0],
    ["it was busy", { status: 409 }, 0],
    ["it gave up waiting after it was taken", { status: 408, taken: true }, 1],
    ["it was too early for it", { status: 425, taken: true }, 1],
    ["a gateway gives up", { status: 502, taken: true }, 1],
    ["a gateway's page says 503", { status: 503, taken: true, body: "upstream reset" }, 1],
    ["a gateway's page says 504", { status: 504, taken: true, body: "<html>504</html>" }, 1],
  ])("%s: one POST, and nothing is sent again", async (_name, answer, charged) => {
    const before = contract.server.charges().length;
    contract.server.script({ answer });
    const error = await errorOf(begin(pictures()));
    expect(error).toMatchObject({ code: "answer_lost", retry: "never" });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    expect(contract.server.charges().length - before).toBe(charged);
  });

  it("counts a hang that is given up as perhaps taken", async () => {
    contract.server.script({ answer: { hang: "after-taken" } });
    const error = await errorOf(begin(pictures(), { signal: AbortSignal.timeout(300) }));
    expect(error.code).toBe("answer_lost");
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
  });

  it("is only canceled when it was given up before it was sent", async () => {
    const error = await begin(pictures(), { signal: AbortSignal.abort() }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "canceled" });
    expect(contract.server.requests()).toHaveLength(0);
  });
});

describe("an order that ends badly", () => {
  it.each([
    [{ refuse: true }, "provider_refused", "never"],
    [{ fail: "CUDA out of memory (E1001)" }, "provider_failed", "never"],
    [{ fail: "Prediction interrupted; please retry (code: PA)" }, "provider_failed", "later"],
    [{ fail: "Something unheard of" }, "provider_failed", "never"],
    [{ end: "aborted" as const }, "provider_failed", "later"],
    [{ empty: true }, "provider_failed", "never"],
  ])("%o is %s, free, tried again %s", async (fate, code, retry) => {
    contract.server.script({ fate });
    const ended = await lookUntilEnd(await replicate(), await begin(pictures()));
    if (ended.state !== "failed") throw new Error(ended.state);
    expect(ended.error).toMatchObject({ code, retry, provider: "replicate" });
    expect(ended.error.action).toBeTruthy();
    expect(ended.costMicros).toBe(0);
  });

  it("says so when the result has been deleted, and leaves no file", async () => {
    contract.server.script({ fate: { delivery: 404 } });
    const ended = await lookUntilEnd(await replicate(), await begin(pictures()));
    if (ended.state !== "succeeded") throw new Error(ended.state);
    const path = join(await newFolder(), "gone.png");
    const [file] = ended.outputs.files;
    if (!file) throw new Error("no file");
    const download = (await ai()).downloadOutput(file, path, { provider: "replicate", signal: signal() });
    expect(await errorOf(download)).toMatchObject({ code: "provider_expired", provider: "replicate" });
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("looks again in peace: a broken look is never a lost order", async () => {
    const operation = await begin(pictures());
    const provider = await replicate();
    const faults = [
      { status: 500 },
      { drop: "after-taken" as const },
      { malformed: true as const },
      { status: 429 },
    ];
    contract.server.script(...faults.map((answer) => ({ on: "look" as const, answer })));
    const codes: string[] = [];
    for (const _ of faults) codes.push((await errorOf(provider.look(operation, signal()))).code);
    expect(codes).toEqual(["provider_down", "provider_down", "provider_answer", "provider_throttled"]);
    expect(contract.server.requests({ kind: "look" })).toHaveLength(faults.length);
    expect((await lookUntilEnd(provider, operation)).state).toBe("succeeded");
  });

  it("does not take an unknown order for a failed one: the key may have been changed", async () => {
    const operation = await begin(pictures());
    const error = await errorOf((await replicate()).look({ ...operation, id: "nobody" }, signal()));
    expect(error.action).toContain("REPLICATE_API_TOKEN");
  });
});
