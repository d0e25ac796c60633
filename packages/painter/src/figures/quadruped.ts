import type { Has } from "./figure";

type Build = { body: number; back: number; leg: number; neck: [number, number]; head: number; snout: number };

/** How each leg is bent: knee and foot forwards (+) or back, and how high the foot is. Far legs first. */
const GAITS = {
  stands: [
    [-4, -1, 0],
    [3, 2, 0],
    [4, -3, 0],
    [-1, -1, 0],
  ],
  runs: [
    [4, 20, 7],
    [11, 15, 6],
    [-9, -25, 5],
    [13, 30, 9],
  ],
} as const;

/** A four-legged animal in profile: a trunk that is deep at the chest, jointed legs, neck and head. */
export function drawQuadruped(
  colour: string,
  b: Build,
  gait: keyof typeof GAITS,
  extra: (headX: number, headY: number) => string,
): string {
  const rump = 34;
  const chest = 34 + b.back;
  const middle = (rump + chest) / 2;
  const belly = 96 - b.leg;
  const top = belly - b.body / 2;
  const high = top - b.body / 2;
  const low = top + b.body / 2;
  const headX = chest + b.neck[0];
  const headY = top - b.neck[1];
  const thigh = b.body * 0.34 + 1;
  const shin = b.body * 0.15 + 1.6;
  const places = [rump + 6, chest - 5, rump - 2, chest + 3];
  const legs = GAITS[gait].map(([knee, foot, lift], at) => {
    const x = places[at] ?? rump;
    const path = (stroke: string, opacity: number) =>
      `<g stroke="${stroke}" opacity="${opacity}"><path d="M${x} ${top + b.body * 0.18} L${x + knee} ${low + b.leg * 0.34}" stroke-width="${thigh}"/><path d="M${x + knee} ${low + b.leg * 0.32} L${x + foot} ${97 - lift}" stroke-width="${shin}"/></g>`;
    return at < 2 ? path(colour, 1) + path("#000", 0.22) : path(colour, 1);
  });
  const trunk = `M${rump - 9} ${top + 2} C${rump - 11} ${high - 1} ${rump + 3} ${high - 1} ${middle} ${high + 1.5}
    C${chest - 9} ${high} ${chest + 1} ${high - 3} ${chest + 7} ${high + 1} C${chest + 13} ${top + 2} ${chest + 9} ${low + 1} ${chest - 3} ${low}
    C${middle + 6} ${low - 1} ${middle - 4} ${low - b.body * 0.24} ${rump + 8} ${low - b.body * 0.14} C${rump + 2} ${low + 3} ${rump - 8} ${low} ${rump - 9} ${top + 2}Z`;
  const neck = `M${chest - 7} ${high + 1} L${headX - b.head * 0.42} ${headY - b.head * 0.2} L${headX + b.head * 0.4} ${headY + b.head * 0.5} L${chest + 9} ${top + b.body * 0.2}Z`;
  return `${legs.slice(0, 2).join("")}<path d="${trunk}" fill="${colour}"/>
    ${legs.slice(2).join("")}
    <path d="${neck}" fill="${colour}" stroke="${colour}" stroke-width="3"/>
    <path d="M${headX} ${headY} L${headX + b.snout} ${headY + b.snout * 0.42}" stroke="${colour}" stroke-width="${b.head * 0.72}"/>
    <circle cx="${headX}" cy="${headY}" r="${b.head * 0.58}" fill="${colour}"/>${extra(headX, headY)}`;
}

/** Whether an animal stands or runs, by the words of a prompt. */
export const gaitOf = (has: Has) =>
  has("running", "runs", "run", "galloping", "leaping", "jumping", "racing", "chasing") ? "runs" : "stands";

export const ear = (x: number, y: number, size: number, colour: string) =>
  `<path d="M${x - size * 0.5} ${y} L${x - size * 0.3} ${y - size * 1.5} L${x + size * 0.55} ${y - size * 0.2}Z" fill="${colour}"/>`;
