import { describe, expect, it } from "vitest";
import { deleteAssets, listAssets, neighbours } from "@/lib/assets";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { ids, openWalls } from "../support/assets";
import { addTeam } from "../support/people";

const { database, ours, theirs, create } = await openWalls();

describe("listAssets", () => {
  it("pages through everything once, newest first, also where times are equal", async () => {
    const team = await addTeam(database.db, "paging");
    const at = new Date("2026-03-01T10:00:00.123Z");
    const made: string[] = [];
    for (let index = 0; index < 25; index++) {
      const createdAt = index < 10 ? at : new Date(at.getTime() + index);
      made.push((await create(team, { createdAt })).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssets(team.viewer, { limit: 7, cursor });
      expect(page.assets.length).toBeLessThanOrEqual(7);
      seen.push(...ids(page.assets));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect([...seen].sort()).toEqual([...made].sort());
    expect(seen.slice(0, 15)).toEqual(made.slice(10).reverse());
  });

  it("does not repeat or skip when something new arrives between two pages", async () => {
    const team = await addTeam(database.db, "arriving");
    const old = [await create(team), await create(team), await create(team), await create(team)];
    const first = await listAssets(team.viewer, { limit: 2 });
    await create(team);
    const second = await listAssets(team.viewer, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(new Set([...ids(first.assets), ...ids(second.assets)])).toEqual(new Set(ids(old)));
    expect(second.nextCursor).toBeNull();
  });

  it("filters by kind, star, draft, job, tag and model, together too", async () => {
    const team = await addTeam(database.db, "filters");
    const jobId = newId("job");
    await database.db.insert(schema.job).values({
      id: jobId,
      workspaceId: team.workspaceId,
      pipeline: "animated-picture",
      title: "t",
      input: {},
      state: "completed",
    });
    const plain = await create(team);
    const clip = await create(team, {
      kind: "video",
      jobId,
      draft: true,
      model: "draft:camera",
      tags: ["sea"],
    });
    const star = await create(team, { starred: true, tags: ["sea", "deep sea"], model: "openai:gpt-image" });
    const found = async (filter: Parameters<typeof listAssets>[1]) =>
      ids((await listAssets(team.viewer, filter)).assets);
    expect(await found({ kind: "video" })).toEqual([clip.id]);
    expect(await found({ kind: "picture" })).toEqual([star.id, plain.id]);
    expect(await found({ starred: true })).toEqual([star.id]);
    expect(await found({ draft: true })).toEqual([clip.id]);
    expect(await found({ draft: false })).toEqual([star.id, plain.id]);
    expect(await found({ jobId })).toEqual([clip.id]);
    expect(await found({ tag: "sea" })).toEqual([star.id, clip.id]);
    expect(await found({ tag: "deep sea" })).toEqual([star.id]);
    expect(await found({ tag: "deep" })).toEqual([]);
    expect(await found({ model: "openai:gpt-image" })).toEqual([star.id]);
    expect(await found({ tag: "sea", draft: true, kind: "video" })).toEqual([clip.id]);
    expect(await found({ tag: "sea", draft: true, kind: "picture" })).toEqual([]);
  });

  it("shows nothing of another workspace, whatever is asked", async () => {
    const team = await addTeam(database.db, "tenancy-list");
    const foreign = await create(theirs, {
      prompt: "zanzibar",
      tags: ["zanzibar"],
      model: "m",
      starred: true,
    });
    const filters = [{}, { q: "zanzibar" }, { tag: "zanzibar" }, { model: "m" }, { starred: true }];
    for (const filter of filters) expect((await listAssets(team.owner, filter)).assets).toEqual([]);
    expect(ids((await listAssets(theirs.viewer, { q: "zanzibar" })).assets)).toEqual([foreign.id]);
  });

  it("refuses a damaged cursor with words", async () => {
    await expect(listAssets(ours.viewer, { cursor: "%%%" })).rejects.toMatchObject({ code: "bad_input" });
    await expect(listAssets(ours.viewer, { cursor: "MTIzNDU" })).rejects.toMatchObject({ code: "bad_input" });
  });
});

describe("neighbours", () => {
  it("gives what lies before and after in the filtered list", async () => {
    const team = await addTeam(database.db, "neighbours");
    const at = Date.parse("2026-01-01T00:00:00Z");
    const made = [];
    for (const [index, kind] of (["picture", "video", "picture", "picture"] as const).entries()) {
      made.push(await create(team, { kind, createdAt: new Date(at + index) }));
    }
    const [first, second, third, fourth] = made;
    if (!first || !second || !third || !fourth) throw new Error("not made");
    expect(await neighbours(team.viewer, third)).toEqual({ newerId: fourth.id, olderId: second.id });
    expect(await neighbours(team.viewer, third, { kind: "picture" })).toEqual({
      newerId: fourth.id,
      olderId: first.id,
    });
    expect(await neighbours(team.viewer, first)).toEqual({ newerId: second.id, olderId: null });
    await deleteAssets(team.editor, [second.id]);
    expect(await neighbours(team.viewer, first)).toEqual({ newerId: third.id, olderId: null });
    expect(await neighbours(ours.viewer, first)).not.toMatchObject({ olderId: second.id });
  });
});
