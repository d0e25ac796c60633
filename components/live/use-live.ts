"use client";
import { useEffect, useRef, useState } from "react";

export type LiveMessage = { job: string; type: string };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A browser opens six connections to a server: pages in the background give theirs back. */
const HIDDEN_MS = 20_000;

/**
 * Hears what moves in a workspace. Goes on where it left off after a lost connection or a while in the
 * background; `onGap` says that something may have been missed. Gives whether the line is up.
 */
export function useLive(
  slug: string,
  after: number,
  hear: { onMessage: (message: LiveMessage) => void; onGap: () => void },
): boolean {
  const [isUp, setUp] = useState(true);
  const last = useRef(after);
  const handlers = useRef(hear);
  handlers.current = hear;

  useEffect(() => {
    let source: EventSource | undefined;
    let wait: ReturnType<typeof setTimeout> | undefined;
    let hide: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const close = () => {
      clearTimeout(wait);
      source?.close();
      source = undefined;
    };
    const open = () => {
      close();
      const line = new EventSource(`/api/live?w=${encodeURIComponent(slug)}&after=${last.current}`);
      source = line;
      line.onopen = () => {
        if (failures > 0) handlers.current.onGap();
        failures = 0;
        setUp(true);
      };
      line.onmessage = (event) => {
        last.current = Math.max(last.current, Number(event.lastEventId) || 0);
        handlers.current.onMessage(JSON.parse(event.data));
      };
      line.addEventListener("end", () => {
        close();
        handlers.current.onGap();
      });
      line.onerror = () => {
        close();
        failures += 1;
        if (failures > 1) setUp(false);
        wait = setTimeout(open, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)));
      };
    };
    const look = () => {
      clearTimeout(hide);
      if (document.visibilityState === "hidden") {
        hide = setTimeout(close, HIDDEN_MS);
      } else if (!source) {
        failures = 0;
        open();
        handlers.current.onGap();
      }
    };
    open();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      close();
      clearTimeout(hide);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [slug]);

  return isUp;
}
