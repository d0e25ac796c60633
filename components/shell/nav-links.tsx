"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/cn";
import { isIn, PLACES } from "./places";

/** The rooms as links: a column beside the page, or a bar under it on phones. */
export function NavLinks({ slug, running, bar = false }: { slug: string; running: number; bar?: boolean }) {
  const pathname = usePathname();
  return (
    <ul className={bar ? "grid grid-cols-4" : "grid gap-0.5"}>
      {PLACES.map((place) => {
        const here = isIn(place, slug, pathname);
        const count = place.path === "/jobs" ? running : 0;
        return (
          <li key={place.name}>
            <Link
              href={`/w/${slug}${place.path}`}
              aria-current={here ? "page" : undefined}
              className={cn(
                "relative flex items-center text-ink-2 transition-colors hover:text-ink aria-[current=page]:text-ink",
                bar
                  ? "h-14 flex-col justify-center gap-1 text-2xs"
                  : "h-9 gap-3 rounded-md px-2.5 text-sm hover:bg-hover aria-[current=page]:bg-hover max-lg:justify-center max-lg:px-0 coarse:h-11",
              )}
            >
              <place.icon
                aria-hidden="true"
                className={cn(bar ? "size-5" : "size-4.5 shrink-0", here && "text-amber-text")}
                strokeWidth={1.75}
              />
              <span className={bar ? "" : "max-lg:sr-only"}>{place.name}</span>
              {count > 0 && <Count count={count} bar={bar} />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Count({ count, bar }: { count: number; bar: boolean }) {
  return (
    <span
      className={cn(
        "figures flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-pressed px-1 font-medium text-2xs text-state-running",
        bar
          ? "absolute top-1.5 left-1/2 ml-2"
          : "ml-auto max-lg:absolute max-lg:top-0 max-lg:right-0 max-lg:ml-0",
      )}
    >
      <span className="sr-only">, under way: </span>
      {count > 99 ? "99+" : count}
    </span>
  );
}
