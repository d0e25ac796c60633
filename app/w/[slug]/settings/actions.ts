"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { askToReconcile } from "@/inngest";
import { resetMember } from "@/lib/auth";
import { publicUrl } from "@/lib/env";
import { action } from "@/lib/http/action";
import {
  changeRole,
  chooseModel,
  createInvitation,
  leaveWorkspace,
  removeMember,
  renameWorkspace,
  revokeInvitation,
  setCaps,
} from "@/lib/workspaces";
import {
  CapsForm,
  InvitationForm,
  InvitationIdForm,
  MemberForm,
  ModelChoiceForm,
  RoleForm,
  WorkspaceForm,
} from "@/lib/workspaces/schema";

const refresh = () => revalidatePath("/w/[slug]", "layout");

export const rename = action(WorkspaceForm, async ({ caller, input }) => {
  await renameWorkspace(caller, input.name);
  refresh();
});

export const setRole = action(RoleForm, async ({ caller, input }) => {
  await changeRole(caller, input.userId, input.role);
  refresh();
});

export const remove = action(MemberForm, async ({ caller, input }) => {
  await removeMember(caller, input.userId);
  refresh();
});

export const leave = action(z.object({}), ({ caller }) => leaveWorkspace(caller));

/** The whole link, this once. */
export const invite = action(InvitationForm, async ({ caller, input }) => {
  const { token } = await createInvitation(caller, input.role);
  return { url: `${publicUrl()}/invite/${token}` };
});

/** A link to set a member's password by: the whole of it, this once. */
export const reset = action(MemberForm, async ({ caller, input }) => {
  const token = await resetMember(caller, input.userId);
  return { url: `${publicUrl()}/reset/${token}` };
});

export const withdraw = action(InvitationIdForm, async ({ caller, input }) => {
  await revokeInvitation(caller, input.invitationId);
  refresh();
});

export const choose = action(ModelChoiceForm, async ({ caller, input }) => {
  await chooseModel(caller, input.capability, input.model);
  refresh();
});

export const saveCaps = action(CapsForm, async ({ caller, input }) => {
  await setCaps(caller, input);
  refresh();
});

export const runReconciler = action(z.object({}), async ({ caller }) => {
  await askToReconcile(caller);
  return null;
});
