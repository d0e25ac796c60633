import type { Metadata } from "next";
import { cache } from "react";
import { BoardActions } from "@/components/boards/board-actions";
import { LibraryRoom } from "@/components/library/library-room";
import { findBoard, listAssets, listBoards } from "@/lib/assets";
import { readFilter } from "@/lib/assets/schema";
import { requireCaller } from "@/lib/auth";
import { toBoardViews } from "@/lib/http/board-views";
import { toAssetViews } from "@/lib/http/media-urls";
import { LibraryFrame } from "../../library/frame";
import { orNotFound } from "../../library/or-not-found";

type Props = {
  params: Promise<{ slug: string; board: string }>;
  searchParams: Promise<Record<string, string | string[]>>;
};

const readBoard = cache(async (slug: string, id: string) => {
  const caller = await requireCaller(slug);
  const { name } = await orNotFound(findBoard(caller, id));
  return { caller, board: { id, name } };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, board } = await params;
  return { title: (await readBoard(slug, board)).board.name };
}

export default async function BoardPage({ params, searchParams }: Props) {
  const { slug, board: boardId } = await params;
  const { caller, board } = await readBoard(slug, boardId);
  const { cursor: _cursor, ...asked } = readFilter(await searchParams);
  const filter = { ...asked, boardId };
  const [page, boards] = await Promise.all([listAssets(caller, filter), listBoards(caller)]);
  const [assets, boardViews] = await Promise.all([toAssetViews(page.assets), toBoardViews(boards)]);
  return (
    <LibraryFrame slug={slug} caller={caller}>
      <LibraryRoom
        filter={filter}
        first={{ assets, nextCursor: page.nextCursor }}
        boards={boardViews}
        board={board}
        extra={<BoardActions board={board} />}
      />
    </LibraryFrame>
  );
}
