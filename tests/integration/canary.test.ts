import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { schema } from "@/lib/db";
import { type ContractServer, startContractServer } from "../contract";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";
import { setEnv } from "../support/studio";

/** No secret is ever in a log: every one of them is a canary here, and everything that is printed is searched. */
const canary = () => randomBytes(20).toString("hex");
const canaries = Object.fromEntries(
  [
    ...[
      "METRICS_TOKEN",
      "AUTH_SECRET",
      "SETUP_CODE",
      "GITHUB_SECRET",
      "GOOGLE_SECRET",
      "AUTH_OIDC_SECRET",
      "S3_SECRET_ACCESS_KEY",
    ],
    ...["REPLICATE_API_TOKEN", "REPLICATE_WEBHOOK_SECRET", "OPENAI_API_KEY", "LEONARDO_API_KEY"],
    "DATABASE_PASSWORD",
  ].map((name) => [name, canary()]),
);

// Four programs are started, one after the other; a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000 });

let base: TestDatabase;
let contract: ContractServer;
let brokenS3: Server;
let childEnv: NodeJS.ProcessEnv;
beforeAll(async () => {
  base = await createDatabase();
  contract = await startContractServer({ secondsToMake: 0.1, webhooks: "never" });
  // Refuses everything, and repeats what it was sent, as a chatty store would.
  brokenS3 = createServer((request, response) => {
    response.writeHead(403, { "content-type": "application/xml" });
    response.end(
      `<Error><Code>SignatureDoesNotMatch</Code><Message>${canaries.S3_SECRET_ACCESS_KEY} ${request.headers.authorization}</Message></Error>`,
    );
  }).listen(0, "127.0.0.1");
  await once(brokenS3, "listening");
  const role = `canary_${canary().slice(0, 8)}`;
  await base.sql.unsafe(`create role ${role} superuser login password '${canaries.DATABASE_PASSWORD}'`);
  const url = new URL(base.url);
  url.username = role;
  url.password = canaries.DATABASE_PASSWORD ?? "";
  const { DATABASE_PASSWORD: _, ...secrets } = canaries;
  childEnv = {
    ...process.env,
    ...contract.env,
    ...secrets,
    REPLICATE_WEBHOOK_SECRET: `whsec_${Buffer.from(canaries.REPLICATE_WEBHOOK_SECRET ?? "").toString("base64")}`,
    DATABASE_URL: url.href,
    KINORA_HOME: base.home,
    LOG_LEVEL: "trace",
    GITHUB_ID: "github",
    GOOGLE_ID: "google",
    AUTH_OIDC_ISSUER: "http://127.0.0.1:9",
    AUTH_OIDC_ID: "kinora",
    S3_ENDPOINT_URL: `http://127.0.0.1:${(brokenS3.address() as AddressInfo).port}`,
    S3_BUCKET_NAME: "canaries",
    S3_REGION: "us-east-1",
    S3_ACCESS_KEY_ID: "access",
  };
  setEnv({ ...contract.env });
});
afterAll(async () => {
  brokenS3.closeAllConnections();
  brokenS3.close();
  await contract.stop();
  await base.drop();
});

function run(program: string, extra: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { ...childEnv, ...extra },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const take = (chunk: Buffer) => {
    printed += chunk;
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = once(child, "close");
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  return { printed: () => printed, ended, stop: () => child.kill("SIGTERM") };
}

function secretsIn(printed: string): string[] {
  return Object.entries(canaries).flatMap(([name, value]) => {
    const forms = [
      value,
      Buffer.from(value).toString("base64").replace(/=+$/, ""),
      encodeURIComponent(value),
    ];
    return forms.some((form) => printed.includes(form)) ? [name] : [];
  });
}

it("would notice", () => {
  expect(secretsIn(`a line with ${canaries.OPENAI_API_KEY} in it`)).toEqual(["OPENAI_API_KEY"]);
});

it("prints none while jobs fail at a provider that repeats the key, and at a store that does", async () => {
  const { owner } = await addTeam(base.db, "canaries");
  const { submitJob } = await import("@/inngest");
  const body = { title: "Unauthenticated", detail: `Bad token ${canaries.REPLICATE_API_TOKEN}`, status: 401 };
  contract.script({ provider: "replicate", answer: { status: 401, body } });
  const worker = run("bin/worker.ts");
  const order = (imageModel: string) =>
    submitJob(owner, {
      pipeline: "animated-picture",
      input: { prompt: "a lighthouse", count: 1, animate: false, imageModel },
    });
  const refused = await order("replicate:black-forest-labs/flux-schnell");
  const unstored = await order("draft:storyboard");
  const stepsOf = (id: string) => base.db.select().from(schema.jobStep).where(eq(schema.jobStep.jobId, id));
  await expect
    .poll(async () => (await stepsOf(refused.id)).map((step) => step.error?.code), { timeout: 90_000 })
    .toEqual(["provider_auth"]);
  await expect
    .poll(async () => (await stepsOf(unstored.id)).some((step) => step.attempts > 0), { timeout: 90_000 })
    .toBe(true);
  worker.stop();
  await worker.ended;
  const printed = worker.printed();
  expect(secretsIn(printed)).toEqual([]);
  for (const id of [refused.id, unstored.id]) expect(printed).toContain(`"job":"${id}"`);
  expect(printed).toContain('"step":"make the stills"');
  // What people see of it is kept in rows.
  expect(secretsIn(JSON.stringify([await stepsOf(refused.id), await stepsOf(unstored.id)]))).toEqual([]);
  expect(printed).toContain('"provider":"replicate"');
});

it("prints none at the doors: forged webhooks, wrong tokens, a sick store, a careless line", async () => {
  const doors = run("tests/support/canary-doors.ts");
  await doors.ended;
  const printed = doors.printed();
  expect(printed).toContain('{"statuses":[403,401,200,503]}');
  expect(printed).toContain("[secret]");
  expect(secretsIn(printed)).toEqual([]);
});

it("prints none when the database refuses the password or is not there", async () => {
  const wrong = new URL(base.url);
  wrong.username = "nobody";
  wrong.password = canaries.DATABASE_PASSWORD ?? "";
  const away = new URL(wrong);
  away.port = "9";
  for (const url of [wrong, away]) {
    const worker = run("bin/worker.ts", { DATABASE_URL: url.href });
    await expect.poll(() => worker.printed().length, { timeout: 60_000 }).toBeGreaterThan(40);
    worker.stop();
    await worker.ended;
    expect(secretsIn(worker.printed())).toEqual([]);
  }
});
