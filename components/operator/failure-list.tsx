import type { Operations } from "@/lib/jobs/operator-schema";
import { Row, Rows } from "../ui/rows";
import { RelativeTime } from "../ui/time";

/** Failed attempts by who failed and of what. Most were tried again and went well. */
export function FailureList({ failures }: Pick<Operations, "failures">) {
  if (failures.length === 0) return <p className="text-ink-2 text-sm">No attempt has failed.</p>;
  return (
    <Rows label="Failed attempts of the last 24 hours">
      {failures.map(({ provider, code, attempts, jobs, lastAt }) => (
        <Row key={`${provider}:${code}`}>
          <span className="w-24 shrink-0 truncate font-medium text-sm">{provider ?? "Kinora"}</span>
          <span className="min-w-0 flex-1 truncate text-ink-2 text-sm">{code.replaceAll("_", " ")}</span>
          <RelativeTime iso={lastAt} className="text-ink-3 text-xs max-sm:hidden" />
          <span className="figures shrink-0 text-sm">
            {attempts} in {jobs} {jobs === 1 ? "job" : "jobs"}
          </span>
        </Row>
      ))}
    </Rows>
  );
}
