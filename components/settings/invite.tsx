"use client";
import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormError } from "@/components/account/form-parts";
import { useSubmit } from "@/components/account/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ActionResult } from "@/lib/errors";
import { ROLE_WORDS } from "@/lib/workspaces/schema";
import { MadeLink } from "./made-link";

type InvitedRole = "editor" | "viewer";
type InviteAction = (input: { role: InvitedRole }) => Promise<ActionResult<{ url: string }>>;

const OPTIONS = (["editor", "viewer"] as const).map((role) => ({
  value: role,
  label: ROLE_WORDS[role].name,
  note: ROLE_WORDS[role].may,
}));

/** Makes a link to join by, and shows it this once. */
export function Invite({ action }: { action: InviteAction }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <Dialog
      open={open}
      onOpenChange={(is) => {
        setOpen(is);
        if (!is) router.refresh();
      }}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden="true" /> Invite people
        </Button>
      }
      title="Invite people"
      description="Whoever opens the link within seven days joins with this role. Withdraw it here at any time."
    >
      <InviteForm action={action} />
    </Dialog>
  );
}

function InviteForm({ action }: { action: InviteAction }) {
  const [role, setRole] = useState<InvitedRole>("editor");
  const [url, setUrl] = useState<string | null>(null);
  const { form, submit, busy, error } = useSubmit(action, (made) => setUrl(made.url));
  if (url) return <MadeLink url={url} label={`Link for ${role}s`} hint="Send it to the people you mean." />;
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit({ role });
      }}
    >
      <FormError error={error} />
      <Field id="invite-role" label="Role" hint={ROLE_WORDS[role].may}>
        {(control) => (
          <Select
            {...control}
            label="Role"
            value={role}
            onChange={(value) => setRole(value === "viewer" ? "viewer" : "editor")}
            options={OPTIONS}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        Make a link
      </Button>
    </form>
  );
}
