"use client";
import { Check } from "lucide-react";
import { useCopy } from "./copy-button";

/** The colours of a picture, most present first; a press copies one as hex. */
export function PaletteSwatches({ palette }: { palette: string[] }) {
  return (
    <ul className="flex gap-1.5">
      {palette.map((hex) => (
        <li key={hex} className="min-w-0 flex-1">
          <Swatch hex={hex} />
        </li>
      ))}
    </ul>
  );
}

function Swatch({ hex }: { hex: string }) {
  const [copied, copy] = useCopy();
  return (
    <button
      type="button"
      onClick={() => copy(hex)}
      aria-label={copied ? `${hex} copied` : `Copy the colour ${hex}`}
      className="grid w-full gap-1 rounded-sm text-ink-3 hover:text-ink"
    >
      <span
        style={{ backgroundColor: hex, color: isLight(hex) ? "black" : "white" }}
        className="grid h-9 place-items-center rounded-sm ring-1 ring-line ring-inset"
      >
        {copied && <Check aria-hidden="true" className="size-4" />}
      </span>
      <span className="figures truncate text-2xs">{hex.slice(1)}</span>
    </button>
  );
}

/** Rec. 709 luma above the middle: black reads better on it. */
function isLight(hex: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 140;
}
