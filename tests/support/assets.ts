import { createAsset, type NewAsset } from "@/lib/assets";
import { newId } from "@/lib/ids";
import type { Team } from "./people";
import { openTwoTeams } from "./two-teams";

/** A picture as `createAsset` takes it; give what the test is about. */
export function picture(workspaceId: string, given: Partial<NewAsset> = {}): NewAsset {
  const id = given.id ?? newId("asset");
  return {
    id,
    workspaceId,
    kind: "picture",
    role: "still",
    filename: `${id}.png`,
    mime: "image/png",
    bytes: 1_000,
    sha256: "0".repeat(64),
    width: 1_280,
    height: 720,
    storageKey: `${workspaceId}/${id}.png`,
    ...given,
  };
}

/** Two workspaces that must not see each other, and a way to hang assets in them. */
export async function openWalls() {
  const { database, ours, theirs } = await openTwoTeams();
  const create = (team: Team, given: Partial<NewAsset> = {}) =>
    createAsset(database.db, picture(team.workspaceId, given));
  return { database, ours, theirs, create };
}

export const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id);
