"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import {
  changePassword,
  leaveSession,
  renameUser,
  requireUser,
  revokeSession,
  revokeSessions,
} from "@/lib/auth";
import { PasswordForm, ProfileForm } from "@/lib/auth/schema";
import { publicAction } from "@/lib/http/action";
import { idOf } from "@/lib/text";

export const saveProfile = publicAction(ProfileForm, async ({ input }) => {
  const user = await requireUser();
  await renameUser(user.id, input.name);
  revalidatePath("/", "layout");
});

export const savePassword = publicAction(PasswordForm, async ({ input }) => {
  const user = await requireUser();
  await changePassword(user.id, user.sessionId, input);
});

export const endSession = publicAction(z.object({ sessionId: idOf("ses") }), async ({ input }) => {
  const user = await requireUser();
  await revokeSession(user.id, input.sessionId);
});

export async function signOut(): Promise<void> {
  await leaveSession();
  redirect("/sign-in");
}

export async function signOutEverywhere(): Promise<void> {
  const user = await requireUser();
  await revokeSessions(user.id, user.sessionId);
  await signOut();
}
