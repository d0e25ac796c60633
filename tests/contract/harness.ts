import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from "vitest";
import type { BeginContext, Begun, Looked, MediaInput, Operation, Order, Provider } from "@/lib/ai";
import { AppError } from "@/lib/errors";
import { type ContractOptions, type ContractServer, startContractServer } from "./index";

/**
 * For a test file: a contract server, and the environment that leads to it, set before `@/lib/ai` is first imported.
 * After every test no request may have broken a specification.
 */
export function openContract(options?: ContractOptions): { server: ContractServer } {
  const held = {} as { server: ContractServer };
  beforeAll(async () => {
    held.server = await startContractServer(options);
    Object.assign(process.env, held.server.env);
  });
  afterEach(() => {
    const problems = held.server.problems();
    held.server.reset();
    expect(problems).toEqual([]);
  });
  afterAll(() => held.server.stop());
  return held;
}

/** A fresh order's context, with a key that no other has. */
export async function newContext(more: Partial<BeginContext> = {}): Promise<BeginContext> {
  const key = `test ${randomBytes(6).toString("hex")}`;
  return { key, workFolder: await newFolder(), signal: AbortSignal.timeout(20_000), ...more };
}

/** A folder that goes away after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kinora-contract-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A real PNG as an order's picture; noise makes it large, and different every time. */
export async function newPicture(
  options: { url?: string; noise?: boolean; side?: number } = {},
): Promise<MediaInput> {
  const { url, noise = false, side = noise ? 512 : 64 } = options;
  const pixels = noise ? randomBytes(side * side * 3) : Buffer.alloc(side * side * 3, 120);
  const bytes = await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
  return {
    mime: "image/png",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    width: side,
    height: side,
    url: async () => url,
    read: async () => bytes,
  };
}

/** Looks until the operation has ended. */
export async function lookUntilEnd(provider: Provider, operation: Operation): Promise<Looked> {
  const signal = AbortSignal.timeout(20_000);
  for (;;) {
    const looked = await provider.look(operation, signal);
    if (looked.state !== "running") return looked;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The AppError that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown = await promise.then(
    (value) => expect.fail(`expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw thrown;
  const error = thrown;
  expect(error.message).toMatch(/\w.*\.$|”$/);
  expect(error.action ?? "").not.toBe("");
  return error;
}

type PictureInput = Extract<Order, { capability: "generateImage" }>["input"];

/** An order of pictures: two red kites, unless told otherwise. */
export function pictureOrder(model: string, more: Partial<PictureInput> = {}): Order {
  const input = {
    prompt: "a red kite over dunes",
    ratio: "16:9" as const,
    count: 2,
    references: [],
    ...more,
  };
  return { capability: "generateImage", model, input };
}

/** Sends an order. A clear no is thrown, for tests to look at; what else is thrown must be an unknown end. */
export async function place(
  provider: Provider,
  order: Order,
  context: BeginContext,
): Promise<Exclude<Begun, { state: "declined" }>> {
  const send = await provider.prepare(order, context);
  const begun = await send().catch((error: unknown) => {
    expect(error).toMatchObject({ code: "answer_lost" });
    throw error;
  });
  if (begun.state !== "declined") return begun;
  expect(begun.error.code).not.toBe("answer_lost");
  throw begun.error;
}

/** Orders something slow, under a key of its own. */
export async function beginAt(
  provider: Provider,
  order: Order,
  more: Partial<BeginContext> = {},
): Promise<Operation> {
  const begun = await place(provider, order, await newContext(more));
  return begun.state === "accepted" ? begun.operation : expect.fail(`begun: ${begun.state}`);
}
