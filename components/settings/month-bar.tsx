import { Money } from "@/components/ui/money";
import { formatMoney } from "@/lib/money";

/** What a month has cost so far and what is reserved, against the cap where there is one. */
export function MonthBar({
  chargedMicros,
  heldMicros,
  capMicros,
}: {
  chargedMicros: number;
  heldMicros: number;
  capMicros: number | null;
}) {
  const whole = Math.max(capMicros ?? 0, chargedMicros + heldMicros, 1);
  const percent = (micros: number) => `${(100 * micros) / whole}%`;
  return (
    <div className="grid gap-3 rounded-lg border bg-surface p-4">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name="Spent" micros={chargedMicros} dot="bg-amber" />
        <Figure name="Reserved" micros={heldMicros} dot="bg-ink-3" />
        {capMicros !== null && (
          <Figure name="Left" micros={Math.max(0, capMicros - chargedMicros - heldMicros)} dot="bg-pressed" />
        )}
      </dl>
      {capMicros !== null && (
        <div
          role="img"
          aria-label={`${formatMoney(chargedMicros)} spent and ${formatMoney(heldMicros)} reserved of ${formatMoney(capMicros)}`}
          className="flex h-2 gap-px overflow-hidden rounded-full bg-pressed"
        >
          <div className="bg-amber" style={{ width: percent(chargedMicros) }} />
          <div className="bg-ink-3" style={{ width: percent(heldMicros) }} />
        </div>
      )}
    </div>
  );
}

function Figure({ name, micros, dot }: { name: string; micros: number; dot: string }) {
  return (
    <div className="grid gap-0.5">
      <dt className="flex items-center gap-2 text-ink-3 text-xs">
        <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
        {name}
      </dt>
      <dd className="font-semibold text-xl">
        {micros === 0 ? <span className="figures">$0</span> : <Money micros={micros} />}
      </dd>
    </div>
  );
}
