"use client";
import { Plus, Upload } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { type AssetFilter, type BoardView, writeFilter } from "@/lib/assets/schema";
import { BoardStrip } from "../boards/board-strip";
import { NewBoard } from "../boards/new-board";
import { Button } from "../ui/button";
import { Page } from "../ui/page";
import { UploadButton, UploadDropZone } from "../upload/upload-drop-zone";
import { useLibrary } from "./actions";
import { AssetWall } from "./asset-wall";
import { EmptyBoard, EmptyLibrary, NothingFound } from "./empty-walls";
import type { AssetViews } from "./fetch-assets";
import { FilterBar } from "./filter-bar";
import { SelectionBar } from "./selection-bar";
import { useLibraryAddress } from "./use-library-address";
import { useSelection } from "./use-selection";
import { useWall } from "./use-wall";
import { useWallActions } from "./use-wall-actions";

type RoomProps = {
  filter: AssetFilter;
  first: AssetViews;
  boards: BoardView[];
  /** On a board's own page: that board. */
  board?: { id: string; name: string };
  /** Buttons beside the title. */
  extra?: ReactNode;
};

/** The library, or a board of it: search, filters, boards, the wall. */
export function LibraryRoom({ filter, first, boards, board, extra }: RoomProps) {
  const { slug, canEdit } = useLibrary();
  const [show, busy] = useLibraryAddress();
  const { boardId: _board, ...rest } = filter;
  const asked = writeFilter(board ? rest : filter);
  const [selecting, setSelecting] = useState(false);
  const isEmpty = asked === "" && first.assets.length === 0;
  return (
    <UploadDropZone slug={slug} disabled={!canEdit || board !== undefined}>
      <Page
        wide
        title={board ? board.name : "Library"}
        className="grid-cols-[minmax(0,1fr)] gap-4"
        actions={
          <>
            {canEdit && first.assets.length > 0 && (
              <Button
                variant="quiet"
                aria-pressed={selecting}
                onClick={() => setSelecting(!selecting)}
                className="hidden coarse:inline-flex"
              >
                {selecting ? "Done" : "Select"}
              </Button>
            )}
            {extra}
            {!board && boards.length === 0 && !isEmpty && (
              <NewBoard>
                <Button variant="quiet">
                  <Plus aria-hidden="true" /> New board
                </Button>
              </NewBoard>
            )}
            {!board && (
              <UploadButton>
                <Button>
                  <Upload aria-hidden="true" /> Upload
                </Button>
              </UploadButton>
            )}
          </>
        }
      >
        {!board && boards.length > 0 && <BoardStrip boards={boards} />}
        {!isEmpty && <FilterBar filter={filter} boards={board ? null : boards} busy={busy} onChange={show} />}
        {first.assets.length > 0 ? (
          <FilledWall key={writeFilter(filter)} {...{ filter, first, boards, board, selecting }} />
        ) : isEmpty ? (
          board ? (
            <EmptyBoard slug={slug} />
          ) : (
            <EmptyLibrary slug={slug} canEdit={canEdit} />
          )
        ) : (
          <NothingFound words={filter.q} onClear={() => show(board ? { boardId: board.id } : {})} />
        )}
      </Page>
    </UploadDropZone>
  );
}

function FilledWall({ filter, first, boards, board, selecting }: RoomProps & { selecting: boolean }) {
  const { slug, canEdit } = useLibrary();
  const query = writeFilter(filter);
  const wall = useWall(slug, query, first);
  const order = useMemo(() => wall.assets.map(({ id }) => id), [wall.assets]);
  const selection = useSelection(order);
  const act = useWallActions(wall);
  return (
    <div>
      <AssetWall wall={wall} selection={selection} act={act} query={query} selecting={selecting} />
      {canEdit && <SelectionBar {...{ wall, selection, act, boards, board }} />}
    </div>
  );
}
