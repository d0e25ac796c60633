/** `820 kB`, `4.2 MB`, `1.3 GB`: decimal units, as file managers and browsers show them. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** step;
  const shown = step >= 2 && value < 100 ? value.toFixed(1) : String(Math.round(value));
  return `${shown} ${units[step]}`;
}
