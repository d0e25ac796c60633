"use client";
import { useState } from "react";
import { cn } from "./cn";

const LONG = 420;

/** Words as they were written; the rest of many opens on a press. */
export function LongText({ text, className }: { text: string; className?: string }) {
  const [open, setOpen] = useState(false);
  const isLong = text.length > LONG || text.split("\n").length > 9;
  return (
    <div className="grid justify-items-start gap-1">
      <p className={cn("whitespace-pre-wrap break-words", isLong && !open && "line-clamp-8", className)}>
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="text-ink-2 text-xs underline decoration-line-strong underline-offset-3 hover:text-ink coarse:py-2"
        >
          {open ? "Show less" : "Show all of it"}
        </button>
      )}
    </div>
  );
}
