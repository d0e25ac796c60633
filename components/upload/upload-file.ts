import type { AssetView } from "@/lib/assets/schema";
import type { UploadProgress } from "@/lib/assets/upload-schema";
import { ask } from "./ask";
import { Line } from "./line";
import { persist } from "./persist";
import { type SentPart, sendParts } from "./send-parts";
import { UploadError } from "./upload-error";

/** Whatever is uploaded from this page shares it. */
const line = new Line();
/** How often links are asked for anew, or parts that got lost are sent again. */
const ROUNDS = 5;

export type FileUpload = {
  slug: string;
  file: File;
  /** What Kinora calls it, when it was begun before. */
  id: string | null;
};

export type Hears = {
  signal: AbortSignal;
  onBegun: (id: string) => void;
  onSent: (bytes: number) => void;
  /** The server's turn: it looks at the whole file and draws its thumbnail. */
  onChecking: () => void;
  onAway: (why: UploadError) => void;
};

export function uploadAddress(slug: string, id?: string): string {
  const uploads = `/api/w/${encodeURIComponent(slug)}/uploads`;
  return id ? `${uploads}/${id}` : uploads;
}

/**
 * Brings a file into a workspace's library: announced or found again, its missing parts sent, checked. It goes on
 * through lost connections and restarts of the server. Aborting leaves what arrived, to be gone on with. Throws
 * UploadError, or the signal's reason.
 */
export async function uploadFile({ slug, file, id }: FileUpload, hears: Hears): Promise<AssetView> {
  const { signal, onAway } = hears;
  const stubbornly = <T>(run: () => Promise<T>) => persist(signal, onAway, run);
  let progress = await stubbornly(() => begin(slug, file, id, signal));
  hears.onBegun(progress.id);
  const upload = uploadAddress(slug, progress.id);
  const receipts = new Map<number, string>();
  for (let round = 1; ; round++) {
    try {
      const sending = { signal, line, upload, onSent: hears.onSent, persist: stubbornly };
      keep(receipts, await sendParts(file, progress, sending));
      hears.onChecking();
      const parts = [...receipts].map(([number, etag]) => ({ number, etag }));
      return await stubbornly(() => ask<AssetView>("POST", upload, signal, { parts }));
    } catch (thrown) {
      if (!(thrown instanceof UploadError && canGoOn(thrown)) || round === ROUNDS) throw thrown;
      progress = await stubbornly(() => ask<UploadProgress>("GET", upload, signal));
    }
  }
}

/** Old links, or parts that are not there after all. */
function canGoOn({ code }: UploadError): boolean {
  return code === "stale" || code === "bad_input";
}

function keep(receipts: Map<number, string>, sent: SentPart[]): void {
  for (const { number, etag } of sent) receipts.set(number, etag);
}

async function begin(
  slug: string,
  file: File,
  id: string | null,
  signal: AbortSignal,
): Promise<UploadProgress> {
  try {
    if (id) return await ask("GET", uploadAddress(slug, id), signal);
  } catch (thrown) {
    // Its time was over: it begins anew.
    if (!(thrown instanceof UploadError && thrown.code === "not_found")) throw thrown;
  }
  const announced = { name: file.name, bytes: file.size, type: file.type };
  return ask("POST", uploadAddress(slug), signal, announced);
}
