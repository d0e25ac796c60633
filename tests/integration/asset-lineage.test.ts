import { describe, expect, it } from "vitest";
import { lineage } from "@/lib/assets";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { openWalls } from "../support/assets";

const { database, ours, theirs, create } = await openWalls();

describe("lineage", () => {
  it("shows where a film came from and what a picture became", async () => {
    const upload = await create(ours, { role: "upload" });
    const style = await create(ours, { role: "upload" });
    const still = await create(ours, { sourceIds: [upload.id, style.id] });
    const other = await create(ours, { sourceIds: [upload.id] });
    const clip = await create(ours, { kind: "video", sourceIds: [still.id] });
    const ofStill = await lineage(ours.viewer, still.id);
    expect(new Set(ofStill.ancestors.map((a) => a.asset.id))).toEqual(new Set([upload.id, style.id]));
    expect(ofStill.descendants).toMatchObject([
      { asset: { id: clip.id }, distance: 1, linkedTo: [still.id] },
    ]);
    const ofClip = await lineage(ours.viewer, clip.id);
    expect(ofClip.ancestors.map((a) => [a.asset.id, a.distance])).toEqual([
      [still.id, 1],
      ...[upload.id, style.id].sort().map((id) => [id, 2]),
    ]);
    const ofUpload = await lineage(ours.viewer, upload.id);
    expect(ofUpload.descendants.map((d) => d.asset.id)).toEqual([...[still.id, other.id].sort(), clip.id]);
  });

  it("ends on circles and stops after eight steps", async () => {
    const chain = [await create(ours)];
    for (let step = 0; step < 12; step++)
      chain.push(await create(ours, { sourceIds: [chain.at(-1)?.id ?? ""] }));
    const [first, last] = [chain[0], chain.at(-1)];
    if (!first || !last) throw new Error("no chain");
    await database.db.insert(schema.assetSource).values({ assetId: first.id, sourceId: last.id });
    const family = await lineage(ours.viewer, first.id);
    expect(family.descendants).toHaveLength(8);
    expect(Math.max(...family.ancestors.map((a) => a.distance))).toBe(8);
  });

  it("takes no source from another workspace and shows none", async () => {
    const foreign = await create(theirs);
    const own = await create(ours, { sourceIds: [foreign.id, own_id()] });
    expect((await lineage(ours.viewer, own.id)).ancestors).toEqual([]);
    await database.db.insert(schema.assetSource).values({ assetId: own.id, sourceId: foreign.id });
    expect((await lineage(ours.viewer, own.id)).ancestors).toEqual([]);
    await expect(lineage(ours.viewer, foreign.id)).rejects.toMatchObject({ code: "not_found" });
  });

  const own_id = () => newId("asset");
});
