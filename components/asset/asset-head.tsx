"use client";
import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { useKey } from "./use-key";

export type Way = {
  back: { href: string; name: string };
  newerHref: string | null;
  olderHref: string | null;
};

/** Back to the wall, and on along it: ← and →, Esc. */
export function AssetHead({ back, newerHref, olderHref }: Way) {
  const router = useRouter();
  useKey("ArrowLeft", newerHref ? () => router.replace(newerHref) : null);
  useKey("ArrowRight", olderHref ? () => router.replace(olderHref) : null);
  useKey("Escape", () => router.push(back.href));
  return (
    <div className="flex items-center justify-between gap-3">
      <Button asChild variant="quiet" className="-ml-2 min-w-0">
        <Link href={back.href}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          <span className="truncate">{back.name}</span>
        </Link>
      </Button>
      <nav aria-label="Along the wall" className="flex gap-1">
        <Step href={newerHref} label="The one before" keys={["←"]}>
          <ChevronLeft aria-hidden="true" />
        </Step>
        <Step href={olderHref} label="The next one" keys={["→"]}>
          <ChevronRight aria-hidden="true" />
        </Step>
      </nav>
    </div>
  );
}

function Step({
  href,
  label,
  keys,
  children,
}: {
  href: string | null;
  label: string;
  keys: string[];
  children: React.ReactElement;
}) {
  if (!href) {
    return (
      <IconButton label={label} keys={keys} disabled>
        {children}
      </IconButton>
    );
  }
  return (
    <IconButton label={label} keys={keys} asChild>
      <Link href={href} replace prefetch>
        {children}
      </Link>
    </IconButton>
  );
}
