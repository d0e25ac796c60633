import { EMPTY_ORDER, type Order, reviveOrder, withPicture } from "@/components/generate/order";
import { findAsset } from "@/lib/assets";
import type { KnownCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { toAssetView } from "@/lib/http/media-urls";
import { getJob } from "@/lib/jobs";
import { listModels } from "@/lib/studio";

export type Recall = { from?: string; picture?: string };

/**
 * The form as it stood for an earlier job or picture (`from`), or with a picture of the library to begin from
 * (`picture`). Null where there is nothing to bring back, or no longer.
 */
export async function recallOrder(caller: KnownCaller, { from, picture }: Recall): Promise<Order | null> {
  try {
    if (picture) return withPicture(EMPTY_ORDER, await toAssetView(await findAsset(caller, picture)));
    if (from?.startsWith("job_")) return await fromJob(caller, from);
    if (from?.startsWith("asset_")) return await fromAsset(caller, from);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

async function fromJob(caller: KnownCaller, jobId: string): Promise<Order> {
  const { job } = await getJob(caller, jobId);
  const pictureId = job.input.pictureId ?? job.input.assetId;
  const picture =
    typeof pictureId === "string" ? await toAssetView(await findAsset(caller, pictureId)) : null;
  return withKnownModels(reviveOrder({ ...job.input, pipeline: job.pipeline, picture }));
}

/** A model that is no longer offered gives way to the workspace's own choice. */
function withKnownModels(order: Order): Order {
  const known = new Set(listModels().map((model) => model.id));
  const keep = (id: string) => (known.has(id) ? id : "");
  const { imageModel, videoModel, visionModel } = order;
  return {
    ...order,
    imageModel: keep(imageModel),
    videoModel: keep(videoModel),
    visionModel: keep(visionModel),
  };
}

/** A picture's own seed and model go before those of its job: with several stills each has its own. */
async function fromAsset(caller: KnownCaller, assetId: string): Promise<Order> {
  const asset = await findAsset(caller, assetId);
  const order = asset.jobId ? await fromJob(caller, asset.jobId) : EMPTY_ORDER;
  const prompt = order.prompt || (asset.prompt ?? "");
  if (asset.kind !== "picture" || asset.seed === null) return { ...order, prompt };
  return { ...order, prompt, seed: asset.seed, imageModel: asset.model ?? order.imageModel, count: 1 };
}
