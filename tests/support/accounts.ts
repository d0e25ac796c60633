import { afterAll, beforeEach, expect } from "vitest";
import { countAttempt, type Subject } from "@/lib/auth/throttle";
import { createUser } from "@/lib/auth/users";
import { schema } from "@/lib/db";
import { createDatabase, type TestDatabase } from "./database";

export const PASSWORD = "correct horse battery";

/** A database for a test file, dropped after it; every test begins with no sign-in attempt counted. */
export async function openAccounts(): Promise<TestDatabase> {
  const database = await createDatabase();
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.db.delete(schema.signInAttempt);
  });
  return database;
}

export const refused = (code: string) => expect.objectContaining({ name: "AppError", code });

/** What `createUser` does with a new user where there is nothing more to do. */
export const keep = async (_tx: unknown, user: { id: string; email: string; name: string }) => user;

let people = 0;

/** An account with `PASSWORD` and an e-mail of its own. */
export const makeUser = () =>
  createUser({ name: "Ada", email: `ada${++people}@example.com`, password: PASSWORD }, keep);

export async function spend(subjects: Subject[], times: number): Promise<void> {
  for (let n = 0; n < times; n++) await countAttempt(subjects);
}
