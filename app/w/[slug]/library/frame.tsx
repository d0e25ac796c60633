import type { ReactNode } from "react";
import { LibraryProvider } from "@/components/library/actions";
import type { Caller } from "@/lib/auth";
import {
  addToBoard,
  createBoard,
  deleteAssets,
  deleteBoard,
  removeFromBoard,
  renameBoard,
  restoreAssets,
  starAssets,
} from "./actions";

const actions = {
  starAssets,
  deleteAssets,
  restoreAssets,
  createBoard,
  renameBoard,
  deleteBoard,
  addToBoard,
  removeFromBoard,
};

/** What every page of the library stands in. */
export function LibraryFrame({
  slug,
  caller,
  children,
}: {
  slug: string;
  caller: Caller;
  children: ReactNode;
}) {
  return (
    <LibraryProvider slug={slug} canEdit={caller.role !== "viewer"} actions={actions}>
      {children}
    </LibraryProvider>
  );
}
