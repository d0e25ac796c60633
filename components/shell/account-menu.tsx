"use client";
import { Keyboard, LogOut, MonitorCog, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { toTheme } from "../theme";
import { Avatar } from "../ui/avatar";
import { cn } from "../ui/cn";
import { Menu, MenuItem, MenuLabel, MenuLine, MenuRadio } from "../ui/dropdown-menu";
import { Kbd } from "../ui/kbd";
import { SHOW_SHORTCUTS } from "./shortcuts";
import { useTheme } from "./use-theme";

const ROOMS = [
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "system", label: "As the system", icon: <MonitorCog aria-hidden="true" /> },
];

/** The person, the light in the room, and the way out. */
export function AccountMenu({
  name,
  email,
  compact = false,
  onSignOut,
}: {
  name: string;
  email: string;
  compact?: boolean;
  onSignOut: () => Promise<void>;
}) {
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      side={compact ? "bottom" : "top"}
      align={compact ? "end" : "start"}
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name}`}
          className={cn(
            "flex items-center gap-2.5 rounded-md text-left text-sm transition-colors hover:bg-hover data-[state=open]:bg-hover",
            compact ? "p-1.5" : "h-11 w-full px-2 max-lg:justify-center",
          )}
        >
          <Avatar name={name} />
          {!compact && <span className="min-w-0 flex-1 truncate text-ink-2 max-lg:hidden">{name}</span>}
        </button>
      }
    >
      <div className="grid px-2 py-1.5 text-sm">
        <span className="truncate font-medium">{name}</span>
        <span className="truncate text-ink-3 text-xs">{email}</span>
      </div>
      <MenuLine />
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden="true" /> Account
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => window.dispatchEvent(new Event(SHOW_SHORTCUTS))}>
        <Keyboard aria-hidden="true" /> Shortcuts
        <Kbd keys={["Shift", "?"]} className="ml-auto" />
      </MenuItem>
      <MenuLine />
      <MenuLabel>Appearance</MenuLabel>
      <MenuRadio
        label="Appearance"
        value={theme}
        onChange={(value) => setTheme(toTheme(value))}
        options={ROOMS}
      />
      <MenuLine />
      <MenuItem onSelect={() => void onSignOut()}>
        <LogOut aria-hidden="true" /> Sign out
      </MenuItem>
    </Menu>
  );
}
