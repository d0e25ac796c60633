import { z } from "zod";
import { idOf, line, word } from "@/lib/text";
import type { AssetFilter } from "./schema";

const given = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

/** The library's address: what it shows is what its query says. Damaged values count as not given. */
const LibraryQuery = z.object({
  q: given(line({ max: 200, empty: "Nothing is asked." })),
  kind: given(z.enum(["picture", "video", "audio"])),
  starred: given(z.literal("1")),
  made: given(z.enum(["draft", "final"])),
  board: given(idOf("board")),
  job: given(idOf("job")),
  tag: given(word(80)),
  model: given(word(160)),
  cursor: given(word(200)),
});

type Params = URLSearchParams | Record<string, string | string[] | undefined>;

/** The filter in an address. Safe in a browser, as is the way back. */
export function readFilter(params: Params): AssetFilter {
  const values = params instanceof URLSearchParams ? Object.fromEntries(params) : params;
  const { starred, made, board, job, ...rest } = LibraryQuery.parse(values);
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
  const present = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return new URLSearchParams(present).toString();
}
