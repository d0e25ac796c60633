import { z } from "zod";
import type { AssetFilter } from "./schema";

const text = (max: number) => z.string().trim().min(1).max(max).optional().catch(undefined);

/** The library's address: what it shows is what its query says. Damaged values count as not given. */
const LibraryQuery = z.object({
  q: text(200),
  kind: z.enum(["picture", "video", "audio"]).optional().catch(undefined),
  starred: z.literal("1").optional().catch(undefined),
  made: z.enum(["draft", "final"]).optional().catch(undefined),
  board: text(60),
  job: text(60),
  tag: text(80),
  model: text(160),
  cursor: text(200),
});

type Params = URLSearchParams | Record<string, string | string[] | undefined>;

/** The filter in an address. Safe in a browser, as is the way back. */
export function readFilter(params: Params): AssetFilter {
  const given = params instanceof URLSearchParams ? Object.fromEntries(params) : params;
  const { starred, made, board, job, ...rest } = LibraryQuery.parse(given);
  const filter: AssetFilter = {
    ...rest,
    starred: starred ? true : undefined,
    draft: made ? made === "draft" : undefined,
    boardId: board,
    jobId: job,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** A filter as the query of an address, without a question mark; empty when nothing is asked. */
export function writeFilter(filter: AssetFilter): string {
  const { q, kind, starred, draft, boardId, jobId, tag, model, cursor } = filter;
  const made = draft === undefined ? undefined : draft ? "draft" : "final";
  const params = {
    q,
    kind,
    starred: starred ? "1" : undefined,
    made,
    board: boardId,
    job: jobId,
    tag,
    model,
    cursor,
  };
  const given = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return new URLSearchParams(given).toString();
}
