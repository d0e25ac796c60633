"use client";
import { Keyboard, type LucideIcon, Moon, Search, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent as Press, useEffect, useId, useState } from "react";
import { cn } from "../ui/cn";
import { scrimLook } from "../ui/dialog";
import { PLACES } from "./places";
import { SHOW_SHORTCUTS } from "./shortcuts";
import { setTheme } from "./use-theme";

type Command = { name: string; icon: LucideIcon; run: () => void };

/** Ctrl+K or ⌘K: every page and command by name, and the library by words. */
export function Palette({ slug }: { slug: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
      event.preventDefault();
      setOpen((is) => !is);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Portal>
        <Radix.Overlay className={scrimLook} />
        <Radix.Content
          aria-describedby={undefined}
          className="-translate-x-1/2 fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg overflow-hidden rounded-xl border border-line-strong bg-raised shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Find a page or a command</Radix.Title>
          <Finder slug={slug} close={() => setOpen(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Finder({ slug, close }: { slug: string; close: () => void }) {
  const commands = useCommands(slug);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const wanted = words.trim().toLowerCase();
  const found = commands(words.trim()).filter(({ name }) => name.toLowerCase().includes(wanted));
  const current = Math.min(at, found.length - 1);

  const run = (command: Command | undefined) => {
    close();
    command?.run();
  };
  const press = (event: Press) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((current + step + found.length) % found.length);
    else if (event.key === "Enter") run(found[current]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex items-center gap-3 border-b px-4">
        <Search aria-hidden="true" className="size-4 text-ink-3" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={`${listId}-${current}`}
          aria-label="Find a page or a command"
          placeholder="Go to, do, or find in the library"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-12 flex-1 bg-transparent text-md outline-none"
        />
      </div>
      <div role="listbox" id={listId} aria-label="Found" className="max-h-80 overflow-y-auto p-1">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field above.
          <div
            key={command.name}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onClick={() => run(command)}
            onMouseMove={() => setAt(index)}
            className={cn(
              "flex h-10 cursor-pointer items-center gap-3 rounded-md px-3 text-sm",
              index === current && "bg-hover",
            )}
          >
            <command.icon aria-hidden="true" className="size-4 text-ink-3" />
            <span className="truncate">{command.name}</span>
          </div>
        ))}
      </div>
    </>
  );
}

function useCommands(slug: string): (words: string) => Command[] {
  const router = useRouter();
  const go = (path: string) => () => router.push(path);
  const fixed: Command[] = [
    ...PLACES.map((place) => ({
      name: `Go to ${place.name}`,
      icon: place.icon,
      run: go(`/w/${slug}${place.path}`),
    })),
    { name: "Dark room", icon: Moon, run: () => setTheme("dark") },
    { name: "Light room", icon: Sun, run: () => setTheme("light") },
    {
      name: "Show shortcuts",
      icon: Keyboard,
      run: () => window.dispatchEvent(new Event(SHOW_SHORTCUTS)),
    },
  ];
  return (words) =>
    words === ""
      ? fixed
      : [
          ...fixed,
          {
            name: `Find “${words}” in the library`,
            icon: Search,
            run: go(`/w/${slug}/library?q=${encodeURIComponent(words)}`),
          },
        ];
}
