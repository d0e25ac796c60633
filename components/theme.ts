/** Which room: dark, light, or as the system says. Kept in a cookie, so that the server paints it right at once. */
export const THEMES = ["dark", "light", "system"] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = "kinora-theme";

export function toTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "dark";
}
