import { eq } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { type Asset, assetColumns } from "./asset";

/** What a vision analysis says, and which model said it. */
export type AssetAnalysis = {
  description: string;
  /** Lower-case words. */
  tags: string[];
  /** #rrggbb, most present first. Empty keeps the measured one. */
  palette: string[];
  suggestedMotion: string;
  analysedBy: string;
};

/**
 * Keeps an analysis on its asset, in place of an earlier one; it is searchable at once. For the studio, which
 * has found the asset for its caller before.
 */
export async function saveAnalysis(tx: Tx, id: string, analysis: AssetAnalysis): Promise<Asset> {
  const { palette, tags, ...said } = analysis;
  const words = [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter(Boolean))];
  const [saved] = await tx
    .update(schema.asset)
    .set({ ...said, tags: words, ...(palette.length > 0 ? { palette } : {}) })
    .where(eq(schema.asset.id, id))
    .returning(assetColumns);
  if (!saved) throw notFound("asset");
  return saved;
}
