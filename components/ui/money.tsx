import { formatMoney, formatRange } from "@/lib/money";
import { cn } from "./cn";

/** `paid` writes nothing spent as $0.00, where something could have been; a draft is simply free. */
export function Money({
  micros,
  paid = false,
  className,
}: {
  micros: number;
  paid?: boolean;
  className?: string;
}) {
  const text = paid && micros === 0 ? "$0.00" : formatMoney(micros);
  return <span className={cn("figures whitespace-nowrap", className)}>{text}</span>;
}

/** A quote: one figure, or from–to. */
export function MoneyRange({
  lowMicros,
  highMicros,
  className,
}: {
  lowMicros: number;
  highMicros: number;
  className?: string;
}) {
  return (
    <span className={cn("figures whitespace-nowrap", className)}>{formatRange(lowMicros, highMicros)}</span>
  );
}
