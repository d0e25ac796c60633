"use client";
import { useSyncExternalStore } from "react";
import { THEME_COOKIE, type Theme, toTheme } from "../theme";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The room that is lit, and the switch. The choice is kept for a year. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => toTheme(document.documentElement.dataset.theme),
    () => "dark" as const,
  );
  return [theme, setTheme];
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=lax`;
  for (const listener of listeners) listener();
}
