import { afterAll } from "vitest";
import { createDatabase } from "./database";
import { addTeam } from "./people";

/** A database for a test file, dropped after it, with two workspaces that must not see each other. */
export async function openTwoTeams() {
  const database = await createDatabase();
  afterAll(() => database.drop());
  const ours = await addTeam(database.db, "ours");
  return { database, ours, theirs: await addTeam(database.db, "theirs") };
}
