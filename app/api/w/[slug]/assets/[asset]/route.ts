import { findAsset } from "@/lib/assets";
import { requireCaller } from "@/lib/auth";
import { endpoint } from "@/lib/http/endpoint";
import { toAssetView } from "@/lib/http/media-urls";

type Context = { params: Promise<{ slug: string; asset: string }> };

/** One asset as JSON, with fresh links to its media. */
export const GET = endpoint(async (_request: Request, { params }: Context) => {
  const { slug, asset } = await params;
  const found = await findAsset(await requireCaller(slug), asset);
  return Response.json(await toAssetView(found), { headers: { "cache-control": "private, no-store" } });
});
