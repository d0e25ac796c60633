import { hex, mix, type Rgb, scale, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Vec } from "../vector";

/** White marble with grey veins: its albedo at a point, in metres. */
export function marbleAt(noise: Noise, [x, y, z]: Vec): Rgb {
  const warp = noise.fbm(x * 0.8 + 3, z * 0.8 + y * 0.9, 4);
  const wide = noise.ridged(x * 0.42 + warp * 1.3, z * 0.42 + y * 0.6 + warp, 3);
  const thin = noise.ridged(x * 1.3 + warp * 2 + 9, z * 1.1 - y * 0.8 + 4, 3);
  const vein = Math.min(1, smooth(0.72, 0.95, wide) * 0.8 + smooth(0.84, 0.98, thin) * 0.35);
  return scale(mix(hex("#efece6"), hex("#77787c"), vein), 0.9 + 0.16 * warp);
}
