import Link from "next/link";
import type { OpenOrder, Operations } from "@/lib/jobs/operator-schema";
import { Badge } from "../ui/badge";
import { Money } from "../ui/money";
import { Row, Rows } from "../ui/rows";
import { RelativeTime } from "../ui/time";

const WORDS: Record<OpenOrder["state"], string> = {
  intended: "To be sent",
  posting: "Being sent",
  accepted: "Being made",
  answered: "Being fetched",
  uncertain: "In doubt",
};

/** What providers have, or may have, to make for us; oldest first. */
export function OrderList({
  openOrders,
  openOrderCount,
  slug,
}: Pick<Operations, "openOrders" | "openOrderCount"> & { slug: string }) {
  if (openOrders.length === 0) return <p className="text-ink-2 text-sm">No order is open.</p>;
  return (
    <div className="grid gap-2">
      <Rows label="Open orders">
        {openOrders.map(({ id, jobId, jobTitle, stepName, model, state, heldMicros, createdAt }) => (
          <Row key={id}>
            <span className="w-24 shrink-0">
              <Badge tone={state === "uncertain" ? "danger" : "plain"}>{WORDS[state]}</Badge>
            </span>
            <span className="grid min-w-0 flex-1">
              <Link href={`/w/${slug}/jobs/${jobId}`} className="truncate text-sm hover:underline">
                {jobTitle}
              </Link>
              <span className="truncate text-ink-3 text-xs">
                {stepName} · {model}
              </span>
            </span>
            <RelativeTime iso={createdAt} className="text-ink-3 text-xs" />
            <Money micros={heldMicros} className="w-20 text-right text-sm max-sm:hidden" />
          </Row>
        ))}
      </Rows>
      {openOrderCount > openOrders.length && (
        <p className="text-ink-3 text-xs">
          The {openOrders.length} oldest of {openOrderCount.toLocaleString("en")}.
        </p>
      )}
    </div>
  );
}
