"use client";
import { CircleHelp } from "lucide-react";
import type { Doubt } from "@/lib/jobs/schema";
import { formatMoney } from "@/lib/money";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/time";
import type { JobDesk } from "./acts";
import { modelName, type Names, providerName } from "./model-name";
import { Panel } from "./panel";
import { sentence } from "./reckon";

/** Every order of which nobody knows whether it was taken, each with its own decision. */
export function Doubts({ desk, names, mayEdit }: { desk: JobDesk; names: Names; mayEdit: boolean }) {
  const { doubts } = desk.job;
  const [first] = doubts;
  if (!first) return null;
  const provider = providerName(names, first.provider);
  const title =
    doubts.length === 1
      ? `Was this order taken? ${provider} did not say.`
      : `Were these ${doubts.length} orders taken? Nobody did say.`;
  return (
    <Panel
      icon={<CircleHelp aria-hidden="true" className="text-state-waiting" />}
      title={title}
      buttons={null}
    >
      <p>
        The connection broke after {doubts.length === 1 ? "it was" : "they were"} sent. What was taken may
        have been made and charged; Kinora cannot find out by itself, so it sends nothing again before you
        have decided. The provider’s own list of orders shows what was taken.
      </p>
      <ul aria-label="Orders in doubt" className="mt-3 grid gap-3">
        {doubts.map((doubt) => (
          <DoubtRow key={doubt.generationId} doubt={doubt} desk={desk} names={names} mayEdit={mayEdit} />
        ))}
      </ul>
      <ul className="mt-3 list-disc pl-4">
        <li>
          <b className="font-medium text-ink">Order again</b> takes it as not taken, and makes way for sending
          it once more. If the first one was taken after all, it is paid twice.
        </li>
        <li>
          <b className="font-medium text-ink">Do not pay again</b> counts it as paid; it is never sent again.
          The step goes on with what its other orders made, or ends here.
        </li>
      </ul>
    </Panel>
  );
}

function DoubtRow({
  doubt,
  desk,
  names,
  mayEdit,
}: {
  doubt: Doubt;
  desk: JobDesk;
  names: Names;
  mayEdit: boolean;
}) {
  const { generationId, name: step, part, provider, model, costMicros, sentAt } = doubt;
  const name = `${sentence(step)}, order ${part + 1}`;
  const price = formatMoney(costMicros);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t pt-3">
      <span className="grid min-w-48 flex-1">
        <span className="text-ink">{name}</span>
        <span className="text-ink-3 text-xs">
          {modelName(names, model)} · {providerName(names, provider)} · about {price}
          {sentAt && (
            <>
              {" "}
              · sent <RelativeTime iso={sentAt} />
            </>
          )}
        </span>
      </span>
      {mayEdit && (
        <span className="flex flex-wrap gap-2">
          <Button
            size="sm"
            disabled={desk.busy}
            aria-label={`Do not pay again: ${name}`}
            onClick={() => desk.settle(generationId, "do not pay again")}
          >
            Do not pay again
          </Button>
          <Button
            size="sm"
            variant="primary"
            disabled={desk.busy}
            aria-label={`Order again · ${price}: ${name}`}
            onClick={() => desk.settle(generationId, "order again")}
          >
            Order again · {price}
          </Button>
        </span>
      )}
    </li>
  );
}
