"use client";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useTransition } from "react";
import type { AssetFilter } from "@/lib/assets/schema";
import { writeFilter } from "@/lib/assets/schema";

/** What the library shows is what its address says: a filter can be linked, reloaded and gone back from. */
export function useLibraryAddress(): [show: (filter: AssetFilter) => void, busy: boolean] {
  const router = useRouter();
  const path = usePathname();
  const [busy, start] = useTransition();
  const show = useCallback(
    (filter: AssetFilter) => {
      // A board's own page has it in its path.
      const { boardId, ...rest } = filter;
      const query = writeFilter(path.includes("/boards/") ? rest : { ...rest, boardId });
      start(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
    },
    [router, path],
  );
  return [show, busy];
}
