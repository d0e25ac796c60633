"use client";
import { useSyncExternalStore } from "react";
import { holdNavigations, holdPageRequests } from "./hold-requests";
import { isWaiting, subscribeToWaiting } from "./server-answers";

// Before anything of the page can ask: when this module is loaded, once.
if (typeof window !== "undefined") {
  holdPageRequests();
  holdNavigations();
}

/** Keeps a page a page while the server is away, and says what it waits for. */
export function ConnectionGuard() {
  const waiting = useSyncExternalStore(subscribeToWaiting, isWaiting, () => false);
  return (
    <p
      role="status"
      className={
        waiting
          ? "fixed inset-x-0 top-0 z-50 mx-auto w-fit rounded-b-md border border-line-strong border-t-0 bg-raised px-3 py-1 text-ink-2 text-xs shadow-float"
          : "sr-only"
      }
    >
      {waiting ? "Kinora does not answer. It goes on by itself; jobs go on, too." : ""}
    </p>
  );
}
