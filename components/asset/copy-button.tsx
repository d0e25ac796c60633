"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";

/** Copies text, and says for a moment that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, copy] = useCopy();
  return (
    <Button size="sm" variant="quiet" onClick={() => copy(text)} aria-label={copied ? "Copied" : label}>
      {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} {copied ? "Copied" : "Copy"}
    </Button>
  );
}

/** The clipboard needs https or localhost; where it is missing the person is told. */
export function useCopy(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (text: string) => {
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => setCopied(true),
      () =>
        toast.error({
          message: "The browser does not let Kinora copy.",
          action: "Select it and copy by hand.",
        }),
    );
  };
  return [copied, copy];
}
