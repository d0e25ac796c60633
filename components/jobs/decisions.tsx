import type { DecisionView } from "@/lib/jobs/schema";
import { formatMoney } from "@/lib/money";
import { RelativeTime } from "../ui/time";

/** Who decided what about a job, and when; nothing where nobody was asked. */
export function Decisions({ decisions }: { decisions: DecisionView[] }) {
  if (decisions.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h2 className="overline-label">Decisions</h2>
      <ul className="grid gap-1.5 text-sm">
        {decisions.map((decision) => (
          <li key={decision.id}>
            {decision.by ?? "Somebody who has left"} {wordsFor(decision)}
            <span className="text-ink-3 text-xs">
              {" "}
              · <RelativeTime iso={decision.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsFor({ kind, name, value, upToMicros }: DecisionView): string {
  const upTo = upToMicros ? `, up to ${formatMoney(upToMicros)}` : "";
  switch (kind) {
    case "choose":
      return "chose a picture";
    case "approve":
      return `approved: ${name}${upTo}`;
    case "settle":
      return `said “${value}” of an order in doubt${upTo}`;
  }
}
