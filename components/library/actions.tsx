"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { AssetView } from "@/lib/assets/schema";
import type { Answer } from "../answer";

type Act<I, T> = (slug: string, input: I) => Promise<Answer<T>>;
type Ids = { ids: string[] };

/** What the library can do, as server actions: pages hand them in. */
export type LibraryActions = {
  starAssets: Act<Ids & { starred: boolean }, string[]>;
  deleteAssets: Act<Ids, string[]>;
  restoreAssets: Act<Ids, AssetView[]>;
  createBoard: Act<{ name: string; assetIds?: string[] }, { id: string; name: string }>;
  renameBoard: Act<{ id: string; name: string }, void>;
  deleteBoard: Act<{ id: string }, void>;
  addToBoard: Act<Ids & { boardId: string }, string[]>;
  removeFromBoard: Act<Ids & { boardId: string }, string[]>;
};

type Library = {
  slug: string;
  /** False for viewers: they see everything and change nothing. */
  canEdit: boolean;
  actions: LibraryActions;
};

const Context = createContext<Library | null>(null);

export function LibraryProvider({ children, ...library }: Library & { children: ReactNode }) {
  return <Context.Provider value={library}>{children}</Context.Provider>;
}

export function useLibrary(): Library {
  const library = useContext(Context);
  if (!library) throw new Error("useLibrary needs a LibraryProvider around it");
  return library;
}
