import Link from "next/link";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SessionList, SignOutEverywhere } from "@/components/account/session-list";
import { Button } from "@/components/ui/button";
import { Page, Section } from "@/components/ui/page";
import { Row, Rows } from "@/components/ui/rows";
import { findSignInWays, identityProviders, listSessions, requireUser } from "@/lib/auth";
import { PASSWORD_MIN_LENGTH } from "@/lib/auth/schema";
import { listWorkspaces, mayCreateWorkspace } from "@/lib/workspaces";
import { ROLE_WORDS } from "@/lib/workspaces/schema";
import { endSession, savePassword, saveProfile, signOutEverywhere } from "./actions";

export const metadata = { title: "Account" };

export default async function AccountPage() {
  const user = await requireUser();
  const [ways, sessions, workspaces, mayCreate] = await Promise.all([
    findSignInWays(user.id),
    listSessions(user.id, user.sessionId),
    listWorkspaces(user.id),
    mayCreateWorkspace(user.id),
  ]);
  const linked = identityProviders().filter(({ id }) => ways.providers.includes(id));
  return (
    <Page title="Account" className="max-w-3xl gap-10">
      <Section title="You">
        <ProfileForm name={user.name} email={user.email} action={saveProfile} />
      </Section>
      <Section
        title="Password"
        lead={linked.length > 0 && `You also sign in with ${linked.map(({ label }) => label).join(" and ")}.`}
      >
        <PasswordForm hasPassword={ways.password} minLength={PASSWORD_MIN_LENGTH} action={savePassword} />
      </Section>
      <Section title="Signed-in browsers" lead="Signing one out ends it at once.">
        <SessionList sessions={sessions} end={endSession} />
        <SignOutEverywhere action={signOutEverywhere} />
      </Section>
      <Section
        title="Workspaces"
        actions={
          mayCreate && (
            <Button asChild>
              <Link href="/workspaces/new">New workspace</Link>
            </Button>
          )
        }
      >
        {workspaces.length === 0 ? (
          <p className="text-ink-2 text-sm">You are in no workspace. Ask an owner for an invitation link.</p>
        ) : (
          <Rows label="Your workspaces">
            {workspaces.map(({ slug, name, role }) => (
              <Row key={slug}>
                <Link
                  href={`/w/${slug}`}
                  className="min-w-0 flex-1 truncate font-medium text-sm hover:underline"
                >
                  {name}
                </Link>
                <span className="text-ink-2 text-sm">{ROLE_WORDS[role].name}</span>
              </Row>
            ))}
          </Rows>
        )}
      </Section>
    </Page>
  );
}
