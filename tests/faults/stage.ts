import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { createAsset } from "@/lib/assets";
import { db } from "@/lib/db";
import { storage } from "@/lib/storage";
import { type ContractServer, startContractServer } from "../contract";
import { picture } from "../support/assets";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam, type Team } from "../support/people";
import { setEnv } from "../support/studio";
import { startRelay } from "./relay";

/** The picture that films begin from, and that is read. */
export const PICTURE_ID = "asset_begin";

/** Where the paid path is walked: a database, a disk, providers, and a network between them. */
export type Stage = {
  base: TestDatabase;
  contract: ContractServer;
  team: Team;
  /** Where passing work lies: nothing else does. */
  passing: string;
  close(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const base = await createDatabase();
  const contract = await startContractServer({ secondsToMake: 0, webhooks: "never" });
  const relay = await startRelay();
  const passing = join(base.home, "passing");
  await mkdir(passing);
  const outside = process.env.TMPDIR;
  setEnv({ ...contract.env, AUTH_SECRET: "a secret of this test run, long enough for all" });
  setEnv({ TMPDIR: passing, PROVIDER_POST_SECONDS: 1 });
  const team = await addTeam(base.db, "walkers");
  await addPicture(team);
  return {
    base,
    contract,
    team,
    passing,
    async close() {
      if (outside === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = outside;
      await Promise.all([contract.stop(), relay.stop()]);
      await base.drop();
    },
  };
}

async function addPicture({ workspaceId }: Team): Promise<void> {
  const storageKey = `${workspaceId}/uploads/${PICTURE_ID}.png`;
  const pixels = { width: 320, height: 180, channels: 3 as const, background: "#336699" };
  const bytes = await sharp({ create: pixels }).png().toBuffer();
  await storage().put(storageKey, bytes, "image/png");
  const row = picture(workspaceId, { id: PICTURE_ID, storageKey, width: 320, height: 180 });
  await createAsset(db(), row);
}
