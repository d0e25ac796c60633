import { Clapperboard, Library, ListVideo, type LucideIcon, SlidersHorizontal } from "lucide-react";

export type Place = { name: string; path: string; icon: LucideIcon; key: string };

/** The rooms of a workspace, in the order of the rail. `key` goes there after G. */
export const PLACES: Place[] = [
  { name: "Generate", path: "", icon: Clapperboard, key: "g" },
  { name: "Jobs", path: "/jobs", icon: ListVideo, key: "j" },
  { name: "Library", path: "/library", icon: Library, key: "l" },
  { name: "Settings", path: "/settings/members", icon: SlidersHorizontal, key: "s" },
];

/** Whether a path lies in a place; boards belong to the library, every settings page to the settings. */
export function isIn(place: Place, slug: string, pathname: string): boolean {
  const rest = pathname.slice(`/w/${slug}`.length).replace(/\/$/, "");
  if (place.path === "") return rest === "";
  if (place.path === "/library") return /^\/(library|boards)(\/|$)/.test(rest);
  const [, room] = place.path.split("/");
  return rest === `/${room}` || rest.startsWith(`/${room}/`);
}
