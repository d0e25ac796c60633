import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam, type Team } from "../support/people";

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createDatabase();
  team = await addTeam(database.db, "plans");
  await database.sql`
    insert into asset (id, workspace_id, kind, role, filename, mime, bytes, sha256, storage_key, created_at)
    select 'asset_' || n, ${team.workspaceId}, 'picture', 'still', 'a.png', 'image/png', 1, '', '',
      now() - n * interval '1 minute'
    from generate_series(1, 20000) n`;
  await database.sql`
    insert into job (id, workspace_id, pipeline, title, input, state, created_at)
    select 'job_' || n, ${team.workspaceId}, 'animated-picture', 't', '{}', 'completed',
      now() - n * interval '1 minute'
    from generate_series(1, 20000) n`;
  await database.sql`analyze`;
});
afterAll(() => database.drop());

it.each([
  ["asset", "deleted_at is null"],
  ["asset", "deleted_at is null and kind = 'picture'"],
  ["asset", "deleted_at is null and not draft"],
  ["job", "true"],
  ["job", "state = 'completed'"],
  ["job", "pipeline = 'animated-picture'"],
])("reads the newest of %s where %s from an index, without sorting", async (table, where) => {
  const rows = await database.sql.unsafe(
    `explain select * from ${table} where workspace_id = $1 and ${where} order by created_at desc, id desc limit 41`,
    [team.workspaceId],
  );
  const plan = rows.map((row) => String(row["QUERY PLAN"])).join("\n");
  expect(plan).toContain("Index Scan Backward");
  expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
});
