import { RotateCcw } from "lucide-react";
import { formatRange } from "@/lib/money";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";
import type { Range } from "./reckon";

/** Asks for a step once more: what that would cost is on it, and what it would do is told on hover and focus. */
export function AgainButton({
  label,
  cost: { lowMicros, highMicros },
  explanation,
  disabled,
  onClick,
}: {
  label: string;
  cost: Range;
  explanation: string;
  disabled: boolean;
  onClick: () => void;
}) {
  return (
    <div>
      <Tooltip text={explanation} side="right">
        <Button size="sm" variant="quiet" className="-ml-2.5" disabled={disabled} onClick={onClick}>
          <RotateCcw aria-hidden="true" />
          <span>
            {label}{" "}
            <span className="figures">
              · {highMicros === 0 ? "free" : formatRange(lowMicros, highMicros)}
            </span>
          </span>
        </Button>
      </Tooltip>
    </div>
  );
}
