"use client";
import { useRouter } from "next/navigation";
import type { AssetView } from "@/lib/assets/schema";
import { toast } from "../ui/toast";
import { unreachable } from "../use-act";
import { useLibrary } from "./actions";
import type { Wall } from "./use-wall";

const count = (n: number, one = "asset") => (n === 1 ? `1 ${one}` : `${n} ${one}s`);

/**
 * What can be done with assets on a wall. It shows at once, and is taken back when the server refuses. The page is
 * read again afterwards: one that was on its way meanwhile may be older than what was done.
 */
export function useWallActions(wall: Wall) {
  const router = useRouter();
  const { slug, actions } = useLibrary();

  const star = async (ids: string[], starred: boolean) => {
    wall.change(ids, { starred });
    const answer = await actions.starAssets(slug, { ids, starred }).catch(unreachable);
    if (!answer.ok) {
      wall.change(ids, { starred: !starred });
      toast.error(answer.error);
    }
    router.refresh();
  };

  const restore = async (gone: AssetView[]) => {
    const answer = await actions.restoreAssets(slug, { ids: gone.map(({ id }) => id) }).catch(unreachable);
    if (answer.ok) wall.insert(answer.value);
    else toast.error(answer.error, { label: "Try again", onClick: () => void restore(gone) });
    router.refresh();
  };

  const remove = async (gone: AssetView[]) => {
    const ids = gone.map(({ id }) => id);
    wall.remove(ids);
    const answer = await actions.deleteAssets(slug, { ids }).catch(unreachable);
    if (answer.ok) {
      toast.note(`${count(ids.length)} deleted`, { label: "Undo", onClick: () => void restore(gone) });
    } else {
      wall.insert(gone);
      toast.error(answer.error);
    }
    router.refresh();
  };

  const takeOff = async (gone: AssetView[], board: { id: string; name: string }) => {
    const ids = gone.map(({ id }) => id);
    wall.remove(ids);
    const answer = await actions.removeFromBoard(slug, { ids, boardId: board.id }).catch(unreachable);
    const putBack = async () => {
      const back = await actions.addToBoard(slug, { ids, boardId: board.id }).catch(unreachable);
      if (back.ok) wall.insert(gone);
      else toast.error(back.error);
      router.refresh();
    };
    if (answer.ok) {
      toast.note(`${count(ids.length)} taken off ${board.name}`, {
        label: "Undo",
        onClick: () => void putBack(),
      });
    } else {
      wall.insert(gone);
      toast.error(answer.error);
    }
    router.refresh();
  };
  return { star, remove, takeOff };
}

export type WallActions = ReturnType<typeof useWallActions>;
