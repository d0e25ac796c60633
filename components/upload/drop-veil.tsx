import { ImageDown } from "lucide-react";

/** Lies over the whole window while something that can be dropped hovers. */
export function DropVeil({ title, note }: { title: string; note?: string }) {
  return (
    <div
      role="presentation"
      className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-4 backdrop-blur-[2px] animate-in fade-in-0 duration-100"
    >
      <div className="absolute inset-3 rounded-xl border-2 border-amber border-dashed" />
      <div className="grid justify-items-center gap-2 text-center text-white">
        <ImageDown aria-hidden="true" strokeWidth={1.5} className="size-10 text-amber" />
        <p className="font-semibold text-lg">{title}</p>
        {note && <p className="text-sm text-white/75">{note}</p>}
      </div>
    </div>
  );
}
