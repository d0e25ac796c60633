import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Wordmark } from "@/components/ui/logo";

/** The frame of pages that belong to a person and not to a workspace. */
export function AccountFrame({
  onSignOut,
  children,
}: {
  onSignOut: () => Promise<void>;
  children: ReactNode;
}) {
  return (
    <>
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-rail/95 px-4 backdrop-blur sm:px-8">
        <Link href="/" aria-label="Kinora" className="flex rounded-md">
          <Wordmark />
        </Link>
        <nav aria-label="Account" className="flex items-center gap-1">
          <Button asChild variant="quiet">
            <Link href="/">Back to the studio</Link>
          </Button>
          <form action={onSignOut} className="flex">
            <Button type="submit" variant="quiet">
              Sign out
            </Button>
          </form>
        </nav>
      </header>
      <main>{children}</main>
    </>
  );
}
