import { vi } from "vitest";

/** Imported before anything of the studio: from here on whatever a life of it does can break down. */

vi.mock("postgres", async (original) => {
  const { breakable } = await import("./postgres");
  const { default: connect } = await original<{ default: typeof import("postgres") }>();
  return { default: (...args: Parameters<typeof connect>) => breakable(connect(...args)) };
});

vi.mock("node:fs/promises", async (original) => {
  const { breakableFiles } = await import("./files");
  return breakableFiles(await original());
});

vi.mock("node:http", async (original) => {
  const { breakableHttp } = await import("./requests");
  return breakableHttp(await original());
});

vi.mock("@/lib/storage", async (original) => {
  const { breakableStorage } = await import("./storages");
  const real = await original<typeof import("@/lib/storage")>();
  return { ...real, storage: () => breakableStorage(real.storage()) };
});

vi.mock("@/lib/studio/survey", async (original) => {
  const { breakableSurvey } = await import("./surveys");
  const real = await original<typeof import("@/lib/studio/survey")>();
  return { ...real, surveyFile: breakableSurvey(real.surveyFile) };
});

/** Nobody waits here: what is waited for is given the time of a turn. */
vi.mock("node:timers/promises", async (original) => {
  const real = await original<typeof import("node:timers/promises")>();
  const soon: typeof real.setTimeout = (ms, ...rest) => real.setTimeout(Math.min(ms ?? 0, 1), ...rest);
  return { ...real, setTimeout: soon, default: { ...real, setTimeout: soon } };
});

/** Every picture of a provider is the same one: what is made of it need not be made again. */
vi.mock("../contract/media", async (original) => {
  const real = await original<typeof import("../contract/media")>();
  const first = new Map<string, Promise<Buffer>>();
  const makePicture: typeof real.makePicture = (order, index) => {
    const made = first.get(order.ratio) ?? real.makePicture(order, index);
    first.set(order.ratio, made);
    return made;
  };
  return { ...real, makePicture };
});
