"use client";
import { useEffect, useRef } from "react";
import { hasModifier, isTyping } from "../shell/keys";

/** Runs on a key that nobody nearer took and that is not part of what is being written. */
export function useKey(key: string, run: (() => void) | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented || event.shiftKey) return;
      if (isTyping(event) || hasModifier(event) || !latest.current) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [key]);
}
