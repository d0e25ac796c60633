import { describe, expect, it } from "vitest";
import { findSessionUser } from "@/lib/auth/queries";
import { listSessions, openSession, revokeSession, revokeSessions } from "@/lib/auth/sessions";
import { openAccounts, refused } from "../support/accounts";
import { addUser } from "../support/people";

const database = await openAccounts();

describe("sessions", () => {
  it("name the person until they are revoked", async () => {
    const user = await addUser(database.db, "Ada");
    const id = await openSession(
      user.id,
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    );
    expect(await findSessionUser(id)).toEqual({ id: user.id, name: "Ada", email: user.email });
    expect(await listSessions(user.id, id)).toMatchObject([
      { id, device: "Firefox on Linux", current: true },
    ]);
    await revokeSession(user.id, id);
    expect(await findSessionUser(id)).toBeNull();
    expect(await listSessions(user.id, id)).toEqual([]);
  });

  it("expire", async () => {
    const user = await addUser(database.db, "Ada");
    const id = await openSession(user.id, null);
    expect(await findSessionUser(id, new Date(Date.now() + 31 * 24 * 3_600_000))).toBeNull();
    expect(await findSessionUser("ses_nothing")).toBeNull();
  });

  it("of other people are not found", async () => {
    const [mine, yours] = [await addUser(database.db, "Ada"), await addUser(database.db, "Ada")];
    const id = await openSession(yours.id, null);
    await expect(revokeSession(mine.id, id)).rejects.toEqual(refused("not_found"));
    await revokeSessions(mine.id);
    expect(await findSessionUser(id)).not.toBeNull();
  });

  it("all end, or all but this one", async () => {
    const user = await addUser(database.db, "Ada");
    const ids = [
      await openSession(user.id, null),
      await openSession(user.id, null),
      await openSession(user.id, null),
    ];
    expect(await revokeSessions(user.id, ids[0])).toBe(2);
    expect(await Promise.all(ids.map((id) => findSessionUser(id)))).toEqual([expect.anything(), null, null]);
    expect(await revokeSessions(user.id)).toBe(1);
    expect(await findSessionUser(ids[0] ?? "")).toBeNull();
  });

  it("remember when they were last used", async () => {
    const user = await addUser(database.db, "Ada");
    const id = await openSession(user.id, null);
    const later = new Date(Date.now() + 10 * 60_000);
    await findSessionUser(id, later);
    expect((await listSessions(user.id, id))[0]?.lastSeenAt).toBe(later.toISOString());
  });
});
