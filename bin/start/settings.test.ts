import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { canConnect } from "./children";
import { isLocal, localUrl, reachNote, summarise } from "./settings";

describe("the app", () => {
  it.each([
    [{}, true],
    [{ HOST: "localhost" }, true],
    [{ HOST: "::1" }, true],
    [{ HOST: "0.0.0.0" }, false],
    [{ HOST: "192.168.1.7" }, false],
    [{ KINORA_URL: "https://kinora.example" }, false],
    [{ KINORA_URL: "http://127.0.0.1:3000" }, true],
  ])("with %j is on localhost: %s", (source, local) => {
    expect(isLocal(parseEnv(source))).toBe(local);
  });

  it.each([
    [{}, "http://127.0.0.1:3000"],
    [{ HOST: "0.0.0.0", PORT: "80" }, "http://127.0.0.1:80"],
    [{ HOST: "::1" }, "http://[::1]:3000"],
    [{ HOST: "192.168.1.7" }, "http://192.168.1.7:3000"],
  ])("with %j is reached from here at %s", (source, url) => {
    expect(localUrl(parseEnv(source))).toBe(url);
  });

  it.each([
    [{}, undefined],
    [{ KINORA_URL: "https://kinora.example", HOST: "0.0.0.0" }, undefined],
    [{ KINORA_URL: "https://studio.tail1.ts.net" }, "studio.tail1.ts.net"],
    [{ KINORA_URL: "http://nas.lan:3000", HOST: "0.0.0.0" }, "nas.lan"],
    [{ HOST: "192.168.1.7", KINORA_URL: "https://192.168.1.7" }, "192.168.1.7"],
  ])("with %j says what providers cannot do: %s", (source, host) => {
    const note = reachNote(parseEnv(source));
    if (host === undefined) expect(note).toBeUndefined();
    else for (const word of [host, "webhooks", "pictures", "links"]) expect(note).toContain(word);
  });

  it("is summarised without a secret", () => {
    const summary = summarise(
      parseEnv({ OPENAI_API_KEY: "sk-canary", S3_BUCKET_NAME: "films", INNGEST_DEV: "1" }),
    );
    expect(summary).toBe("Inngest · media in S3 · models: draft, OpenAI");
  });
});

describe("an Inngest worker", () => {
  it.each([
    ["20.20.2", false],
    ["22.3.0", false],
    ["22.4.0", true],
    ["24.1.0", true],
  ])("on Node %s can connect: %s", (version, can) => {
    expect(canConnect(version)).toBe(can);
  });
});
