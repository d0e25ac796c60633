import { Skeleton } from "@/components/ui/skeleton";

const SHAPES = [1.78, 0.75, 1.78, 1.33, 1.78, 1, 1.78, 0.56, 1.78, 1.33];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-10 px-4 py-5 sm:px-8 sm:py-8">
      <Skeleton className="mx-auto h-44 w-full max-w-4xl rounded-xl" />
      <div className="flex flex-wrap gap-1">
        {SHAPES.map((shape, index) => (
          <Skeleton
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row.
            key={index}
            style={{ aspectRatio: shape, flexGrow: shape, flexBasis: `${shape * 12}rem` }}
          />
        ))}
      </div>
    </div>
  );
}
