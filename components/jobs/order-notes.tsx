"use client";
import { Download } from "lucide-react";
import type { StepView } from "@/lib/jobs/schema";

/** What became of a step's orders beside what they made: lost, short, dearer than reserved; and what was kept of it. */
export function OrderNotes({ step }: { step: StepView }) {
  if (step.orders.length === 0) return null;
  return (
    <ul aria-label="What became of the orders" className="grid gap-1 text-ink-2 text-xs">
      {step.orders.map(({ generationId, part, said, kept }) => (
        <li key={generationId} className="grid gap-0.5">
          <span>
            <span className="text-ink-3">Order {part + 1}: </span>
            {said.join(" ")}
          </span>
          {kept.map(({ url, filename, bytes }) => (
            <a
              key={url}
              href={url}
              download={filename}
              className="inline-flex w-fit items-center gap-1 text-ink-3 hover:text-ink hover:underline"
            >
              <Download aria-hidden="true" className="size-3" /> Download what came
              {bytes !== null && ` (${bytes.toLocaleString("en")} bytes)`}
            </a>
          ))}
        </li>
      ))}
    </ul>
  );
}
