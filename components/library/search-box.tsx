"use client";
import { Search, X } from "lucide-react";
import type { ComponentProps, Ref } from "react";
import { cn } from "../ui/cn";
import { fieldLook } from "../ui/input";
import { Spinner } from "../ui/spinner";

/** The search field of the library: what it finds comes while one types. */
export function SearchBox({
  value,
  onChange,
  busy = false,
  label = "Search the library",
  className,
  ref,
  ...rest
}: Omit<ComponentProps<"input">, "value" | "onChange" | "type" | "ref"> & {
  value: string;
  onChange: (value: string) => void;
  busy?: boolean;
  label?: string;
  ref?: Ref<HTMLInputElement>;
}) {
  return (
    <search className={cn("relative block min-w-0", className)}>
      <span className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 text-ink-3 [&>svg]:size-4">
        {busy ? <Spinner /> : <Search aria-hidden="true" />}
      </span>
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder="Prompts, tags, what is in the picture"
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          onChange("");
        }}
        className={cn(
          fieldLook,
          "h-9 pr-9 pl-9 coarse:h-11 [&::-webkit-search-cancel-button]:appearance-none",
        )}
        {...rest}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={(event) => {
            onChange("");
            event.currentTarget.parentElement?.querySelector("input")?.focus();
          }}
          className="-translate-y-1/2 absolute top-1/2 right-1 flex size-7 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink coarse:size-9"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </search>
  );
}
