"use client";
import { FormError, SubmitButton, TextField } from "@/components/account/form-parts";
import { readFields, useSubmit } from "@/components/account/use-submit";
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
  const { form, submit, busy, ready, error, fields } = useSubmit(action, () => {
    toast.done("Saved");
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        const { month = "", job = "" } = readFields(event);
        submit({ monthCapMicros: parseMoney(month), jobCapMicros: parseMoney(job) });
      }}
    >
      <FormError error={error} />
      <fieldset disabled={!mayChange} className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="month"
          label="Cap per month, in dollars"
          hint="Jobs pause at the cap. Empty: no cap."
          inputMode="decimal"
          autoComplete="off"
          placeholder="No cap"
          defaultValue={writeMoney(caps.monthCapMicros)}
          error={fields.monthCapMicros}
          className="figures"
        />
        <TextField
          name="job"
          label="Cap per job, in dollars"
          hint="No single job spends more. Empty: no cap."
          inputMode="decimal"
          autoComplete="off"
          placeholder="No cap"
          defaultValue={writeMoney(caps.jobCapMicros)}
          error={fields.jobCapMicros}
          className="figures"
        />
      </fieldset>
      {mayChange && (
        <SubmitButton busy={busy} ready={ready} className="justify-self-start">
          Save caps
        </SubmitButton>
      )}
    </form>
  );
}
