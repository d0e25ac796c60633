import type { Way } from "@/components/asset/asset-head";
import { type Neighbours, RESTORABLE_DAYS } from "@/lib/assets";
import { type AssetFilter, type BoardView, writeFilter } from "@/lib/assets/schema";

/** Back to the wall someone came from, and to what hangs beside it there. */
export function wayAlong(
  slug: string,
  filter: AssetFilter,
  { newerId, olderId }: Neighbours,
  boards: BoardView[],
): Way {
  const { cursor: _cursor, ...shown } = filter;
  const query = writeFilter(shown);
  const to = (id: string | null) => id && `/w/${slug}/library/${id}${query && `?${query}`}`;
  return { back: backTo(slug, shown, boards), newerHref: to(newerId), olderHref: to(olderId) };
}

function backTo(slug: string, { boardId, ...rest }: AssetFilter, boards: BoardView[]): Way["back"] {
  const board = boards.find(({ id }) => id === boardId);
  const query = writeFilter(rest);
  const path = board ? `/w/${slug}/boards/${board.id}` : `/w/${slug}/library`;
  return {
    href: query ? `${path}?${query}` : path,
    name: board?.name ?? (rest.q ? `“${rest.q}”` : "Library"),
  };
}

/** Whole days until a deleted asset cannot be brought back any more; 0 when that has come. */
export function daysUntilGone(deletedAt: Date, now = Date.now()): number {
  const goneAt = deletedAt.getTime() + RESTORABLE_DAYS * 86_400_000;
  return Math.max(0, Math.ceil((goneAt - now) / 86_400_000));
}
