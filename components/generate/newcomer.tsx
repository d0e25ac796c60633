import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { AssetView } from "@/lib/assets/schema";
import type { JobSummary } from "@/lib/jobs/schema";
import { MotionTile } from "../media/motion-tile";
import { shapeOf } from "../media/shape";
import { Button } from "../ui/button";
import { formatAbout } from "../ui/format-time";
import { Skeleton } from "../ui/skeleton";
import { StateLabel } from "../ui/state";

/** For those who are new: a finished project that costs nothing to look at. */
export function Newcomer({
  slug,
  sample,
  assets,
}: {
  slug: string;
  sample: JobSummary | undefined;
  assets: AssetView[];
}) {
  if (!sample) return <HowItGoes />;
  const film = assets.find((asset) => asset.kind === "video") ?? assets[0];
  const stills = assets.filter((asset) => asset.kind === "picture").slice(0, 4);
  const isReady = sample.state === "completed";
  const here = `/w/${slug}/jobs/${sample.id}`;
  return (
    <section className="mx-auto grid w-full max-w-5xl items-center gap-6 md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] md:gap-10">
      <div className="grid gap-1 overflow-hidden rounded-lg">
        {film ? (
          <Link href={here} aria-label="Open the sample" className="block -outline-offset-2">
            <MotionTile asset={film} eager className="w-full" style={{ aspectRatio: shapeOf(film) }} />
          </Link>
        ) : (
          <Skeleton className="aspect-video w-full rounded-none" />
        )}
        <div className="flex gap-1">
          {stills.map((still) => (
            <MotionTile
              key={still.id}
              asset={still}
              className="min-w-0"
              style={{ flexGrow: shapeOf(still), flexBasis: 0, aspectRatio: shapeOf(still) }}
            />
          ))}
          {stills.length === 0 &&
            ["a", "b", "c"].map((one) => (
              <Skeleton key={one} className="aspect-video min-w-0 flex-1 rounded-none" />
            ))}
        </div>
      </div>
      <div className="grid gap-3">
        <StateLabel state={sample.state} />
        <h2 className="font-semibold text-xl">
          {isReady ? "A finished sample to look around in" : "A sample is being made for you"}
        </h2>
        <p className="text-ink-2">
          Made here by the draft engine, which works without any key and costs nothing. See its stills, its
          steps, and how one still became the film; ask for a new take if you like.
        </p>
        <div className="mt-1">
          <Button asChild size="lg">
            <Link href={here}>
              Open the sample <ArrowRight aria-hidden="true" />
            </Link>
          </Button>
        </div>
      </div>
    </section>
  );
}

const STEPS = [
  ["Write what you want to see", "Kinora draws a few stills of it."],
  ["Choose the one that has it", "It is read, and a motion is suggested."],
  ["Watch it become a film", `With the draft engine in ${formatAbout(30)}, and free.`],
] as const;

function HowItGoes() {
  return (
    <ol className="mx-auto grid w-full max-w-4xl gap-6 py-6 sm:grid-cols-3">
      {STEPS.map(([title, text], index) => (
        <li key={title} className="grid content-start gap-1 border-t pt-3">
          <span className="figures text-ink-3 text-xs">{index + 1}</span>
          <span className="font-medium">{title}</span>
          <span className="text-ink-2 text-sm">{text}</span>
        </li>
      ))}
    </ol>
  );
}
