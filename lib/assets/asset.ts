import { getTableColumns } from "drizzle-orm";
import { schema } from "@/lib/db";

const { search: _search, ...columns } = getTableColumns(schema.asset);

/** Everything of an asset but the search vector, which nobody reads. */
export const assetColumns = columns;

/** An asset as the server sees it: storage keys and all. Pages get an `AssetView` instead. */
export type Asset = Omit<typeof schema.asset.$inferSelect, "search">;

/** What `createAsset` takes: a row, and the assets that it was made from. */
export type NewAsset = Omit<typeof schema.asset.$inferInsert, "search" | "deletedAt"> & {
  sourceIds?: string[];
};
