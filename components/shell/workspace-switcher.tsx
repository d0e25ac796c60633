"use client";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { cn } from "../ui/cn";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/dropdown-menu";

export type WorkspaceLink = { slug: string; name: string };

/** Which team's wall this is, and the way to the others. */
export function WorkspaceSwitcher({
  current,
  workspaces,
  mayOpenAnother,
  className,
}: {
  current: WorkspaceLink;
  workspaces: WorkspaceLink[];
  mayOpenAnother: boolean;
  className?: string;
}) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Workspace: ${current.name}. Switch`}
          className={cn(
            "flex h-10 min-w-0 items-center gap-2.5 rounded-md px-2 text-left text-sm transition-colors hover:bg-hover data-[state=open]:bg-hover",
            className,
          )}
        >
          <Tile name={current.name} />
          <span className="min-w-0 flex-1 truncate font-medium max-lg:sm:sr-only">{current.name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3 max-lg:sm:hidden" />
        </button>
      }
      className="w-60"
    >
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.map((workspace) => (
        <MenuItem key={workspace.slug} asChild>
          <Link href={`/w/${workspace.slug}`}>
            <Tile name={workspace.name} />
            <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
            {workspace.slug === current.slug && (
              <>
                <span className="sr-only">(you are here)</span>
                <Check aria-hidden="true" className="text-amber-text!" />
              </>
            )}
          </Link>
        </MenuItem>
      ))}
      {mayOpenAnother && (
        <>
          <MenuLine />
          <MenuItem asChild>
            <Link href="/workspaces/new">
              <span className="inline-flex size-6 items-center justify-center">
                <Plus aria-hidden="true" />
              </span>
              New workspace
            </Link>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function Tile({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm bg-amber-wash font-semibold text-amber-text text-xs"
    >
      {[...name.trim()][0]?.toUpperCase() ?? "?"}
    </span>
  );
}
