import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

/** A database as it was before steps had subjects, brought up to date by that migration alone. */
const name = `subjects_${process.pid}`;
const url = new URL(inject("postgresUrl"));
const admin = postgres(url.toString(), { max: 1 });
let sql: postgres.Sql;

const migration = async (tag: string) =>
  (await readFile(`drizzle/migrations/${tag}.sql`, "utf8")).split("--> statement-breakpoint");

beforeAll(async () => {
  await admin.unsafe(`create database ${name}`);
  url.pathname = `/${name}`;
  sql = postgres(url.toString(), { max: 1 });
  const journal = JSON.parse(await readFile("drizzle/migrations/meta/_journal.json", "utf8"));
  for (const { tag } of journal.entries as { tag: string }[]) {
    if (tag.endsWith("step_subjects")) break;
    for (const statement of await migration(tag)) await sql.unsafe(statement);
  }
});
afterAll(async () => {
  await sql.end();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

describe("jobs made before steps had subjects", () => {
  it("keep their results, their plans and what they wait for", async () => {
    const plan = [
      { label: "make the stills", model: "draft:storyboard", lowMicros: 0, highMicros: 0 },
      { label: "read still 1", model: "draft:measure", lowMicros: 0, highMicros: 0 },
      { label: "choose a still", model: null, lowMicros: 0, highMicros: 0 },
    ];
    const wait = { kind: "choice", label: "choose a still", options: ["asset_1"] };
    const ask = { capability: "analyseImage", input: { assetId: "asset_1" } };
    await sql`insert into workspace (id, slug, name) values ('ws_1', 'w', 'W')`;
    await sql`insert into job (id, workspace_id, pipeline, title, input, state, wait, plan) values
      ('job_1', 'ws_1', 'animated-picture', 't', ${sql.json({ animate: false })}, 'waiting', ${sql.json(wait)},
        ${sql.json(plan)})`;
    await sql`insert into job_step (job_id, label, key, position, run, state, result) values
      ('job_1', 'make the stills', 'k0', 0, 1, 'completed', '{}'),
      ('job_1', 'read still 1', 'k1', 1, 1, 'completed', '{"tags":[]}')`;
    await sql`insert into generation (id, workspace_id, job_id, step_label, step_key, part, number, key, capability,
        provider, model, input, state, held_micros) values
      ('gen_1', 'ws_1', 'job_1', 'read still 1', 'k1', 0, 0, 'g1', 'analyseImage', 'draft', 'draft:measure',
        ${sql.json(ask)}, 'succeeded', 0)`;

    for (const statement of await migration("0011_step_subjects")) await sql.unsafe(statement);

    const steps = await sql`select name, subject, key, result from job_step order by position`;
    expect(steps).toEqual([
      { name: "make the stills", subject: "", key: "k0", result: {} },
      { name: "read the still", subject: "asset_1", key: "k1", result: { tags: [] } },
    ]);
    const [order] = await sql`select step_name, subject from generation`;
    expect(order).toEqual({ step_name: "read the still", subject: "asset_1" });
    const [job] = await sql`select plan, wait from job`;
    expect(job?.wait).toEqual({ kind: "choice", name: "choose a still", subject: "", options: ["asset_1"] });
    expect(job?.plan).toMatchObject([
      { name: "make the stills", subject: "", title: "", kind: "order", key: "" },
      { name: "read the still", subject: "asset_1", title: "still 1", kind: "order" },
      { name: "choose a still", kind: "gate", from: { name: "make the stills", subject: "" } },
    ]);
  });
});
