import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page title="Jobs" className="max-w-6xl">
      <div role="status" aria-label="Loading" className="grid gap-4">
        <Skeleton className="h-9 w-full max-w-2xl" />
        <div className="divide-y rounded-lg border bg-surface">
          {["a", "b", "c", "d", "e", "f"].map((row) => (
            <div key={row} className="flex items-center gap-5 px-4 py-3">
              <Skeleton className="h-14 w-60 max-sm:w-32" />
              <div className="grid flex-1 gap-2">
                <Skeleton className="h-4 w-2/3" />
                <Skeleton className="h-3 w-1/3" />
              </div>
            </div>
          ))}
        </div>
      </div>
    </Page>
  );
}
