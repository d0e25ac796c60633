import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type MediaInput, modelById, type Order } from "@/lib/ai";
import { type Asset, findAsset } from "@/lib/assets";
import { studioCaller } from "@/lib/auth/caller";
import { extractFrame, preparePicture } from "@/lib/media";
import { externalUrl, storage } from "@/lib/storage";
import { type Ask, replaceAssets, type Scope } from "./ask";

/** An ask with its pictures at hand, as providers take it. */
export async function orderOf(scope: Pick<Scope, "workspaceId">, ask: Ask): Promise<Order> {
  const staysHere = modelById(ask.model).provider === "draft";
  const input = await replaceAssets(ask.input, ({ assetId, atSeconds }) =>
    mediaInput(scope.workspaceId, assetId, { atSeconds, staysHere }),
  );
  return { capability: ask.capability, model: ask.model, input } as Order;
}

/** What leaves Kinora is never the original: a picture made anew, upright, at most 2,048 px, without EXIF. */
const LONG_SIDE_PX = 2048;

async function mediaInput(
  workspaceId: string,
  assetId: string,
  { atSeconds = 0, staysHere }: { atSeconds?: number; staysHere: boolean },
): Promise<MediaInput> {
  const asset = await findAsset(studioCaller(workspaceId), assetId, { includeDeleted: true });
  // The draft engine knows its own pictures by what it wrote into them.
  const ownDraft = staysHere && asset.draft && asset.kind === "picture";
  const key = ownDraft ? asset.storageKey : proxyKey(asset, atSeconds);
  const prepared = (await readKept(key)) ?? (await makeProxy(asset, key, atSeconds));
  return {
    mime: prepared.mime,
    bytes: prepared.bytes.length,
    sha256: asset.sha256,
    width: asset.width ?? undefined,
    height: asset.height ?? undefined,
    read: async () => prepared.bytes,
    url: () => externalUrl(key, 3600),
  };
}

function proxyKey(asset: Asset, atSeconds: number): string {
  const moment = asset.kind === "video" ? `-${Math.round(atSeconds * 1000)}` : "";
  return `${asset.storageKey}.proxy${moment}.jpg`;
}

async function readKept(key: string) {
  if (!(await storage().head(key))) return null;
  const { stream, mime } = await storage().get(key);
  return { bytes: await buffer(stream), mime };
}

async function makeProxy(asset: Asset, key: string, atSeconds: number) {
  const folder = await mkdtemp(join(tmpdir(), "kinora-proxy-"));
  try {
    const original = join(folder, "original");
    const { stream } = await storage().get(asset.storageKey);
    await pipeline(stream, createWriteStream(original));
    let picture = original;
    if (asset.kind === "video") {
      picture = join(folder, "frame.png");
      await extractFrame(original, atSeconds, picture);
    }
    const out = join(folder, "proxy.jpg");
    await preparePicture(picture, out, LONG_SIDE_PX);
    await storage().put(key, { path: out }, "image/jpeg");
    return { bytes: await readFile(out), mime: "image/jpeg" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
