import type { Asset, AssetView } from "@/lib/assets";
import type { DescribedOrder } from "@/lib/jobs";
import type { OrderNote } from "@/lib/jobs/schema";
import { storage } from "@/lib/storage";

/** An asset as a browser may see it: no storage keys, but links that work for a while. */
export async function toAssetView(row: Asset): Promise<AssetView> {
  const store = storage();
  const link = (key: string | null) => (key ? store.signedUrl(key) : null);
  // A picture has a preview where some browsers would not show the file itself upright.
  const shown = row.kind === "picture" && row.previewKey ? row.previewKey : row.storageKey;
  const [url, thumbUrl, previewUrl, downloadUrl] = await Promise.all([
    store.signedUrl(shown),
    link(row.thumbKey),
    link(row.kind === "picture" ? null : row.previewKey),
    store.signedUrl(row.storageKey, { downloadAs: row.filename }),
  ]);
  const because = row.details.unplayableBecause;
  return {
    id: row.id,
    kind: row.kind,
    role: row.role,
    filename: row.filename,
    mime: row.mime,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    durationSeconds: row.durationSeconds,
    fps: row.fps,
    unplayableBecause: typeof because === "string" ? because : null,
    url,
    thumbUrl,
    previewUrl,
    downloadUrl,
    jobId: row.jobId,
    stepName: row.stepName,
    take: row.take,
    provider: row.provider,
    model: row.model,
    seed: row.seed,
    prompt: row.prompt,
    costMicros: row.costMicros,
    draft: row.draft,
    palette: row.palette,
    description: row.description,
    tags: row.tags,
    suggestedMotion: row.suggestedMotion,
    analysedBy: row.analysedBy,
    starred: row.starred,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}

export function toAssetViews(rows: Asset[]): Promise<AssetView[]> {
  return Promise.all(rows.map(toAssetView));
}

/** What is said of an order, with links to the bytes that were kept of it. */
export async function toOrderNote({ kept, ...order }: DescribedOrder): Promise<OrderNote> {
  const linked = kept.map(async ({ key, ...file }) => {
    return { ...file, url: await storage().signedUrl(key, { downloadAs: file.filename }) };
  });
  return { ...order, kept: await Promise.all(linked) };
}
