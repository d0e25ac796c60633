import { sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db } from "@/lib/db";
import type { Asset } from "./asset";
import { findAsset, findAssets } from "./find-asset";

/** One asset of a family: how many steps away, and by which assets of the family it hangs. */
export type Relative = { asset: Asset; distance: number; linkedTo: string[] };

export type Lineage = {
  /** What it was made from, nearest first. */
  ancestors: Relative[];
  /** What was made from it, nearest first. */
  descendants: Relative[];
};

/** Steps in each direction, and assets in each direction: a page shows no more. */
const MAX_DISTANCE = 8;
const MAX_RELATIVES = 60;

/** What an asset was made from and what it was made into, through all steps between. */
export async function lineage(caller: Caller, id: string): Promise<Lineage> {
  await findAsset(caller, id, { includeDeleted: true });
  const [ancestors, descendants] = await Promise.all([
    walk(caller, id, "ancestors"),
    walk(caller, id, "descendants"),
  ]);
  return { ancestors, descendants };
}

type Link = { id: string; distance: number; linkedTo: string[] };

async function walk(caller: Caller, id: string, way: "ancestors" | "descendants"): Promise<Relative[]> {
  const from = sql.raw(way === "ancestors" ? "asset_id" : "source_id");
  const to = sql.raw(way === "ancestors" ? "source_id" : "asset_id");
  const links = await db().execute<Link>(sql`
    with recursive walk (id, distance) as (
      select ${id}::text, 0
      union
      select link.${to}, walk.distance + 1
      from walk
      join asset_source link on link.${from} = walk.id
      where walk.distance < ${MAX_DISTANCE}
    ), nearest as (
      select id, min(distance)::int as distance from walk where id <> ${id} group by id
      order by 2, 1 limit ${MAX_RELATIVES}
    )
    select nearest.id, nearest.distance, array_agg(distinct link.${from}) as "linkedTo"
    from nearest
    join asset_source link on link.${to} = nearest.id
    where link.${from} = ${id} or link.${from} in (select id from nearest)
    group by nearest.id, nearest.distance
    order by nearest.distance, nearest.id`);
  const assets = await findAssets(
    caller,
    links.map((link) => link.id),
  );
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  return links.flatMap(({ id: relative, distance, linkedTo }) => {
    const asset = byId.get(relative);
    return asset ? [{ asset, distance, linkedTo }] : [];
  });
}
