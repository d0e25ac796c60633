"use client";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";
import { useLive } from "./use-live";

/** What this page is about comes at once; the rest of the workspace at most every two seconds. */
const MINE_MS = 120;
const OTHERS_MS = 2_000;

/** Draws the page again when something moved. Shows a word when the line to the server is down. */
export function LivePages({ slug, after }: { slug: string; after: number }) {
  const path = usePathname();
  const refresh = useRefresh();
  const isUp = useLive(slug, after, {
    onMessage: ({ job }) => {
      const onJobPage = /\/jobs\/job_/.test(path);
      refresh(onJobPage && !path.endsWith(job) ? OTHERS_MS : MINE_MS);
    },
    onGap: () => refresh(0),
  });
  return (
    <p
      role="status"
      className={
        isUp
          ? "sr-only"
          : "fixed inset-x-0 top-0 z-40 mx-auto w-fit rounded-b-md border border-line-strong border-t-0 bg-raised px-3 py-1 text-ink-2 text-xs shadow-float"
      }
    >
      {isUp ? "" : "No connection to Kinora. Trying again; jobs go on."}
    </p>
  );
}

/** Refreshes after a delay, one at a time; what comes in meanwhile makes one more. */
function useRefresh(): (delayMs: number) => void {
  const router = useRouter();
  const [busy, start] = useTransition();
  const due = useRef<{ at: number; timer: ReturnType<typeof setTimeout> } | undefined>(undefined);
  const isBusy = useRef(busy);
  const again = useRef(false);

  const run = useCallback(() => {
    due.current = undefined;
    if (isBusy.current) {
      again.current = true;
      return;
    }
    start(() => router.refresh());
  }, [router]);

  useEffect(() => {
    isBusy.current = busy;
    if (busy || !again.current) return;
    again.current = false;
    run();
  }, [busy, run]);
  useEffect(() => () => clearTimeout(due.current?.timer), []);

  return useCallback(
    (delayMs) => {
      const at = Date.now() + delayMs;
      if (due.current && due.current.at <= at) return;
      clearTimeout(due.current?.timer);
      due.current = { at, timer: setTimeout(run, delayMs) };
    },
    [run],
  );
}
