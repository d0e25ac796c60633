import { listAssets } from "@/lib/assets";
import { readFilter } from "@/lib/assets/schema";
import { requireCaller } from "@/lib/auth";
import { endpoint } from "@/lib/http/endpoint";
import { toAssetViews } from "@/lib/http/media-urls";

type Context = { params: Promise<{ slug: string }> };

/** A page of the library as JSON: `{assets, nextCursor}`, filtered like the library's own address. */
export const GET = endpoint(async (request: Request, { params }: Context) => {
  const caller = await requireCaller((await params).slug);
  const { assets, nextCursor } = await listAssets(caller, readFilter(new URL(request.url).searchParams));
  return Response.json(
    { assets: await toAssetViews(assets), nextCursor },
    { headers: { "cache-control": "private, no-store" } },
  );
});
