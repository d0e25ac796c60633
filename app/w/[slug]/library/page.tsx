import type { Metadata } from "next";
import { LibraryRoom } from "@/components/library/library-room";
import { listAssets, listBoards } from "@/lib/assets";
import { readFilter } from "@/lib/assets/schema";
import { requireCaller } from "@/lib/auth";
import { toBoardViews } from "@/lib/http/board-views";
import { toAssetViews } from "@/lib/http/media-urls";
import { LibraryFrame } from "./frame";

export const metadata: Metadata = { title: "Library" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string | string[]>> };

export default async function LibraryPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  const { cursor: _cursor, ...filter } = readFilter(await searchParams);
  const [page, boards] = await Promise.all([listAssets(caller, filter), listBoards(caller)]);
  const [assets, boardViews] = await Promise.all([toAssetViews(page.assets), toBoardViews(boards)]);
  return (
    <LibraryFrame slug={slug} caller={caller}>
      <LibraryRoom filter={filter} first={{ assets, nextCursor: page.nextCursor }} boards={boardViews} />
    </LibraryFrame>
  );
}
