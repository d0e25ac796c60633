"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { checkFile } from "./accept";
import { UploadError, type UploadProgress, uploadFile } from "./upload-file";

export type UploadState = "waiting" | "sending" | "checking" | "done" | "failed";

export type Upload = {
  key: number;
  file: File;
  state: UploadState;
  sentBytes: number;
  error: { message: string; action?: string; canRetry: boolean } | null;
  asset: AssetView | null;
};

/** So many files travel at a time; the others wait their turn. */
const LANES = 3;

/** Files on their way into the library, each with its own progress, cancel and retry. */
export function useUploads(slug: string, onDone: (asset: AssetView) => void) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const aborts = useRef(new Map<number, AbortController>());
  const nextKey = useRef(1);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });

  const change = useCallback((key: number, part: Partial<Upload>) => {
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
  }, []);

  const send = useCallback(
    async ({ key, file }: Upload) => {
      const abort = new AbortController();
      aborts.current.set(key, abort);
      const onProgress = ({ phase, sentBytes }: UploadProgress) => change(key, { state: phase, sentBytes });
      try {
        const asset = await uploadFile(slug, file, { signal: abort.signal, onProgress });
        change(key, { state: "done", asset });
        done.current(asset);
      } catch (thrown) {
        if (!abort.signal.aborted) change(key, { state: "failed", error: toWords(thrown, file) });
      } finally {
        if (aborts.current.get(key) === abort) aborts.current.delete(key);
      }
    },
    [slug, change],
  );

  // Whenever a lane is free, the next one that waits goes.
  useEffect(() => {
    const waiting = uploads.filter(({ key, state }) => state === "waiting" && !aborts.current.has(key));
    for (const upload of waiting.slice(0, LANES - aborts.current.size)) void send(upload);
  }, [uploads, send]);

  useEffect(() => {
    const open = aborts.current;
    return () => {
      for (const abort of open.values()) abort.abort();
    };
  }, []);

  const add = useCallback((files: Iterable<File>, accept?: AssetView["kind"]) => {
    const added = [...files].map((file): Upload => {
      const problem = checkFile(file, accept);
      const error = problem && { ...problem, canRetry: false };
      return {
        key: nextKey.current++,
        file,
        state: error ? "failed" : "waiting",
        sentBytes: 0,
        error,
        asset: null,
      };
    });
    setUploads((all) => [...all, ...added]);
  }, []);

  const remove = useCallback((key: number) => {
    aborts.current.get(key)?.abort();
    // Its lane is free at once: what waits may go.
    aborts.current.delete(key);
    setUploads((all) => all.filter((upload) => upload.key !== key));
  }, []);

  const retry = useCallback(
    (key: number) => change(key, { state: "waiting", sentBytes: 0, error: null }),
    [change],
  );
  const clear = useCallback(() => {
    setUploads((all) => all.filter(({ state }) => state !== "done" && state !== "failed"));
  }, []);
  return { uploads, add, remove, retry, clear };
}

function toWords(thrown: unknown, file: File): Upload["error"] {
  if (thrown instanceof UploadError) {
    const { action, code } = thrown;
    // The name stands above the words already.
    const message = thrown.message.replace(`${file.name}: `, "");
    return { message, action, canRetry: code !== "media_invalid" && code !== "too_large" };
  }
  return { message: "The file could not be read.", action: "Choose it again.", canRetry: true };
}
