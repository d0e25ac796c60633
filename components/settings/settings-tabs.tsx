"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { tabLook } from "@/components/ui/tabs";

const TABS = [
  { path: "members", label: "People" },
  { path: "models", label: "Models" },
  { path: "budget", label: "Budget" },
];
const OWNER_TABS = [...TABS, { path: "operator", label: "Operator" }];

export function SettingsTabs({ slug, isOwner }: { slug: string; isOwner: boolean }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Settings" className="flex gap-1 overflow-x-auto border-b">
      {(isOwner ? OWNER_TABS : TABS).map(({ path, label }) => {
        const href = `/w/${slug}/settings/${path}`;
        return (
          <Link
            key={path}
            href={href}
            aria-current={pathname === href ? "page" : undefined}
            className={tabLook}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
