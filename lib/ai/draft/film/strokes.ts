/** One frame of a film as planes of 4:2:0. */
export type FramePlanes = { width: number; height: number; y: Uint8Array; u: Uint8Array; v: Uint8Array };

/** A falling line, thin at both ends. */
export function streak(frame: FramePlanes, x: number, y: number, long: number, power: number): void {
  for (let step = 0; step < long; step++) {
    const row = Math.floor(y + step);
    if (row < 0 || row >= frame.height) continue;
    const column = x - step * 0.06;
    const left = Math.floor(column);
    if (left < 0 || left >= frame.width - 1) continue;
    const body = power * Math.sin((Math.PI * (step + 0.5)) / long);
    const at = row * frame.width + left;
    const share = column - left;
    frame.y[at] = lighten(frame.y[at] as number, body * (1 - share));
    frame.y[at + 1] = lighten(frame.y[at + 1] as number, body * share);
  }
}

/** A soft round spot, with its colour pulled by du and dv. */
export function glow(
  frame: FramePlanes,
  x: number,
  y: number,
  size: number,
  power: number,
  du: number,
  dv: number,
): void {
  if (power < 1) return;
  const reach = Math.ceil(size * 2.2);
  const fall = 1 / (size * size);
  for (let row = Math.max(0, Math.floor(y) - reach); row <= Math.min(frame.height - 1, y + reach); row++) {
    for (
      let column = Math.max(0, Math.floor(x) - reach);
      column <= Math.min(frame.width - 1, x + reach);
      column++
    ) {
      const body = power * Math.exp(-((column - x) ** 2 + (row - y) ** 2) * fall);
      if (body < 1) continue;
      const at = row * frame.width + column;
      frame.y[at] = lighten(frame.y[at] as number, body);
      if (du === 0 || (row & 1) === 1 || (column & 1) === 1) continue;
      const half = (row >> 1) * (frame.width >> 1) + (column >> 1);
      const share = Math.min(1, body / 120);
      frame.u[half] = (frame.u[half] as number) + du * share;
      frame.v[half] = (frame.v[half] as number) + dv * share;
    }
  }
}

/** A wide soft ellipse of light, dithered by position so that it shows no steps. */
export function puff(frame: FramePlanes, x: number, y: number, rx: number, ry: number, power: number): void {
  const top = Math.max(0, Math.floor(y - ry));
  const bottom = Math.min(frame.height - 1, Math.ceil(y + ry));
  const left = Math.max(0, Math.floor(x - rx));
  const right = Math.min(frame.width - 1, Math.ceil(x + rx));
  for (let row = top; row <= bottom; row++) {
    const dy = ((row - y) / ry) ** 2;
    for (let column = left; column <= right; column++) {
      const inside = 1 - dy - ((column - x) / rx) ** 2;
      if (inside <= 0) continue;
      const at = row * frame.width + column;
      const dither = ((column * 7 + row * 13) & 15) / 16;
      frame.y[at] = lighten(frame.y[at] as number, power * inside * inside + dither - 0.5);
    }
  }
}

/** Adds light as film does: less where it is bright already. */
function lighten(value: number, by: number): number {
  return Math.min(235, Math.max(16, value + by * (1 - (value - 16) / 300)));
}
