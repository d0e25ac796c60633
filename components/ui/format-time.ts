/** `0:05`, `2:14`, `1:02:03`: how long something takes or lasts. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `00:00:05:12`, non-drop-frame: hours, minutes, seconds, frames. */
export function formatTimecode(seconds: number, fps: number): string {
  const rate = Math.max(1, Math.round(fps));
  const frames = Math.max(0, Math.floor(seconds * fps + 1e-6));
  const two = (n: number) => String(n).padStart(2, "0");
  const whole = Math.floor(frames / rate);
  return [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60, frames % rate]
    .map(two)
    .join(":");
}

/** "about 40 s", "about 2 min": an estimate, never to the second. */
export function formatAbout(seconds: number): string {
  if (seconds < 5) return "a few seconds";
  if (seconds < 50) return `about ${Math.ceil(seconds / 5) * 5} s`;
  if (seconds < 5400) return `about ${Math.max(1, Math.round(seconds / 60))} min`;
  return `about ${Math.round(seconds / 360) / 10} h`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "just now", "4 min ago", "yesterday", "12 Oct": the same on the server and in the browser. */
export function formatRelative(iso: string, now: number): string {
  const then = new Date(iso);
  const seconds = Math.max(0, (now - then.getTime()) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  if (seconds < 172_800) return "yesterday";
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} days ago`;
  const year = then.getUTCFullYear() === new Date(now).getUTCFullYear() ? "" : ` ${then.getUTCFullYear()}`;
  return `${then.getUTCDate()} ${MONTHS[then.getUTCMonth()]}${year}`;
}

/** "21 Nov 2026, 01:20 UTC". */
export function formatMoment(iso: string): string {
  const t = new Date(iso);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]} ${t.getUTCFullYear()}, ${two(t.getUTCHours())}:${two(t.getUTCMinutes())} UTC`;
}
