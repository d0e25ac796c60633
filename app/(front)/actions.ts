"use server";
import { headers } from "next/headers";
import { z } from "zod";
import { submitSample } from "@/inngest";
import {
  checkSetupCode,
  clientAddress,
  createFirstUser,
  createUser,
  requireUser,
  resetPassword,
} from "@/lib/auth";
import { JoinForm, OwnerForm, ResetForm } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors";
import { publicAction } from "@/lib/http/action";
import { log } from "@/lib/log";
import { acceptInvitation, claimFirstWorkspace, findInvitation } from "@/lib/workspaces";
import { WorkspaceName } from "@/lib/workspaces/schema";

const SetupForm = OwnerForm.and(z.object({ workspace: WorkspaceName }));

/** The first visitor becomes the owner of the studio and of its first workspace. */
export const createOwner = publicAction(SetupForm, async ({ input }) => {
  await checkSetupCode(input.code, await headers());
  const caller = await createFirstUser(input, async (tx, user) => {
    const { id, slug } = await claimFirstWorkspace(tx, user.id, input.workspace);
    return { workspaceId: id, userId: user.id, role: "owner" as const, slug };
  });
  // The account is made: a studio without its sample is better than an error after the fact.
  await submitSample(caller).catch((err) => log.error({ err }, "the sample project could not be ordered"));
  return { slug: caller.slug };
});

/** Makes an account for the holder of an invitation. */
export const join = publicAction(JoinForm, async ({ input }) => {
  // Before the slow hash: strangers shall not keep the processor busy.
  if (!(await findInvitation(input.token))) {
    throw new AppError("not_found", "This invitation has expired or was withdrawn.", {
      action: "Ask the person who invited you for a new link.",
    });
  }
  return createUser(input, (tx, user) => acceptInvitation(input.token, user.id, tx));
});

/** Joins with the account that is signed in. */
export const accept = publicAction(z.object({ token: z.string().max(100) }), async ({ input }) => {
  const user = await requireUser();
  return acceptInvitation(input.token, user.id);
});

/** Sets a new password for the holder of a link. Their e-mail, to sign in with at once. */
export const reset = publicAction(ResetForm, async ({ input }) => {
  const { email } = await resetPassword(input, clientAddress(await headers()));
  return { email };
});
