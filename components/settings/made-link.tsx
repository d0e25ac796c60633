"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A link that is a key, shown this once and ready to be copied. */
export function MadeLink({ url, label, hint }: { url: string; label: string; hint: string }) {
  const [copied, setCopied] = useState<"yes" | "no" | "refused">("no");
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied("yes"),
      () => setCopied("refused"),
    );
  return (
    <div className="grid gap-4">
      <Field
        id="made-link"
        label={label}
        hint={`${hint} It is shown only now: Kinora keeps no copy.`}
        error={
          copied === "refused"
            ? "The browser refused to copy. Select the link and copy it by hand."
            : undefined
        }
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              readOnly
              value={url}
              onFocus={(event) => event.target.select()}
              className="font-mono text-xs sm:text-xs"
            />
            <Button variant="primary" autoFocus onClick={copy} className="h-9 coarse:h-11">
              {copied === "yes" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
              <span aria-live="polite">{copied === "yes" ? "Copied" : "Copy"}</span>
            </Button>
          </div>
        )}
      </Field>
      <DialogClose asChild>
        <Button className="justify-self-end">Done</Button>
      </DialogClose>
    </div>
  );
}
