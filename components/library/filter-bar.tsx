"use client";
import { AudioLines, Film, Image, LayoutGrid, Shapes, Star, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { AssetFilter, BoardView } from "@/lib/assets/schema";
import { isTyping } from "../shell/keys";
import { cn } from "../ui/cn";
import { PillSelect, pillLook } from "../ui/select";
import { SearchBox } from "./search-box";

const KINDS = [
  { value: "all", label: "Everything", icon: <Shapes aria-hidden="true" /> },
  { value: "picture", label: "Pictures", icon: <Image aria-hidden="true" /> },
  { value: "video", label: "Films", icon: <Film aria-hidden="true" /> },
  { value: "audio", label: "Sound", icon: <AudioLines aria-hidden="true" /> },
];
const MADE = [
  { value: "all", label: "Draft and final" },
  { value: "draft", label: "Drafts", note: "Made by the built-in engine" },
  { value: "final", label: "Finals", note: "Made by a provider, or uploaded" },
];
/** Short enough to feel at once, long enough not to ask for every letter of a quick hand. */
const TYPING_MS = 140;

/** Search and filters of the wall. */
export function FilterBar({
  filter,
  boards,
  busy,
  onChange,
}: {
  filter: AssetFilter;
  /** For the choice of a board; none on a board's own page. */
  boards: BoardView[] | null;
  busy: boolean;
  onChange: (filter: AssetFilter) => void;
}) {
  const set = (part: AssetFilter) => onChange({ ...filter, ...part });
  const made = filter.draft === undefined ? "all" : filter.draft ? "draft" : "final";
  return (
    <div className="grid min-w-0 gap-3 lg:flex lg:items-center">
      <LibrarySearch filter={filter} busy={busy} onChange={onChange} />
      <fieldset className="-m-1 relative flex min-w-0 items-center gap-2 overflow-x-auto p-1 [scrollbar-width:none]">
        <legend className="sr-only">Filters</legend>
        {filter.tag && <Chip name="Tag" value={filter.tag} onRemove={() => set({ tag: undefined })} />}
        {filter.model && (
          <Chip
            name="Model"
            value={filter.model.replace(/^[a-z]+:/, "")}
            onRemove={() => set({ model: undefined })}
          />
        )}
        {filter.jobId && <Chip name="From" value="one job" onRemove={() => set({ jobId: undefined })} />}
        <PillSelect
          label="Kind"
          value={filter.kind ?? "all"}
          onChange={(value) => set({ kind: KIND_OF[value] })}
          options={KINDS}
          className={cn(filter.kind && ON)}
        />
        <button
          type="button"
          aria-pressed={filter.starred === true}
          onClick={() => set({ starred: filter.starred ? undefined : true })}
          className={cn(pillLook, filter.starred && ON)}
        >
          <Star aria-hidden="true" className={cn(filter.starred && "fill-current")} /> Starred
        </button>
        <PillSelect
          label="Draft or final"
          value={made}
          onChange={(value) => set({ draft: value === "all" ? undefined : value === "draft" })}
          options={MADE}
          className={cn(filter.draft !== undefined && ON)}
        />
        {boards && boards.length > 0 && (
          <PillSelect
            label="Board"
            value={filter.boardId ?? "all"}
            onChange={(value) => set({ boardId: value === "all" ? undefined : value })}
            options={[
              { value: "all", label: "All boards" },
              ...boards.map(({ id, name, count }) => ({ value: id, label: name, aside: count })),
            ]}
            icon={<LayoutGrid aria-hidden="true" />}
            className={cn(filter.boardId && ON)}
          />
        )}
      </fieldset>
    </div>
  );
}

const ON = "border-amber-text text-ink";
const KIND_OF: Record<string, AssetFilter["kind"]> = { picture: "picture", video: "video", audio: "audio" };

function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <button type="button" onClick={onRemove} className={cn(pillLook, ON)}>
      <span className="sr-only">Take the filter off: </span>
      <span className="truncate">
        <span className="text-ink-3">{name}</span> {value}
      </span>
      <X aria-hidden="true" />
    </button>
  );
}

/** Finds while one types. `/` goes there from anywhere on the page. */
function LibrarySearch({
  filter,
  busy,
  onChange,
}: {
  filter: AssetFilter;
  busy: boolean;
  onChange: (filter: AssetFilter) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const shown = filter.q ?? "";
  const [words, setWords] = useState(shown);
  const [asked, setAsked] = useState(shown);
  const isSettled = words.trim() === asked;
  const latest = useRef({ filter, onChange, isSettled });
  useEffect(() => {
    latest.current = { filter, onChange, isSettled };
  });
  useEffect(() => {
    const q = words.trim();
    if (q === asked) return;
    const timer = setTimeout(() => {
      setAsked(q);
      latest.current.onChange({ ...latest.current.filter, q: q || undefined });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [words, asked]);
  // Someone else changed the address: "Show everything", the way back. While one types it only echoes, late.
  useEffect(() => {
    if (document.activeElement === field.current || !latest.current.isSettled) return;
    setWords(shown);
    setAsked(shown);
  }, [shown]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event) || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <SearchBox
      ref={field}
      value={words}
      onChange={setWords}
      busy={busy}
      className="w-full lg:w-80 lg:shrink-0 xl:w-96"
    />
  );
}
