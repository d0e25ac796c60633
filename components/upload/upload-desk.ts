import type { AssetView } from "@/lib/assets/schema";
import { checkFile } from "./accept";
import { claim, release } from "./claims";
import { fingerprint } from "./fingerprint";
import { changeKept, forgetKept, type KeptUpload, keepUpload, listKept } from "./kept-uploads";
import { isOpen, type Upload } from "./upload";
import { UploadError } from "./upload-error";
import { uploadAddress, uploadFile } from "./upload-file";

/** So many files are under way at a time; the others wait their turn. */
const LANES = 3;

type Listener = () => void;

/**
 * Every upload of this tab. It stands above the pages: going elsewhere changes nothing, and after a reload it goes on
 * with what this browser kept.
 */
export class UploadDesk {
  #uploads: readonly Upload[] = [];
  #userId: string | null = null;
  readonly #listeners = new Set<Listener>();
  readonly #aborts = new Map<string, AbortController>();

  readonly list = (): readonly Upload[] => this.#uploads;
  readonly subscribe = (listener: Listener): Listener => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Who works here now. What was kept for them goes on; what another person left is forgotten. */
  async enter(userId: string): Promise<void> {
    if (this.#userId === userId) return;
    if (this.#userId !== null) this.#drop(this.#uploads.map(({ key }) => key));
    this.#userId = userId;
    for (const kept of await listKept(userId)) {
      if (this.#find(kept.key) || !(await claim(kept.key))) continue;
      this.#set([...this.#uploads, revive(kept)]);
    }
    this.#go();
  }

  /** Takes files in. One that was interrupted before goes on where it stopped. Gives their keys. */
  add(
    slug: string,
    files: Iterable<File>,
    { kind, place = null }: { kind?: AssetView["kind"]; place?: string | null } = {},
  ): string[] {
    return [...files].map((file) => {
      const problem = checkFile(file, kind);
      const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
      const error = problem && { ...problem, canRetry: false };
      const found: Upload = {
        ...{ key, slug, id: null, name: file.name, bytes: file.size, fingerprint: null, place, file },
        ...{ state: error ? "failed" : "waiting", sentBytes: 0, away: null, error, asset: null },
      };
      this.#set([...this.#uploads, found]);
      if (!error) void this.#recognise(found, file);
      return key;
    });
  }

  readonly pause = (key: string): void => {
    this.#stop(key);
    this.#change(key, { state: "paused", away: null });
    void changeKept(key, { paused: true });
    this.#go();
  };

  readonly resume = (key: string): void => {
    this.#change(key, { state: "waiting", error: null, away: null });
    void changeKept(key, { paused: false });
    this.#go();
  };

  /** Ends an upload, and what of it had arrived; one that is done only leaves the list. */
  readonly remove = (key: string): void => {
    const upload = this.#find(key);
    if (!upload) return;
    if (upload.state !== "done" && upload.id) {
      const { slug, id } = upload;
      // Nobody waits for this answer; what it cannot remove, the server's sweep does.
      void fetch(uploadAddress(slug, id), { method: "DELETE", keepalive: true }).catch(() => undefined);
    }
    this.#drop([key]);
    this.#go();
  };

  /** Takes what has ended off the list. */
  readonly clear = (): void => {
    for (const { key, state } of this.#uploads) if (state === "done" || state === "failed") this.remove(key);
  };

  async #recognise(upload: Upload, file: File): Promise<void> {
    const print = await fingerprint(file).catch(() => null);
    const before = this.#uploads.find(
      (one) => one.state === "interrupted" && one.name === file.name && one.fingerprint === print,
    );
    if (before) {
      this.#set(this.#uploads.filter(({ key }) => key !== upload.key));
      this.#change(before.key, { file, state: "waiting", place: upload.place ?? before.place });
    } else {
      this.#change(upload.key, { fingerprint: print ?? "" });
      await claim(upload.key);
    }
    this.#keep(before?.key ?? upload.key);
    this.#go();
  }

  #keep(key: string): void {
    const upload = this.#find(key);
    if (!upload || this.#userId === null) return;
    const { slug, id, name, bytes, place, file } = upload;
    void keepUpload({
      ...{ key, userId: this.#userId, slug, id, name, bytes, place, file, paused: false },
      ...{ fingerprint: upload.fingerprint ?? "", lastModified: file?.lastModified ?? 0 },
      addedAt: Date.now(),
    }).then(async () => {
      // It may have ended while its copy was still being made.
      const now = this.#find(key);
      if (!now || now.state === "done") await forgetKept([key]);
      else await changeKept(key, { id: now.id });
    });
  }

  /** Whenever a lane is free, the next one that waits goes. */
  #go(): void {
    for (const upload of this.#uploads) {
      if (this.#aborts.size >= LANES) return;
      const { key, state, file, fingerprint: print } = upload;
      if (state !== "waiting" || print === null || this.#aborts.has(key)) continue;
      if (file) void this.#send(upload, file);
    }
  }

  async #send({ key, slug, id }: Upload, file: File): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    this.#aborts.set(key, abort);
    const change = (part: Partial<Upload>) => {
      if (!signal.aborted) this.#change(key, part);
    };
    change({ state: "sending" });
    try {
      const asset = await uploadFile(
        { slug, file, id },
        {
          signal,
          onBegun: (begun) => {
            change({ id: begun });
            void changeKept(key, { id: begun });
          },
          onSent: (sentBytes) => change({ state: "sending", sentBytes, away: null }),
          onChecking: () => change({ state: "checking", sentBytes: file.size, away: null }),
          onAway: (why) => change({ state: "away", away: navigator.onLine ? why : null }),
        },
      );
      change({ state: "done", asset, away: null });
      if (!signal.aborted) this.#forget(key);
    } catch (thrown) {
      if (!signal.aborted) this.#fail(key, thrown);
    } finally {
      if (this.#aborts.get(key) === abort) this.#aborts.delete(key);
      this.#go();
    }
  }

  #fail(key: string, thrown: unknown): void {
    if (thrown instanceof UploadError && thrown.code === "file") {
      this.#change(key, { state: "interrupted", file: null });
      return;
    }
    const error = toWords(thrown, this.#find(key)?.name ?? "");
    this.#change(key, { state: "failed", error, away: null });
    if (!error.canRetry) this.#forget(key);
  }

  #forget(key: string): void {
    release(key);
    void forgetKept([key]);
  }

  #stop(key: string): void {
    this.#aborts.get(key)?.abort(new DOMException("stopped", "AbortError"));
    this.#aborts.delete(key);
  }

  #drop(keys: string[]): void {
    for (const key of keys) {
      this.#stop(key);
      this.#forget(key);
    }
    this.#set(this.#uploads.filter(({ key }) => !keys.includes(key)));
  }

  #find(key: string): Upload | undefined {
    return this.#uploads.find((upload) => upload.key === key);
  }

  #change(key: string, part: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }

  /** Whether leaving this page would interrupt something. */
  isBusy(): boolean {
    return this.#uploads.some((upload) => isOpen(upload) && upload.file !== null);
  }
}

function revive({ key, slug, id, name, bytes, fingerprint: print, place, file, paused }: KeptUpload): Upload {
  return {
    ...{ key, slug, id, name, bytes, fingerprint: print, place, file },
    state: file === null ? "interrupted" : paused ? "paused" : "waiting",
    ...{ sentBytes: 0, away: null, error: null, asset: null },
  };
}

function toWords(thrown: unknown, name: string): NonNullable<Upload["error"]> {
  if (thrown instanceof UploadError) {
    const { action, code } = thrown;
    // The name stands above the words already.
    const message = thrown.message.replace(`${name}: `, "");
    return { message, action, canRetry: code !== "media_invalid" && code !== "too_large" };
  }
  return { message: "The file could not be sent.", action: "Press Retry.", canRetry: true };
}
