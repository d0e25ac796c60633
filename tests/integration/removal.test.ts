import { describe, expect, it } from "vitest";
import { findSessionUser } from "@/lib/auth/queries";
import { openSession } from "@/lib/auth/sessions";
import {
  acceptInvitation,
  changeRole,
  createInvitation,
  leaveWorkspace,
  removeMember,
} from "@/lib/workspaces";
import { addMember, addUser } from "../support/people";
import { openTwoTeams } from "../support/two-teams";

const { database, ours, theirs } = await openTwoTeams();
const refused = (code: string) => expect.objectContaining({ name: "AppError", code });

describe("whoever was put out", () => {
  it("does not come back by a link of their own or of another, under any name", async () => {
    const second = await addMember(database.db, ours.workspaceId, "owner", "Sam");
    const own = await createInvitation(second, "editor");
    const old = await createInvitation(ours.owner, "viewer");
    await removeMember(ours.owner, second.userId);
    const disguised = await addUser(database.db, "Disguised");
    for (const { token } of [own, old]) {
      await expect(acceptInvitation(token, second.userId)).rejects.toEqual(refused("not_found"));
      await expect(acceptInvitation(token, disguised.id)).rejects.toEqual(refused("not_found"));
    }
    const fresh = await createInvitation(ours.owner, "viewer");
    await expect(acceptInvitation(fresh.token, second.userId)).resolves.toMatchObject({ slug: "ours" });
  });

  it("makes no new link with the rights they had a moment ago", async () => {
    const second = await addMember(database.db, ours.workspaceId, "owner", "Sam");
    await changeRole(ours.owner, second.userId, "viewer");
    await expect(createInvitation(second, "editor")).rejects.toEqual(refused("forbidden"));
  });

  it("does not leave and come back with a role taken from them", async () => {
    const editor = await addMember(database.db, ours.workspaceId, "editor", "Sam");
    const link = await createInvitation(ours.owner, "editor");
    await changeRole(ours.owner, editor.userId, "viewer");
    await leaveWorkspace({ ...editor, role: "viewer" });
    await expect(acceptInvitation(link.token, editor.userId)).rejects.toEqual(refused("not_found"));
  });

  it("is signed out where no workspace is left to them; links of other teams stay", async () => {
    const editor = await addMember(database.db, ours.workspaceId, "editor", "Sam");
    const session = await openSession(editor.userId, null);
    const foreign = await createInvitation(theirs.owner, "viewer");
    await removeMember(ours.owner, editor.userId);
    expect(await findSessionUser(session)).toBeNull();
    await expect(acceptInvitation(foreign.token, editor.userId)).resolves.toMatchObject({ slug: "theirs" });
  });
});
