import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { type Asset, assetColumns } from "./asset";

/** What a step of a job has made, oldest take first, without what was deleted. */
export async function findAssetsOfStep(
  caller: Caller,
  jobId: string,
  step: { name: string; subject: string },
): Promise<Asset[]> {
  const { asset } = schema;
  return db()
    .select(assetColumns)
    .from(asset)
    .where(
      and(
        eq(asset.workspaceId, caller.workspaceId),
        eq(asset.jobId, jobId),
        eq(asset.stepName, step.name),
        eq(asset.subject, step.subject),
        isNull(asset.deletedAt),
      ),
    )
    .orderBy(asc(asset.take), asc(asset.createdAt), asc(asset.id));
}

const COVERS = 4;

/** The newest results of each of these jobs, at most four a job, oldest first. */
export async function findCovers(caller: Caller, jobIds: string[]): Promise<Asset[]> {
  if (jobIds.length === 0) return [];
  const { asset } = schema;
  const ranked = db()
    .select({
      ...assetColumns,
      rank: sql<number>`row_number() over (partition by ${asset.jobId} order by ${asset.createdAt} desc, ${asset.id} desc)`.as(
        "rank",
      ),
    })
    .from(asset)
    .where(
      and(
        eq(asset.workspaceId, caller.workspaceId),
        sql`${asset.jobId} = any(${sql.param(jobIds)}::text[])`,
        isNull(asset.deletedAt),
      ),
    )
    .as("ranked");
  const rows = await db()
    .select()
    .from(ranked)
    .where(sql`rank <= ${COVERS}`)
    .orderBy(ranked.createdAt, ranked.id);
  return rows.map(({ rank: _rank, ...row }) => row);
}
