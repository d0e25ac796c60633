import { type SQL, sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { createdAt, micros, moment } from "./columns";
import { job } from "./jobs";
import { user, workspace } from "./people";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** An immutable media file in the library; only stars, boards, analysis and deletion change. */
export const asset = pgTable(
  "asset",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    kind: text().$type<"picture" | "video" | "audio">().notNull(),
    /** upload, still, clip, film, … */
    role: text().notNull(),
    filename: text().notNull(),
    mime: text().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    sha256: text().notNull(),
    width: integer(),
    height: integer(),
    durationSeconds: doublePrecision(),
    fps: doublePrecision(),
    storageKey: text().notNull(),
    /** WebP, 640 px on the long side. */
    thumbKey: text(),
    /** What pages show in place of the file: H.264 of 480 px for hover-to-play, AAC, or a picture turned upright. */
    previewKey: text(),
    jobId: text().references(() => job.id, { onDelete: "set null" }),
    stepName: text(),
    subject: text().notNull().default(""),
    take: integer().notNull().default(0),
    generationId: text(),
    provider: text(),
    model: text(),
    seed: bigint({ mode: "number" }),
    prompt: text(),
    costMicros: micros().notNull().default(0),
    draft: boolean().notNull().default(false),
    /** Hex colours, most present first. */
    palette: text().array().notNull().default([]),
    description: text(),
    tags: text().array().notNull().default([]),
    suggestedMotion: text(),
    /** What measured or said the analysis. */
    analysedBy: text(),
    starred: boolean().notNull().default(false),
    createdBy: text().references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    deletedAt: moment(),
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Word by word: without the spaces, `red-boat_2.png` would be one word, taken for a host name. */
    search: tsvector().generatedAlwaysAs(
      (): SQL =>
        sql`to_tsvector('simple', translate(coalesce(prompt, '') || ' ' || coalesce(description, '') || ' ' || kinora_words(tags) || ' ' || filename, '._-/', '    '))`,
    ),
  },
  (t) => [
    // Lists are read newest first: backwards. An index made `desc()` here is `nulls last`, which no list asks for.
    index("asset_library").on(t.workspaceId, t.createdAt, t.id).where(sql`deleted_at is null`),
    index("asset_starred").on(t.workspaceId, t.createdAt, t.id).where(sql`starred and deleted_at is null`),
    index("asset_kind").on(t.workspaceId, t.kind, t.createdAt, t.id).where(sql`deleted_at is null`),
    index("asset_draft").on(t.workspaceId, t.draft, t.createdAt, t.id).where(sql`deleted_at is null`),
    index("asset_model").on(t.workspaceId, t.model, t.createdAt, t.id).where(sql`deleted_at is null`),
    index("asset_job").on(t.jobId),
    index("asset_deleted").on(t.deletedAt).where(sql`deleted_at is not null`),
    index("asset_search").using("gin", t.search),
  ],
);

/** What an asset was made from. */
export const assetSource = pgTable(
  "asset_source",
  {
    assetId: text()
      .notNull()
      .references(() => asset.id, { onDelete: "cascade" }),
    sourceId: text()
      .notNull()
      .references(() => asset.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.assetId, t.sourceId] }), index("asset_source_source").on(t.sourceId)],
);

export const board = pgTable(
  "board",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    name: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("board_workspace").on(t.workspaceId, t.createdAt)],
);

export const boardAsset = pgTable(
  "board_asset",
  {
    boardId: text()
      .notNull()
      .references(() => board.id, { onDelete: "cascade" }),
    assetId: text()
      .notNull()
      .references(() => asset.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.boardId, t.assetId] }),
    index("board_asset_added").on(t.boardId, t.createdAt, t.assetId),
    index("board_asset_asset").on(t.assetId),
  ],
);

/** A file on its way in. It becomes an asset when its bytes have been checked. */
export const upload = pgTable(
  "upload",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    createdBy: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    filename: text().notNull(),
    mime: text().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    storageKey: text().notNull(),
    /** The storage's own handle of the upload and its parts; null once they are joined. */
    handle: text(),
    /** The length of all parts but the last. */
    partBytes: integer().notNull().default(16_777_216),
    assetId: text(),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    index("upload_expiry").on(t.expiresAt),
    index("upload_open").on(t.workspaceId, t.createdBy).where(sql`asset_id is null`),
  ],
);
