import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findSignInWays } from "@/lib/auth/queries";
import { type Admit, findLinkedUser, signInWithIdentity, signInWithPassword } from "@/lib/auth/sign-in";
import { schema } from "@/lib/db";
import { acceptInvitation, createInvitation, listWorkspaces } from "@/lib/workspaces";
import { makeUser, openAccounts, PASSWORD, refused } from "../support/accounts";
import { addTeam, addUser } from "../support/people";

const database = await openAccounts();

describe("signing in with a password", () => {
  it("knows the right one", async () => {
    const { id, email } = await makeUser();
    expect(await signInWithPassword({ email, password: PASSWORD }, "192.0.2.1")).toMatchObject({ id, email });
  });

  it("says the same of a wrong password, an unknown e-mail and an account without password", async () => {
    const { email } = await makeUser();
    const noPassword = await addUser(database.db, "Oauth");
    const said = await Promise.all(
      [email, "nobody@example.com", noPassword.email].map((address) =>
        signInWithPassword({ email: address, password: "wrong" }, "192.0.2.1").catch((error) => ({
          code: error.code,
          message: error.message,
          action: error.action,
        })),
      ),
    );
    expect(said[0]).toMatchObject({ code: "bad_input" });
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });

  it("makes an old hash stronger in passing", async () => {
    const { id, email } = await makeUser();
    const { scryptSync } = await import("node:crypto");
    const salt = Buffer.from("0123456789abcdef");
    const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
    const weak = `$scrypt$ln=10,r=8,p=1$${salt.toString("base64")}$${key.toString("base64")}`;
    await database.db.update(schema.user).set({ passwordHash: weak }).where(eq(schema.user.id, id));
    await signInWithPassword({ email, password: PASSWORD }, "192.0.2.1");
    const [row] = await database.db.select().from(schema.user).where(eq(schema.user.id, id));
    expect(row?.passwordHash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    await expect(signInWithPassword({ email, password: PASSWORD }, "192.0.2.1")).resolves.toMatchObject({
      id,
    });
  });
});

describe("signing in with an identity provider", () => {
  const identity = (accountId: string, email: string | null) => ({
    provider: "github",
    accountId,
    name: "Grace",
    email,
  });
  const listUsers = (email: string) =>
    database.db.select().from(schema.user).where(eq(schema.user.email, email));

  it("takes no account over that a password opens; whoever is signed in to it connects it", async () => {
    const user = await makeUser();
    expect(await signInWithIdentity(identity("1", user.email.toUpperCase()), {})).toBe("has_password");
    expect(await findSignInWays(user.id)).toEqual({ password: true, providers: [] });
    const connected = await signInWithIdentity(identity("1", "elsewhere@example.com"), { connect: user });
    expect(connected).toMatchObject({ id: user.id });
    expect(await signInWithIdentity(identity("1", "moved@example.com"), {})).toMatchObject({ id: user.id });
    expect(await findLinkedUser("github", "1")).toMatchObject({ id: user.id });
    expect(await findLinkedUser("google", "1")).toBeNull();
    expect(await findSignInWays(user.id)).toEqual({ password: true, providers: ["github"] });
    expect(await signInWithIdentity(identity("1", null), { connect: await makeUser() })).toBe(
      "linked_elsewhere",
    );
  });

  it("links to an account without a password that has the same verified e-mail", async () => {
    const user = await addUser(database.db, "Oauth");
    expect(await signInWithIdentity(identity("2", user.email.toUpperCase()), {})).toMatchObject({
      id: user.id,
    });
    expect(await findSignInWays(user.id)).toEqual({ password: false, providers: ["github"] });
  });

  it("lets nobody else in", async () => {
    expect(await signInWithIdentity(identity("3", "stranger@example.com"), {})).toBe("no_account");
    expect(await signInWithIdentity(identity("4", null), { admit: async () => undefined })).toBe(
      "email_unverified",
    );
    expect(await listUsers("stranger@example.com")).toEqual([]);
  });

  it("makes an account for the invited, with their membership or not at all", async () => {
    const team = await addTeam(database.db, "invited");
    const { token } = await createInvitation(team.owner, "viewer");
    const admit = (link: string): Admit => {
      return async (tx, user) => {
        await acceptInvitation(link, user.id, tx);
      };
    };
    const late = identity("5", "late@example.com");
    await expect(signInWithIdentity(late, { admit: admit("no such link") })).rejects.toEqual(
      refused("not_found"),
    );
    expect(await listUsers("late@example.com")).toEqual([]);
    expect(await signInWithIdentity(late, { admit: admit(token) })).toMatchObject({ name: "Grace" });
    const [joined] = await listUsers("late@example.com");
    expect(await listWorkspaces(joined?.id ?? "")).toMatchObject([{ slug: "invited", role: "viewer" }]);
  });
});
