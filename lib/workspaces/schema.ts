import { z } from "zod";
import { CAPABILITY_NAMES, type Capability } from "@/lib/ai/schema";
import type { Role } from "@/lib/auth/caller";
import { idOf, line, word } from "@/lib/text";

export const ROLES = ["owner", "editor", "viewer"] as const;
export const ROLE_WORDS: Record<Role, { name: string; may: string }> = {
  owner: { name: "Owner", may: "Everything, with people, models and budget." },
  editor: { name: "Editor", may: "Generate, spend within the budget, and tidy the library." },
  viewer: { name: "Viewer", may: "Look, play and download." },
};

export const WorkspaceName = line({ max: 60, empty: "Give the workspace a name." });

export const WorkspaceForm = z.object({ name: WorkspaceName });
export const RoleForm = z.object({ userId: idOf("user"), role: z.enum(ROLES) });
export const MemberForm = z.object({ userId: idOf("user") });
export const InvitationForm = z.object({ role: z.enum(["editor", "viewer"]) });
export const InvitationIdForm = z.object({ invitationId: idOf("inv") });

/** `model: null` leaves the choice to Kinora: the best one with a key, else draft. */
export const ModelChoiceForm = z.object({
  capability: z.enum(CAPABILITY_NAMES),
  model: word(120).nullable(),
});
export type ModelChoices = Partial<Record<Capability, string>>;

const MAX_CAP_MICROS = 1_000_000_000_000;
const Cap = z
  .int("Write an amount such as 25 or 2.50.")
  .min(0, "A cap cannot be below zero.")
  .max(MAX_CAP_MICROS, "At most $1,000,000.")
  .nullable();
/** In micro-dollars; null: no cap. */
export const CapsForm = z.object({ monthCapMicros: Cap, jobCapMicros: Cap });
export type Caps = z.infer<typeof CapsForm>;

export type WorkspaceView = { id: string; slug: string; name: string; role: Role };
/** Times are ISO 8601. */
export type MemberView = { id: string; name: string; email: string; role: Role; joinedAt: string };
export type InvitationView = {
  id: string;
  role: "editor" | "viewer";
  invitedBy: string;
  uses: number;
  createdAt: string;
  expiresAt: string;
};
/** What the holder of a link may know before joining. */
export type InvitationCard = {
  workspace: { name: string; slug: string };
  role: "editor" | "viewer";
  invitedBy: string;
};
