import type { Metadata } from "next";
import { cache } from "react";
import { AssetRoom } from "@/components/asset/asset-room";
import { DeletedAsset } from "@/components/asset/deleted-asset";
import { describe } from "@/components/media/shape";
import { quoteJob } from "@/inngest";
import { findAsset, lineage, listBoards, neighbours } from "@/lib/assets";
import { readFilter } from "@/lib/assets/schema";
import { type Caller, requireCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { toBoardViews } from "@/lib/http/board-views";
import { toLineageView } from "@/lib/http/lineage-views";
import { toAssetView } from "@/lib/http/media-urls";
import { getJob } from "@/lib/jobs";
import { listModels } from "@/lib/studio";
import { cutText } from "@/lib/text";
import { listMembers } from "@/lib/workspaces";
import { analyseAsset } from "../actions";
import { LibraryFrame } from "../frame";
import { orNotFound } from "../or-not-found";
import { daysUntilGone, wayAlong } from "./way";

type Props = {
  params: Promise<{ slug: string; asset: string }>;
  searchParams: Promise<Record<string, string | string[]>>;
};

const readAsset = cache(async (slug: string, id: string) => {
  const caller = await requireCaller(slug);
  const row = await orNotFound(findAsset(caller, id, { includeDeleted: true }));
  return { caller, row, asset: await toAssetView(row) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, asset: id } = await params;
  return { title: cutText(describe((await readAsset(slug, id)).asset), 60, "…") };
}

export default async function AssetPage({ params, searchParams }: Props) {
  const [{ slug, asset: id }, query] = await Promise.all([params, searchParams]);
  const { caller, row, asset } = await readAsset(slug, id);
  if (row.deletedAt) {
    return (
      <LibraryFrame slug={slug} caller={caller}>
        <DeletedAsset asset={asset} daysLeft={daysUntilGone(row.deletedAt)} />
      </LibraryFrame>
    );
  }
  const filter = readFilter(query);
  const [family, beside, boards, members, job, price] = await Promise.all([
    lineage(caller, id).then(toLineageView),
    neighbours(caller, row, filter),
    listBoards(caller).then(toBoardViews),
    listMembers(caller),
    readJobState(caller, query.reading),
    asset.kind === "audio" ? null : priceReading(caller, id),
  ]);
  return (
    <LibraryFrame slug={slug} caller={caller}>
      <AssetRoom
        slug={slug}
        asset={asset}
        family={family}
        boards={boards}
        way={wayAlong(slug, filter, beside, boards)}
        modelLabel={labelOf(asset.model)}
        maker={members.find((member) => member.id === asset.createdBy)?.name ?? null}
        reading={{ job, price, ask: analyseAsset, readBy: labelOf(asset.analysedBy) }}
      />
    </LibraryFrame>
  );
}

/** A model as its provider calls it; the bare id where it is not offered any more. */
function labelOf(model: string | null): string | null {
  return listModels().find(({ id }) => id === model)?.label ?? model?.replace(/^[a-z]+:/, "") ?? null;
}

/** How a reading stands that was ordered here; null when none was, or it is not of this workspace. */
async function readJobState(caller: Caller, id: string | string[] | undefined) {
  if (typeof id !== "string") return null;
  const { job } = await orNull(getJob(caller, id)).then((found) => found ?? { job: null });
  return job && { id: job.id, state: job.state, error: job.error };
}

/** What a reading would cost; null where none can be had, such as of a file that is no picture any more. */
async function priceReading(caller: Caller, assetId: string) {
  const quote = await orNull(quoteJob(caller, { pipeline: "picture-reading", input: { assetId } }));
  return quote && { lowMicros: quote.lowMicros, highMicros: quote.highMicros };
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== "internal") return null;
    throw thrown;
  }
}
