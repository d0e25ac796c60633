"use client";
import { useRouter } from "next/navigation";
import type { ActionResult } from "@/lib/errors";
import { ActionForm } from "./action-form";
import { TextField } from "./form-parts";

/** Opens a further workspace. */
export function WorkspaceForm({
  action,
}: {
  action: (input: { name: string }) => Promise<ActionResult<{ slug: string }>>;
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={action}
      read={({ name = "" }) => ({ name })}
      onDone={({ slug }) => router.push(`/w/${slug}`)}
      className="max-w-md"
      button={{ className: "justify-self-start", children: "Open workspace" }}
    >
      {(wrong) => (
        <TextField
          name="name"
          label="Name"
          hint="A team, a client or a project. It gets its own wall, people and budget."
          error={wrong.name}
          autoComplete="off"
          autoFocus
          required
        />
      )}
    </ActionForm>
  );
}
