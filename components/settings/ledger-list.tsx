import Link from "next/link";
import { Money } from "@/components/ui/money";
import { Row, Rows } from "@/components/ui/rows";
import { RelativeTime } from "@/components/ui/time";

export type LedgerRow = {
  id: number;
  kind: "hold" | "release" | "charge";
  amountMicros: number;
  jobId: string | null;
  jobTitle: string | null;
  createdAt: string;
};

const WORDS = { charge: "Paid", hold: "Reserved", release: "Given back" };

/** Lines of the ledger, newest first. What was paid stands out; reserving and giving back is quiet. */
export function LedgerList({ lines, slug }: { lines: LedgerRow[]; slug: string }) {
  return (
    <Rows label="Ledger">
      {lines.map(({ id, kind, amountMicros, jobId, jobTitle, createdAt }) => (
        <Row key={id} className={kind === "charge" ? "" : "text-ink-2"}>
          <span className="w-20 shrink-0 text-sm">{WORDS[kind]}</span>
          <span className="min-w-0 flex-1 truncate text-sm">
            {jobId && jobTitle ? (
              <Link href={`/w/${slug}/jobs/${jobId}`} className="hover:underline">
                {jobTitle}
              </Link>
            ) : (
              <span className="text-ink-3">A deleted job</span>
            )}
          </span>
          <RelativeTime iso={createdAt} className="text-ink-3 text-xs max-sm:hidden" />
          <Money
            micros={amountMicros}
            className={kind === "charge" ? "w-20 text-right font-medium" : "w-20 text-right"}
          />
        </Row>
      ))}
    </Rows>
  );
}
