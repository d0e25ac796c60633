import { describe, expect, it } from "vitest";
import type { Caller } from "@/lib/auth/caller";
import { schema } from "@/lib/db";
import {
  acceptInvitation,
  changeRole,
  chooseModel,
  createInvitation,
  createWorkspace,
  findInvitation,
  getCaps,
  getModelChoices,
  leaveWorkspace,
  listInvitations,
  listMembers,
  listWorkspaces,
  removeMember,
  renameWorkspace,
  revokeInvitation,
  setCaps,
} from "@/lib/workspaces";
import { addMember, addTeam, addUser } from "../support/people";
import { openTwoTeams } from "../support/two-teams";

const { database, ours, theirs } = await openTwoTeams();

const refused = (code: string) => expect.objectContaining({ name: "AppError", code });
const names = async (caller: Caller) => (await listMembers(caller)).map(({ name }) => name);

describe("workspaces", () => {
  it("are listed for their members alone", async () => {
    expect(await listWorkspaces(ours.viewer.userId)).toEqual([
      { id: ours.workspaceId, slug: "ours", name: "ours", role: "viewer" },
    ]);
  });

  it("get an address of their own when the name is taken", async () => {
    const made = await Promise.all([1, 2, 3].map(() => createWorkspace(ours.owner.userId, "Light & Shadow")));
    expect(made.map(({ slug }) => slug).sort()).toEqual(["light-shadow", "light-shadow-2", "light-shadow-3"]);
    expect(made.every(({ role }) => role === "owner")).toBe(true);
  });

  it("are opened by owners only", async () => {
    await expect(createWorkspace(ours.editor.userId, "Mine")).rejects.toEqual(refused("forbidden"));
    const nobody = await addUser(database.db, "Nobody");
    await expect(createWorkspace(nobody.id, "Mine")).rejects.toEqual(refused("forbidden"));
  });

  it("are renamed by owners, and only their own", async () => {
    await expect(renameWorkspace(ours.editor, "No")).rejects.toEqual(refused("forbidden"));
    await renameWorkspace(theirs.owner, "Theirs, renamed");
    expect((await listWorkspaces(ours.owner.userId)).map(({ name }) => name)).not.toContain(
      "Theirs, renamed",
    );
    expect((await listWorkspaces(theirs.owner.userId))[0]).toMatchObject({
      name: "Theirs, renamed",
      slug: "theirs",
    });
  });
});

describe("members", () => {
  it("are those of the caller's workspace", async () => {
    expect((await listMembers(ours.viewer)).map(({ id }) => id)).not.toContain(theirs.owner.userId);
    expect(await names(ours.viewer)).toEqual(["Edgar", "Olive", "Vera"]);
  });

  it("of another workspace are not found", async () => {
    const them = theirs.viewer.userId;
    await expect(changeRole(ours.owner, them, "owner")).rejects.toEqual(refused("not_found"));
    await expect(removeMember(ours.owner, them)).rejects.toEqual(refused("not_found"));
    await expect(leaveWorkspace({ ...ours.viewer, userId: them })).rejects.toEqual(refused("not_found"));
    expect(await names(theirs.owner)).toHaveLength(3);
  });

  it("are changed and removed by owners only", async () => {
    for (const caller of [ours.editor, ours.viewer]) {
      await expect(changeRole(caller, caller.userId, "owner")).rejects.toEqual(refused("forbidden"));
      await expect(removeMember(caller, ours.owner.userId)).rejects.toEqual(refused("forbidden"));
    }
  });

  it("keep one owner at least", async () => {
    const { userId } = ours.owner;
    await expect(changeRole(ours.owner, userId, "editor")).rejects.toEqual(refused("conflict"));
    await expect(removeMember(ours.owner, userId)).rejects.toEqual(refused("conflict"));
    await expect(leaveWorkspace(ours.owner)).rejects.toEqual(refused("conflict"));
    expect((await listMembers(ours.owner)).find(({ id }) => id === userId)?.role).toBe("owner");
  });

  it("keep one owner when two demote each other at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const team = await addTeam(database.db, `duel-${round}`);
      const second = await addMember(database.db, team.workspaceId, "owner", "Otto");
      const results = await Promise.allSettled([
        changeRole(team.owner, second.userId, "viewer"),
        changeRole(second, team.owner.userId, "viewer"),
      ]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect((await listMembers(team.viewer)).filter(({ role }) => role === "owner")).toHaveLength(1);
    }
  });

  it("leave", async () => {
    const guest = await addMember(database.db, ours.workspaceId, "viewer", "Gast");
    await leaveWorkspace(guest);
    expect(await listWorkspaces(guest.userId)).toEqual([]);
  });
});

describe("invitations", () => {
  it("let people in with their role, once each, and count them", async () => {
    const { token } = await createInvitation(ours.owner, "editor");
    expect(await findInvitation(token)).toEqual({
      workspace: { name: "ours", slug: "ours" },
      role: "editor",
      invitedBy: "Olive",
    });
    const guest = await addUser(database.db, "Gina");
    expect(await acceptInvitation(token, guest.id)).toEqual({ slug: "ours" });
    await acceptInvitation(token, guest.id);
    expect((await listMembers(ours.owner)).find(({ id }) => id === guest.id)?.role).toBe("editor");
    expect((await listInvitations(ours.owner))[0]?.uses).toBe(1);
  });

  it("never change the role of a member", async () => {
    const { token } = await createInvitation(ours.owner, "viewer");
    await acceptInvitation(token, ours.owner.userId);
    expect((await listMembers(ours.owner)).find(({ id }) => id === ours.owner.userId)?.role).toBe("owner");
  });

  it("keep no token in the database", async () => {
    const { id, token } = await createInvitation(ours.owner, "viewer");
    const rows = await database.db.select().from(schema.invitation);
    expect(rows.find((row) => row.id === id)?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("end when they expire or are withdrawn", async () => {
    const guest = await addUser(database.db, "Gil");
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    const old = await createInvitation(ours.owner, "viewer", eightDaysAgo);
    const withdrawn = await createInvitation(ours.owner, "viewer");
    await revokeInvitation(ours.owner, withdrawn.id);
    for (const { token, id } of [old, withdrawn]) {
      expect(await findInvitation(token)).toBeNull();
      await expect(acceptInvitation(token, guest.id)).rejects.toEqual(refused("not_found"));
      expect((await listInvitations(ours.owner)).map((row) => row.id)).not.toContain(id);
    }
    expect(await findInvitation("no such token")).toBeNull();
    expect(await listWorkspaces(guest.id)).toEqual([]);
  });

  it("are made, seen and withdrawn by owners only", async () => {
    const { id } = await createInvitation(ours.owner, "viewer");
    for (const caller of [ours.editor, ours.viewer]) {
      await expect(createInvitation(caller, "editor")).rejects.toEqual(refused("forbidden"));
      await expect(listInvitations(caller)).rejects.toEqual(refused("forbidden"));
      await expect(revokeInvitation(caller, id)).rejects.toEqual(refused("forbidden"));
    }
  });

  it("of another workspace are not found", async () => {
    const { id, token } = await createInvitation(theirs.owner, "viewer");
    await expect(revokeInvitation(ours.owner, id)).rejects.toEqual(refused("not_found"));
    expect((await listInvitations(ours.owner)).map((row) => row.id)).not.toContain(id);
    expect(await findInvitation(token)).not.toBeNull();
  });
});

describe("settings", () => {
  it("keep a model per capability, for this workspace alone", async () => {
    await chooseModel(ours.owner, "generateImage", "draft:still");
    await chooseModel(ours.owner, "generateImage", "replicate:flux");
    await chooseModel(ours.owner, "animateImage", "draft:motion");
    expect(await getModelChoices(ours.viewer)).toEqual({
      generateImage: "replicate:flux",
      animateImage: "draft:motion",
    });
    expect(await getModelChoices(theirs.owner)).toEqual({});
    await chooseModel(theirs.owner, "animateImage", null);
    await chooseModel(ours.owner, "generateImage", null);
    expect(await getModelChoices(ours.viewer)).toEqual({ animateImage: "draft:motion" });
  });

  it("keep caps, for this workspace alone", async () => {
    await setCaps(ours.owner, { monthCapMicros: 25_000_000, jobCapMicros: null });
    expect(await getCaps(ours.viewer)).toEqual({ monthCapMicros: 25_000_000, jobCapMicros: null });
    expect(await getCaps(theirs.owner)).toEqual({ monthCapMicros: null, jobCapMicros: null });
  });

  it("are changed by owners only", async () => {
    for (const caller of [ours.editor, ours.viewer]) {
      await expect(chooseModel(caller, "analyseImage", "draft:eye")).rejects.toEqual(refused("forbidden"));
      await expect(setCaps(caller, { monthCapMicros: null, jobCapMicros: null })).rejects.toEqual(
        refused("forbidden"),
      );
    }
  });
});
