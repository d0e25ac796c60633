"use client";
import { useEffect, useRef } from "react";

/** A mark for the end of a list; calls back while it is within 1,200 px of what is seen. */
export function useNearEnd<T extends HTMLElement>(onNear: (() => void) | null) {
  const mark = useRef<T>(null);
  useEffect(() => {
    if (!mark.current || !onNear) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) onNear();
      },
      { rootMargin: "1200px 0px" },
    );
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [onNear]);
  return mark;
}
