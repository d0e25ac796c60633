import Link from "next/link";
import type { ReactNode } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { DraftBadge } from "../ui/badge";
import { formatTimecode } from "../ui/format-time";
import { Money } from "../ui/money";
import { Facts } from "../ui/rows";
import { RelativeTime } from "../ui/time";
import { formatBytes } from "../upload/format-bytes";

/** How it was made, what it is, by whom and when. */
export function AssetFacts({
  slug,
  asset,
  modelLabel,
  maker,
}: {
  slug: string;
  asset: AssetView;
  modelLabel: string | null;
  maker: string | null;
}) {
  const facts: ([string, ReactNode] | null)[] = [
    asset.model !== null
      ? [
          "Model",
          <span key="model" className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={`/w/${slug}/library?${new URLSearchParams({ model: asset.model })}`}
              className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
            >
              {modelLabel ?? asset.model}
            </Link>
            {asset.draft && <DraftBadge />}
          </span>,
        ]
      : ["Origin", asset.role === "upload" ? "Uploaded" : asset.role],
    asset.provider !== null
      ? [
          "Provider",
          <span key="p" className="capitalize">
            {asset.provider}
          </span>,
        ]
      : null,
    asset.seed !== null
      ? [
          "Seed",
          <span key="s" className="figures">
            {asset.seed}
          </span>,
        ]
      : null,
    asset.model !== null ? ["Cost", <Money key="c" micros={asset.costMicros} />] : null,
    asset.width && asset.height
      ? ["Size", <span key="wh" className="figures">{`${asset.width} × ${asset.height}`}</span>]
      : null,
    asset.durationSeconds !== null
      ? [
          "Length",
          <span key="l" className="figures">
            {lengthOf(asset)}
          </span>,
        ]
      : null,
    ["File", <span key="f" className="break-all">{`${asset.filename}, ${formatBytes(asset.bytes)}`}</span>],
    maker ? ["Made by", maker] : null,
    ["When", <RelativeTime key="t" iso={asset.createdAt} />],
    asset.jobId
      ? [
          "Job",
          <Link
            key="j"
            href={`/w/${slug}/jobs/${asset.jobId}`}
            className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {asset.stepName ? `${asset.stepName}${asset.take > 0 ? `, take ${asset.take + 1}` : ""}` : "Open"}
          </Link>,
        ]
      : null,
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

function lengthOf({ durationSeconds, fps, kind }: AssetView): string {
  if (kind !== "video" || !fps) return `${(durationSeconds ?? 0).toFixed(1)} s`;
  return `${formatTimecode(durationSeconds ?? 0, fps)} at ${Number(fps.toFixed(3))} fps`;
}
