import { afterAll, beforeAll, expect, it } from "vitest";
import { type Caller, studioCaller } from "@/lib/auth/caller";
import { createJob, listJobs } from "@/lib/jobs";
import { COMMAND_LINE } from "@/lib/jobs/schema";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam, type Team } from "../support/people";

let database: TestDatabase;
let team: Team;
beforeAll(async () => {
  database = await createDatabase();
  team = await addTeam(database.db, "history");
});
afterAll(() => database.drop());

async function order(caller: Caller, id: string, sample = false): Promise<void> {
  const job = {
    id,
    pipeline: "animated-picture" as const,
    title: id,
    input: {},
    plan: [],
    draft: true,
    sample,
  };
  await createJob(database.db, caller, { ...job, wait: null });
}

it("tells what a member ordered from what the command line did, and from the sample", async () => {
  await order(team.editor, "job_member");
  await order(studioCaller(team.workspaceId), "job_made");
  await order(studioCaller(team.workspaceId), "job_sample", true);
  const listed = async (memberId?: string) =>
    (await listJobs(team.viewer, { memberId })).jobs.map(({ id }) => id).sort();
  expect(await listed()).toEqual(["job_made", "job_member", "job_sample"]);
  expect(await listed(COMMAND_LINE)).toEqual(["job_made"]);
  expect(await listed(team.editor.userId)).toEqual(["job_member"]);
});
