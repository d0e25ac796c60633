import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALIASES, ENV_NAMES, type Env, EnvError, engineKind, parseEnv } from "./env";

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

describe("the environment", () => {
  it("may be empty", () => {
    expect(parseEnv({})).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", KINORA_HOME: ".kinora" });
  });

  it("treats an empty variable as unset", () => {
    const names = ENV_NAMES.filter((name) => name !== "NODE_ENV");
    expect(parseEnv(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(parseEnv({}));
  });

  it("takes older names, and prefers its own", () => {
    expect(parseEnv({ REPLICATE_API_KEY: "old" }).REPLICATE_API_TOKEN).toBe("old");
    const both = { REPLICATE_API_KEY: "old", REPLICATE_API_TOKEN: "own" };
    expect(parseEnv(both).REPLICATE_API_TOKEN).toBe("own");
  });

  it("lists every problem at once: wrong values, halves of pairs and contradictions", () => {
    const problems = problemsOf({
      PORT: "99999",
      KINORA_URL: "kinora.example",
      GITHUB_ID: "id",
      AUTH_OIDC_ISSUER: "https://id.example",
      AUTH_OIDC_TRUST_EMAIL: "perhaps",
      S3_ENDPOINT_URL: "https://s3.example",
      DATABASE_URL: "mysql://localhost/x",
      INNGEST_SIGNING_KEY: "key",
      AUTH_SECRET: "short",
      METRICS_TOKEN: "guessable",
    });
    for (const name of [
      "PORT",
      "KINORA_URL",
      "GITHUB_SECRET",
      "AUTH_OIDC_ID",
      "AUTH_OIDC_TRUST_EMAIL",
      "S3_BUCKET_NAME",
      "DATABASE_URL",
      "INNGEST_EVENT_KEY",
      "AUTH_SECRET",
      "METRICS_TOKEN",
    ]) {
      expect(problems.join("\n")).toContain(name);
    }
    expect(problems).toHaveLength(10);
  });

  it("never repeats a secret in a problem", () => {
    const secret = "s3cr3t-canary";
    const everything = Object.fromEntries(ENV_NAMES.map((name) => [name, secret]));
    expect(problemsOf(everything).join("\n")).not.toContain(secret);
  });

  it.each<[Partial<Record<keyof Env, string>>, string]>([
    [{}, "embedded"],
    [{ INNGEST_DEV: "0" }, "embedded"],
    [{ INNGEST_DEV: "1" }, "inngest"],
    [{ INNGEST_EVENT_KEY: "e", INNGEST_SIGNING_KEY: "s" }, "inngest"],
  ])("%j means the %s engine", (source, kind) => {
    expect(engineKind(parseEnv(source))).toBe(kind);
  });
});

describe("unusual values", () => {
  const home = homedir();
  it.each<[keyof Env, string, unknown]>([
    ["KINORA_URL", "HTTPS://Kinora.Example/", "https://kinora.example"],
    ["KINORA_URL", "https://kinora.example.:8443", "https://kinora.example:8443"],
    ["KINORA_URL", "https://kinora.example:443", "https://kinora.example"],
    ["KINORA_URL", "http://[fd00::1]:3000/", "http://[fd00::1]:3000"],
    ["KINORA_URL", "https://müller.example", "https://xn--mller-kva.example"],
    ["KINORA_URL", ' "https://kinora.example" ', "https://kinora.example"],
    ["KINORA_HOME", "~", home],
    ["KINORA_HOME", "~/kinora", join(home, "kinora")],
    ["KINORA_HOME", "$HOME/kinora", join(home, "kinora")],
    ["KINORA_HOME", "/srv/my kinora", "/srv/my kinora"],
    ["KINORA_HOME", "./~", "./~"],
    ["FFMPEG_BIN", "~/bin/ffmpeg", join(home, "bin/ffmpeg")],
    ["HOST", "[::1]", "::1"],
    ["HOST", "fe80::1%eth0", "fe80::1%eth0"],
    ["PORT", " 8080\r", 8080],
    ["S3_BUCKET_NAME", "s3://media/", "media"],
    ["DATABASE_URL", "psql 'postgres://u:p#w@h/db'", "postgres://u:p#w@h/db"],
    ["OPENAI_API_KEY", "'sk-1'", "sk-1"],
    ["OPENAI_API_KEY", '"', '"'],
  ])("%s=%s works", (name, value, meant) => {
    expect(parseEnv({ [name]: value })[name]).toBe(meant);
  });

  it("reads a first variable behind a byte order mark", () => {
    expect(parseEnv({ "\ufeffPORT": "8080" }).PORT).toBe(8080);
  });

  it("reads the address that NextAuth calls its own", () => {
    expect(parseEnv({ NEXTAUTH_URL: "https://kinora.example/api/auth" }).KINORA_URL).toBe(
      "https://kinora.example",
    );
  });

  it.each<[keyof Env, string, RegExp]>([
    ["KINORA_URL", "https://example.com/kinora", /host name of its own/],
    ["KINORA_URL", "https://example.com/?a=1", /end with the host/],
    ["KINORA_URL", "localhost:3000", /such as https/],
    ["KINORA_URL", "ftp://kinora.example", /such as https/],
    ["KINORA_URL", "https://me:canary@kinora.example", /user or password/],
    ["KINORA_HOME", "~ada/kinora", /written out/],
    ["KINORA_HOME", "file:///srv/kinora", /without file/],
    ["HOST", "http://0.0.0.0", /without http/],
    ["HOST", "0.0.0.0:3000", /PORT/],
    ["S3_BUCKET_NAME", "media/films", /name alone/],
    ["DATABASE_URL", "postgres://u:canary@h/x?schema=studio", /public/],
  ])("%s=%s is refused with the way to mend it", (name, value, said) => {
    const [problem = "", ...others] = problemsOf({ [name]: value });
    expect(problem).toMatch(said);
    expect(others).toEqual([]);
    expect(problem).not.toContain("canary");
  });

  it.skipIf(process.platform === "win32")("knows a path of Windows", () => {
    expect(problemsOf({ KINORA_HOME: "C:\\kinora" })).toEqual([expect.stringContaining("Windows")]);
  });
});

describe("what is written about the environment", () => {
  const names = ENV_NAMES.filter((name) => name !== "NODE_ENV");
  const example = readFileSync(".env.example", "utf8");
  const guide = readFileSync("docs/configuration.md", "utf8");

  it("in .env.example: every variable, once, unset, and no other", () => {
    const listed = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];
    expect(listed.map((match) => match[1]).sort()).toEqual([...names].sort());
    expect(listed.filter((match) => match[2] !== "")).toEqual([]);
  });

  it("in docs/configuration.md: a row for every variable, with its other names", () => {
    const rows = new Map(
      [...guide.matchAll(/^\| `([A-Z0-9_]+)` \|(.*)$/gm)].map((row) => [row[1], row[2] ?? ""]),
    );
    expect([...rows.keys()].sort()).toEqual([...names].sort());
    for (const [name, others] of Object.entries(ALIASES)) {
      for (const other of others) expect(rows.get(name), name).toContain(`\`${other}\``);
    }
  });
});
