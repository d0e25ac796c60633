"use client";
import { useEffect } from "react";

/** The front page leads to the workspace this browser was in last. */
export function RememberWorkspace({ slug }: { slug: string }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `kinora-workspace=${slug}; path=/; max-age=31536000; samesite=lax`;
  }, [slug]);
  return null;
}
