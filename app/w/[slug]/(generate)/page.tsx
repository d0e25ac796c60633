import { GenerateHome } from "@/components/generate/generate-home";
import { LatestWork } from "@/components/generate/latest-work";
import { Newcomer } from "@/components/generate/newcomer";
import { type Asset, listAssets } from "@/lib/assets";
import { requireCaller } from "@/lib/auth";
import { jobSummaries, openJobSummaries } from "@/lib/http/job-views";
import { toAssetViews } from "@/lib/http/media-urls";
import { chosenModels, listModels } from "@/lib/studio";
import { generate, quote } from "../actions";
import { recallOrder } from "./recall";

export const metadata = { title: "Generate" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ from?: string; picture?: string }>;
};

export default async function GeneratePage({ params, searchParams }: Props) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  const [recalled, presets, latest, open, { jobs }] = await Promise.all([
    searchParams.then((query) => recallOrder(caller, query)),
    chosenModels(caller),
    listAssets(caller, { limit: 60 }),
    openJobSummaries(caller),
    jobSummaries(caller, { limit: 2 }),
  ]);
  const assets = await toAssetViews(withoutSketches(latest.assets));
  const sample = jobs.find((job) => job.sample);
  const isNew = jobs.every((job) => job.sample);
  const sampled =
    isNew && sample ? await toAssetViews(latest.assets.filter((one) => one.jobId === sample.id)) : [];

  return (
    <div className="grid gap-10 px-4 py-5 sm:px-8 sm:py-8">
      <h1 className="sr-only">Generate</h1>
      <GenerateHome
        slug={slug}
        models={listModels()}
        presets={presets}
        recalled={recalled}
        ask={quote.bind(null, slug)}
        submit={generate.bind(null, slug)}
        mayEdit={caller.role !== "viewer"}
        isNew={isNew}
      />
      {isNew ? (
        <Newcomer slug={slug} sample={sample} assets={sampled} />
      ) : (
        <LatestWork slug={slug} assets={assets} open={open} />
      )}
    </div>
  );
}

/** Where a film was made, its stills were the way there: the wall shows the film. */
function withoutSketches(assets: Asset[]): Asset[] {
  const filmed = new Set(assets.filter((one) => one.kind === "video").map((one) => one.jobId));
  return assets
    .filter((one) => one.kind === "video" || one.jobId === null || !filmed.has(one.jobId))
    .slice(0, 24);
}
