import Link from "next/link";
import type { ReactNode } from "react";
import { Mark, Wordmark } from "../ui/logo";
import { AccountMenu } from "./account-menu";
import { NavLinks } from "./nav-links";
import { type WorkspaceLink, WorkspaceSwitcher } from "./workspace-switcher";

/** The frame of a workspace: rooms at the side (under the page on phones), the page in the rest. */
export function Shell({
  workspace,
  workspaces,
  mayOpenAnother,
  user,
  running,
  onSignOut,
  children,
}: {
  workspace: WorkspaceLink;
  workspaces: WorkspaceLink[];
  /** Whether this person may open a further workspace. */
  mayOpenAnother: boolean;
  user: { name: string; email: string };
  /** Jobs under way. */
  running: number;
  onSignOut: () => Promise<void>;
  children: ReactNode;
}) {
  const switcher = { current: workspace, workspaces, mayOpenAnother };
  return (
    <div className="sm:grid sm:grid-cols-[4.5rem_minmax(0,1fr)] lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#page"
        className="fixed top-2 left-2 z-50 rounded-md bg-amber px-3 py-2 font-medium text-amber-ink text-sm not-focus:sr-only"
      >
        Skip to the page
      </a>

      <header className="sticky top-0 z-30 flex items-center gap-1 border-b bg-rail/95 px-2 py-1 backdrop-blur sm:hidden">
        <Link href={`/w/${workspace.slug}`} aria-label="Kinora, Generate" className="p-2">
          <Mark />
        </Link>
        <WorkspaceSwitcher {...switcher} className="mr-auto" />
        <AccountMenu compact {...user} onSignOut={onSignOut} />
      </header>

      <aside
        aria-label="Studio"
        className="sticky top-0 hidden h-dvh flex-col gap-5 border-r bg-rail px-3 py-4 sm:flex"
      >
        <Link
          href={`/w/${workspace.slug}`}
          aria-label="Kinora, Generate"
          className="flex h-9 items-center rounded-md px-2 max-lg:justify-center max-lg:px-0"
        >
          <Wordmark className="max-lg:hidden" />
          <Mark className="lg:hidden" />
        </Link>
        <WorkspaceSwitcher {...switcher} className="max-lg:justify-center max-lg:px-0" />
        <nav aria-label="Rooms" className="flex-1">
          <NavLinks slug={workspace.slug} running={running} />
        </nav>
        <AccountMenu {...user} onSignOut={onSignOut} />
      </aside>

      <main id="page" tabIndex={-1} className="min-w-0 pb-20 outline-none sm:pb-0">
        {children}
      </main>

      <nav
        aria-label="Rooms"
        className="fixed inset-x-0 bottom-0 z-30 border-t bg-rail/95 pb-[env(safe-area-inset-bottom)] backdrop-blur sm:hidden"
      >
        <NavLinks slug={workspace.slug} running={running} bar />
      </nav>
    </div>
  );
}
