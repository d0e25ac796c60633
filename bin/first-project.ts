import { submitSample } from "@/inngest";
import { studioCaller } from "@/lib/auth/caller";
import { openFirstWorkspace } from "@/lib/workspaces";

/** On the very first start: makes the sample project while the first visitor still types their name. */
export async function prepareFirstProject(): Promise<void> {
  const workspace = await openFirstWorkspace();
  if (workspace) await submitSample(studioCaller(workspace.id));
}
