import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findCaller, findSessionUser, hasUsers } from "@/lib/auth/queries";
import { openSession } from "@/lib/auth/sessions";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { changePassword, createFirstUser, createUser, renameUser } from "@/lib/auth/users";
import { schema } from "@/lib/db";
import { foundWorkspace } from "@/lib/workspaces";
import { keep, makeUser, openAccounts, PASSWORD, refused } from "../support/accounts";
import { addTeam, addUser } from "../support/people";

const database = await openAccounts();

describe("the first visitor", () => {
  it("becomes the owner, and of several at the same moment exactly one does", async () => {
    expect(await hasUsers()).toBe(false);
    const tries = await Promise.allSettled(
      [1, 2, 3, 4].map((n) =>
        createFirstUser(
          { name: `First ${n}`, email: `first${n}@example.com`, password: PASSWORD },
          (tx, user) => foundWorkspace(tx, user.id, `Studio ${n}`),
        ),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of tries) {
      if (result.status === "rejected") expect(result.reason).toEqual(refused("conflict"));
    }
    expect(await database.db.select().from(schema.user)).toHaveLength(1);
    expect(await database.db.select().from(schema.workspace)).toHaveLength(1);
    expect(await hasUsers()).toBe(true);
  });

  it("leaves no account behind when the workspace cannot be made", async () => {
    const email = "half@example.com";
    const broken = createUser({ name: "Half", email, password: PASSWORD }, async () => {
      throw new Error("disk on fire");
    });
    await expect(broken).rejects.toThrow("disk on fire");
    expect(await database.db.select().from(schema.user).where(eq(schema.user.email, email))).toEqual([]);
  });
});

describe("the account", () => {
  it("changes its password after a look at the old one, and ends the other sessions", async () => {
    const user = await makeUser();
    const here = await openSession(user.id, null);
    const elsewhere = await openSession(user.id, null);
    const password = "another long password";
    await expect(changePassword(user.id, here, { current: "wrong", password })).rejects.toMatchObject({
      code: "bad_input",
      fields: { current: expect.any(String) },
    });
    expect(await findSessionUser(elsewhere)).not.toBeNull();
    await changePassword(user.id, here, { current: PASSWORD, password });
    expect(await findSessionUser(here)).not.toBeNull();
    expect(await findSessionUser(elsewhere)).toBeNull();
    await expect(signInWithPassword({ email: user.email, password }, "192.0.2.1")).resolves.toBeTruthy();
    await expect(
      signInWithPassword({ email: user.email, password: PASSWORD }, "192.0.2.1"),
    ).rejects.toBeTruthy();
  });

  it("is one per e-mail", async () => {
    const user = await makeUser();
    await expect(
      createUser({ name: "Twin", email: user.email, password: PASSWORD }, keep),
    ).rejects.toMatchObject({
      code: "conflict",
      fields: { email: expect.any(String) },
    });
    await renameUser(user.id, "Countess");
    expect((await signInWithPassword({ email: user.email, password: PASSWORD }, "x")).name).toBe("Countess");
  });
});

describe("a caller", () => {
  it("is a member with a role; everybody else finds nothing", async () => {
    const team = await addTeam(database.db, "callers");
    const stranger = await addUser(database.db, "Stranger");
    const editor = { id: team.editor.userId, name: "Edgar", email: "edgar@example.com" };
    expect(await findCaller(editor, "callers")).toMatchObject({
      workspaceId: team.workspaceId,
      userId: editor.id,
      role: "editor",
      workspace: { slug: "callers" },
    });
    expect(await findCaller(stranger, "callers")).toBeNull();
    expect(await findCaller(editor, "no-such-workspace")).toBeNull();
  });
});
