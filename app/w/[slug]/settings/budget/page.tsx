import { ReceiptText } from "lucide-react";
import Link from "next/link";
import { CapsForm } from "@/components/settings/caps-form";
import { LedgerList } from "@/components/settings/ledger-list";
import { MonthBar } from "@/components/settings/month-bar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/page";
import { requireCaller } from "@/lib/auth";
import { listLedger, monthTotals } from "@/lib/budget";
import { saveCaps } from "../actions";

export const metadata = { title: "Budget" };

const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<{ before?: string | string[] }> };

export default async function BudgetPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  const before = Number((await searchParams).before);
  const cursor = Number.isSafeInteger(before) && before > 0 ? before : undefined;
  const [month, ledger] = await Promise.all([monthTotals(caller), listLedger(caller, { cursor, limit: 25 })]);
  const isOwner = caller.role === "owner";
  return (
    <>
      <Section title={MONTH.format(new Date(`${month.month}-01`))} lead="Months are counted in UTC.">
        <MonthBar {...month} capMicros={month.monthCapMicros} />
      </Section>
      <Section
        title="Caps"
        lead={
          isOwner
            ? "A job that would go over a cap pauses and says so; nothing that runs is lost."
            : "Only owners change the caps."
        }
      >
        <CapsForm caps={month} mayChange={isOwner} action={saveCaps.bind(null, slug)} />
      </Section>
      <Section title="Ledger" lead="Every reservation and payment. Lines are never changed.">
        {ledger.lines.length > 0 ? (
          <LedgerList lines={ledger.lines} slug={slug} />
        ) : (
          <EmptyState picture={<ReceiptText aria-hidden="true" />} title="Nothing has been spent yet">
            Jobs with draft models are free and leave no line. What paid models cost will stand here.
          </EmptyState>
        )}
        <nav aria-label="Pages of the ledger" className="flex gap-2">
          {cursor !== undefined && (
            <Button asChild size="sm">
              <Link href="?">Newest</Link>
            </Button>
          )}
          {ledger.nextCursor !== null && (
            <Button asChild size="sm">
              <Link href={`?before=${ledger.nextCursor}`}>Older</Link>
            </Button>
          )}
        </nav>
      </Section>
    </>
  );
}
