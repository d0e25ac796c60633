"use client";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { FormError } from "@/components/account/form-parts";
import { useSubmit } from "@/components/account/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import type { ActionResult } from "@/lib/errors";
import { MadeLink } from "./made-link";

type ResetAction = (input: { userId: string }) => Promise<ActionResult<{ url: string }>>;

/** Makes a link to set a new password by, for a member who has forgotten theirs. */
export function ResetMember({ id, name, action }: { id: string; name: string; action: ResetAction }) {
  return (
    <Dialog
      trigger={
        <IconButton label={`New password for ${name}`} className="max-sm:ml-auto">
          <KeyRound aria-hidden="true" />
        </IconButton>
      }
      title={`New password for ${name}`}
      description="Whoever opens the link within a day sets the password, once. Until then the old one works; after that, all their browsers are signed out."
    >
      <ResetLink id={id} name={name} action={action} />
    </Dialog>
  );
}

function ResetLink({ id, name, action }: { id: string; name: string; action: ResetAction }) {
  const [url, setUrl] = useState<string | null>(null);
  const { submit, busy, error } = useSubmit(action, (made) => setUrl(made.url));
  if (url) return <MadeLink url={url} label={`Link for ${name}`} hint="Send it to nobody else." />;
  return (
    <div className="grid gap-4">
      <FormError error={error} />
      <Button
        variant="primary"
        busy={busy}
        className="justify-self-end"
        onClick={() => submit({ userId: id })}
      >
        Make a link
      </Button>
    </div>
  );
}
