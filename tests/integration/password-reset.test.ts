import { eq } from "drizzle-orm";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findReset, findSessionUser, resetMember, resetPassword } from "@/lib/auth";
import { resetByEmail } from "@/lib/auth/resets";
import { openSession } from "@/lib/auth/sessions";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { schema } from "@/lib/db";
import { sha256 } from "@/lib/ids";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam, type Team } from "../support/people";

const PASSWORD = "a new password to remember";
const HERE = "192.0.2.1";
let base: TestDatabase;
let team: Team;
let other: Team;
let teams = 0;
beforeAll(async () => {
  base = await createDatabase();
});
afterAll(() => base.drop());
beforeEach(async () => {
  teams += 1;
  team = await addTeam(base.db, `here-${teams}`);
  other = await addTeam(base.db, `there-${teams}`);
});

const emailOf = async (id: string) => {
  const [row] = await base.db.select().from(schema.user).where(eq(schema.user.id, id));
  return row?.email ?? "";
};
const join = (userId: string, workspaceId: string, role: "owner" | "viewer" = "viewer") =>
  base.db.insert(schema.member).values({ userId, workspaceId, role });

describe("an owner's link", () => {
  it("sets the password once, and signs every browser out", async () => {
    const { userId } = team.editor;
    const email = await emailOf(userId);
    const session = await openSession(userId, "a browser");
    const token = await resetMember(team.owner, userId);
    const [row] = await base.db.select().from(schema.passwordReset);
    expect(row?.tokenHash).toBe(sha256(token));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await findReset(token)).toMatchObject({ id: userId, email });
    expect(await findSessionUser(session)).not.toBeNull();

    await resetPassword({ token, password: PASSWORD }, HERE);
    expect(await findSessionUser(session)).toBeNull();
    expect(await signInWithPassword({ email, password: PASSWORD }, HERE)).toMatchObject({ id: userId });
    expect(await findReset(token)).toBeNull();
    await expect(resetPassword({ token, password: "another password" }, HERE)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is used by one of two who press at the same moment", async () => {
    const token = await resetMember(team.owner, team.viewer.userId);
    const both = await Promise.allSettled(
      ["the first password", "the second password"].map((password) =>
        resetPassword({ token, password }, HERE),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("works for a day, and only the newest", async () => {
    const old = await resetMember(team.owner, team.editor.userId);
    const token = await resetMember(team.owner, team.editor.userId);
    expect(await findReset(old)).toBeNull();
    const passHours = (count: number) =>
      base.sql`update password_reset set expires_at = expires_at - make_interval(hours => ${count})`;
    await passHours(23);
    expect(await findReset(token)).not.toBeNull();
    await passHours(2);
    expect(await findReset(token)).toBeNull();
    await expect(resetPassword({ token, password: PASSWORD }, HERE)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is for owners, and for members of their own workspaces alone", async () => {
    await expect(resetMember(team.editor, team.viewer.userId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(resetMember(team.owner, other.viewer.userId)).rejects.toMatchObject({ code: "not_found" });
    await join(team.editor.userId, other.workspaceId);
    await expect(resetMember(team.owner, team.editor.userId)).rejects.toMatchObject({
      code: "forbidden",
      action: expect.stringContaining("npm run reset-password"),
    });
    await join(team.owner.userId, other.workspaceId, "owner");
    expect(await resetMember(team.owner, team.editor.userId)).toBeTruthy();
  });

  it("opens no workspace that its reader joined meanwhile", async () => {
    const token = await resetMember(team.owner, team.viewer.userId);
    await join(team.viewer.userId, other.workspaceId, "owner");
    expect(await findReset(token)).toBeNull();
    await expect(resetPassword({ token, password: PASSWORD }, HERE)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("takes no e-mail for a password, and stays", async () => {
    const token = await resetMember(team.owner, team.editor.userId);
    const email = await emailOf(team.editor.userId);
    await expect(resetPassword({ token, password: email }, HERE)).rejects.toMatchObject({
      fields: { password: expect.any(String) },
    });
    expect(await findReset(token)).not.toBeNull();
  });
});

it("lets nobody guess for long", async () => {
  const guess = () => resetPassword({ token: "guessed", password: PASSWORD }, "198.51.100.7");
  for (let n = 0; n < 40; n++) await expect(guess()).rejects.toMatchObject({ code: "not_found" });
  await expect(guess()).rejects.toMatchObject({ code: "throttled" });
});

describe("the command", () => {
  const run = (email: string) =>
    execa(process.execPath, ["--import", "tsx", "bin/reset-password.ts", email], {
      env: { DATABASE_URL: base.url, KINORA_HOME: base.home, KINORA_URL: "https://kinora.example" },
      reject: false,
    });

  it("prints a link that works, whatever the person is in", async () => {
    await join(team.owner.userId, other.workspaceId);
    const { stdout, exitCode } = await run((await emailOf(team.owner.userId)).toUpperCase());
    expect(exitCode).toBe(0);
    const token = /https:\/\/kinora\.example\/reset\/([\w-]{43})/.exec(stdout)?.[1] ?? "";
    expect(await findReset(token)).toMatchObject({ id: team.owner.userId });
  });

  it("says when there is no such account, or none was named", async () => {
    await expect(resetByEmail("nobody@example.com")).rejects.toMatchObject({ code: "not_found" });
    const { stderr, exitCode } = await run("");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("npm run reset-password")]);
  });
});
