import type { Asset, AssetView } from "@/lib/assets";
import { storage } from "@/lib/storage";

/** An asset as a browser may see it: no storage keys, but links that work for a while. */
export async function toAssetView(row: Asset): Promise<AssetView> {
  const store = storage();
  const link = (key: string | null) => (key ? store.signedUrl(key) : null);
  const [url, thumbUrl, previewUrl, downloadUrl] = await Promise.all([
    store.signedUrl(row.storageKey),
    link(row.thumbKey),
    link(row.previewKey),
    store.signedUrl(row.storageKey, { downloadAs: row.filename }),
  ]);
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
    url,
    thumbUrl,
    previewUrl,
    downloadUrl,
    jobId: row.jobId,
    stepLabel: row.stepLabel,
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
