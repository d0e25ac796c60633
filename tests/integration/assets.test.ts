import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  createAsset,
  deleteAssets,
  findAsset,
  findAssets,
  listAssets,
  restoreAssets,
  saveAnalysis,
  starAsset,
  starAssets,
} from "@/lib/assets";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { ids, openWalls, picture } from "../support/assets";

const { database, ours, theirs, create } = await openWalls();

describe("createAsset", () => {
  it("gives back the kept asset when a step runs twice", async () => {
    const first = await create(ours, { prompt: "a boat" });
    const again = await create(ours, { id: first.id, prompt: "another prompt" });
    expect(again).toEqual(first);
    expect(again.prompt).toBe("a boat");
  });

  it("makes one asset when two runs store it at the same moment", async () => {
    const id = newId("asset");
    const made = await Promise.all(Array.from({ length: 6 }, () => create(ours, { id })));
    expect(new Set(ids(made))).toEqual(new Set([id]));
    const kept = await database.db.$count(schema.asset, eq(schema.asset.id, id));
    expect(kept).toBe(1);
  });

  it("never hands over another workspace's asset under the same id", async () => {
    const foreign = await create(theirs);
    await expect(create(ours, { id: foreign.id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves no row when its transaction fails", async () => {
    const id = newId("asset");
    const failing = database.db.transaction(async (tx) => {
      await createAsset(tx, picture(ours.workspaceId, { id }));
      throw new Error("the step fails");
    });
    await expect(failing).rejects.toThrow("the step fails");
    await expect(findAsset(ours.owner, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("findAsset", () => {
  it("finds what the workspace owns and nothing else", async () => {
    const own = await create(ours);
    const foreign = await create(theirs);
    expect((await findAsset(ours.viewer, own.id)).id).toBe(own.id);
    await expect(findAsset(ours.owner, foreign.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(findAsset(ours.owner, "asset_unknown")).rejects.toMatchObject({ code: "not_found" });
    expect(ids(await findAssets(ours.viewer, [foreign.id, own.id]))).toEqual([own.id]);
  });

  it("keeps the order that was asked for", async () => {
    const made = [await create(ours), await create(ours), await create(ours)];
    const wanted = ids(made).reverse();
    expect(ids(await findAssets(ours.viewer, wanted))).toEqual(wanted);
  });
});

describe("stars and the bin", () => {
  it("stars and unstars, own assets only", async () => {
    const own = await create(ours);
    const foreign = await create(theirs);
    await starAsset(ours.editor, own.id, true);
    expect((await findAsset(ours.viewer, own.id)).starred).toBe(true);
    await expect(starAsset(ours.editor, foreign.id, true)).rejects.toMatchObject({ code: "not_found" });
    expect(await starAssets(ours.editor, [own.id, foreign.id], false)).toEqual([own.id]);
    expect((await findAsset(theirs.viewer, foreign.id)).starred).toBe(false);
  });

  it("deletes softly and brings back what it was", async () => {
    const own = await create(ours, { starred: true, prompt: "bin test" });
    const foreign = await create(theirs);
    expect(await deleteAssets(ours.editor, [own.id, foreign.id])).toEqual([own.id]);
    await expect(findAsset(ours.viewer, own.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await findAsset(ours.viewer, own.id, { includeDeleted: true })).deletedAt).toBeInstanceOf(Date);
    expect((await listAssets(ours.viewer, { q: "bin test" })).assets).toEqual([]);
    expect((await findAsset(theirs.viewer, foreign.id)).id).toBe(foreign.id);

    expect(await restoreAssets(theirs.owner, [own.id])).toEqual([]);
    expect(await restoreAssets(ours.editor, [own.id])).toEqual([own.id]);
    expect(await findAsset(ours.viewer, own.id)).toEqual(own);
  });

  it("brings nothing back after 30 days", async () => {
    const [late, soon] = [await create(ours), await create(ours)];
    await deleteAssets(ours.editor, [late.id, soon.id]);
    await database.sql`update asset set deleted_at = now() - interval '30 days 1 minute' where id = ${late.id}`;
    await database.sql`update asset set deleted_at = now() - interval '29 days 23 hours' where id = ${soon.id}`;
    expect(await restoreAssets(ours.editor, [late.id, soon.id])).toEqual([soon.id]);
  });

  it("lets viewers look and nothing more", async () => {
    const own = await create(ours);
    const forbidden = { code: "forbidden" };
    await expect(starAsset(ours.viewer, own.id, true)).rejects.toMatchObject(forbidden);
    await expect(starAssets(ours.viewer, [own.id], true)).rejects.toMatchObject(forbidden);
    await expect(deleteAssets(ours.viewer, [own.id])).rejects.toMatchObject(forbidden);
    await expect(restoreAssets(ours.viewer, [own.id])).rejects.toMatchObject(forbidden);
    expect((await findAsset(ours.viewer, own.id)).starred).toBe(false);
  });
});

describe("saveAnalysis", () => {
  it("keeps what was seen and makes it searchable", async () => {
    const own = await create(ours, { palette: ["#101010", "#202020", "#303030"] });
    const saved = await saveAnalysis(database.db, own.id, {
      description: "An umbrella repairman in Lisbon",
      tags: ["Umbrella", "umbrella ", "workshop"],
      palette: [],
      suggestedMotion: "Slow push in",
      analysedBy: "draft:measure",
    });
    expect(saved).toMatchObject({
      tags: ["umbrella", "workshop"],
      palette: own.palette,
      analysedBy: "draft:measure",
    });
    expect(ids((await listAssets(ours.viewer, { q: "lisbon umbrella" })).assets)).toEqual([own.id]);
    await saveAnalysis(database.db, own.id, {
      ...saved,
      ...{ description: "Rain" },
      suggestedMotion: "",
      analysedBy: "x",
    });
    expect((await listAssets(ours.viewer, { q: "lisbon" })).assets).toEqual([]);
  });

  it("says so when the asset is gone", async () => {
    const nothing = { description: "", tags: [], palette: [], suggestedMotion: "", analysedBy: "x" };
    await expect(saveAnalysis(database.db, "asset_gone", nothing)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("keeps the search column out of what is read", async () => {
  const own = await create(ours);
  expect(await findAsset(ours.viewer, own.id)).not.toHaveProperty("search");
  const [row] = await database.db.execute(sql`select search::text from asset where id = ${own.id}`);
  expect(row?.search).toBeTruthy();
});
