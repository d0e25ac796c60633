import { shapeOfRatio } from "../media/shape";

/** A small frame in the shape of a ratio. */
export function RatioIcon({ ratio }: { ratio: string }) {
  const shape = shapeOfRatio(ratio);
  const [width, height] = shape >= 1 ? [13, 13 / shape] : [13 * shape, 13];
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4" fill="none">
      <rect
        x={8 - width / 2}
        y={8 - height / 2}
        width={width}
        height={height}
        rx="1.5"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
