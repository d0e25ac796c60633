"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Kbd } from "../ui/kbd";
import { Sheet } from "../ui/sheet";
import { hasModifier, isTyping } from "./keys";
import { PLACES } from "./places";

/** Dispatched on window by whoever wants the sheet to open. */
export const SHOW_SHORTCUTS = "kinora:shortcuts";
const SEQUENCE_MS = 1_200;

const SHORTCUTS: { title: string; rows: [name: string, keys: string[]][] }[] = [
  {
    title: "Anywhere",
    rows: [
      ["Find a page or a command", ["Mod", "K"]],
      ...PLACES.map((place): [string, string[]] => [`Go to ${place.name}`, ["G", place.key.toUpperCase()]]),
      ["This sheet", ["Shift", "?"]],
    ],
  },
  {
    title: "Generate",
    rows: [
      ["Generate", ["Mod", "Enter"]],
      ["Leave the prompt", ["Esc"]],
      ["Write a prompt", ["/"]],
    ],
  },
  {
    title: "Choosing a still",
    rows: [
      ["Look at the one before, the next", ["←", "→"]],
      ["Look at the first, second, …", ["1–9"]],
      ["Take this one", ["Enter"]],
    ],
  },
  {
    title: "Film",
    rows: [
      ["Play, pause", ["Space"]],
      ["One frame back, on", ["←", "→"]],
      ["One second back, on", ["Shift", "←", "→"]],
      ["Loop", ["L"]],
      ["Full screen", ["F"]],
    ],
  },
];

/** Shift+? lists the keys; G and a letter go to a room. */
export function Shortcuts({ slug }: { slug: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);

  useEffect(() => {
    let goAt = 0;
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || hasModifier(event)) return;
      if (event.key === "?") setOpen(true);
      const place = PLACES.find(({ key }) => key === event.key);
      if (place && Date.now() - goAt < SEQUENCE_MS) {
        goAt = 0;
        router.push(`/w/${slug}${place.path}`);
      } else goAt = event.key === "g" ? Date.now() : 0;
    };
    const show = () => setOpen(true);
    window.addEventListener("keydown", press);
    window.addEventListener(SHOW_SHORTCUTS, show);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener(SHOW_SHORTCUTS, show);
    };
  }, [router, slug]);

  return (
    <Sheet open={open} onOpenChange={setOpen} title="Shortcuts">
      <div className="grid gap-6">
        {SHORTCUTS.map(({ title, rows }) => (
          <section key={title} className="grid gap-2">
            <h3 className="overline-label">{title}</h3>
            <dl className="grid gap-1.5 text-sm">
              {rows.map(([name, keys]) => (
                <div key={name} className="flex items-center justify-between gap-4">
                  <dt className="text-ink-2">{name}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
