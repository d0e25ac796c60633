"use client";
import { ActionForm } from "@/components/account/action-form";
import { TextField } from "@/components/account/form-parts";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import type { Caps } from "@/lib/workspaces/schema";
import { parseMoney, writeMoney } from "./parse-money";

/** The two caps in dollars; an empty field is no cap. */
export function CapsForm({
  caps,
  mayChange,
  action,
}: {
  caps: Caps;
  mayChange: boolean;
  action: (input: Caps) => Promise<ActionResult<void>>;
}) {
  return (
    <ActionForm
      action={action}
      read={({ month = "", job = "" }): Caps => ({
        ...{ monthCapMicros: parseMoney(month), jobCapMicros: parseMoney(job) },
      })}
      onDone={() => void toast.done("Saved")}
      button={mayChange ? { className: "justify-self-start", children: "Save caps" } : null}
    >
      {(wrong) => (
        <fieldset disabled={!mayChange} className="grid gap-4 sm:grid-cols-2">
          <CapField
            name="month"
            label="Cap per month, in dollars"
            hint="Jobs pause at the cap. Empty: no cap."
            micros={caps.monthCapMicros}
            error={wrong.monthCapMicros}
          />
          <CapField
            name="job"
            label="Cap per job, in dollars"
            hint="No single job spends more. Empty: no cap."
            micros={caps.jobCapMicros}
            error={wrong.jobCapMicros}
          />
        </fieldset>
      )}
    </ActionForm>
  );
}

type CapFieldProps = { name: string; label: string; hint: string; micros: number | null; error?: string };

function CapField({ micros, ...field }: CapFieldProps) {
  return (
    <TextField
      inputMode="decimal"
      autoComplete="off"
      placeholder="No cap"
      defaultValue={writeMoney(micros)}
      className="figures"
      {...field}
    />
  );
}
