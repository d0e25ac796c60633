"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** Clocks of servers and browsers differ; below this the difference is the way the page took. */
const SKEW_MS = 20_000;
const Now = createContext(0);
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let skewMs = 0;

/** Gives the server's time to everything that counts time, so that the first paint is the same on both sides. */
export function NowProvider({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  if (typeof window !== "undefined") {
    const apart = serverNow - Date.now();
    if (skewMs === 0 && Math.abs(apart) > SKEW_MS) skewMs = apart;
  }
  return <Now.Provider value={serverNow}>{children}</Now.Provider>;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in milliseconds, by the server's clock, moving on in steps of `stepSeconds`. */
export function useNow(stepSeconds = 1): number {
  const serverNow = useContext(Now);
  const floor = (ms: number) => Math.floor(ms / (stepSeconds * 1000)) * stepSeconds * 1000;
  return useSyncExternalStore(
    subscribe,
    () => floor(Date.now() + skewMs),
    () => floor(serverNow),
  );
}
