import { type Asset, findAsset, findAssetsOfStep } from "@/lib/assets";
import { type Caller, studioCaller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import type { StepName } from "@/lib/jobs/schema";
import type { Scope } from "./ask";

/** A picture of the caller's library that a job may begin from. */
export async function requirePicture(caller: Caller, id: string, { orVideo = false } = {}): Promise<Asset> {
  const asset = await findAsset(caller, id);
  if (asset.kind === "picture" || (orVideo && asset.kind === "video")) return asset;
  throw new AppError("bad_input", `“${asset.filename}” is not a picture.`, {
    action: "Choose a picture to begin from.",
  });
}

/** Everything a step of this job has made so far, oldest take first. */
export async function listTakes(scope: Scope, step: StepName): Promise<string[]> {
  const assets = await findAssetsOfStep(studioCaller(scope.workspaceId), scope.jobId, step);
  return assets.map((asset) => asset.id);
}
