import Link from "next/link";
import { ConnectList } from "@/components/account/connect-list";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SessionList, SignOutEverywhere } from "@/components/account/session-list";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Page, Section } from "@/components/ui/page";
import { Row, Rows } from "@/components/ui/rows";
import { findSignInWays, identityProviders, listSessions, requireUser } from "@/lib/auth";
import { PASSWORD_MIN_LENGTH } from "@/lib/auth/schema";
import { listWorkspaces, mayCreateWorkspace } from "@/lib/workspaces";
import { ROLE_WORDS } from "@/lib/workspaces/schema";
import { endSession, savePassword, saveProfile, signOutEverywhere } from "./actions";

export const metadata = { title: "Account" };

type Query = { error?: string | string[] };

export default async function AccountPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { error } = await searchParams;
  const user = await requireUser();
  const [ways, sessions, workspaces, mayCreate] = await Promise.all([
    findSignInWays(user.id),
    listSessions(user.id, user.sessionId),
    listWorkspaces(user.id),
    mayCreateWorkspace(user.id),
  ]);
  const others = identityProviders().map((one) => ({ ...one, connected: ways.providers.includes(one.id) }));
  return (
    <Page title="Account" className="max-w-3xl gap-10">
      <Section title="You">
        <ProfileForm name={user.name} email={user.email} action={saveProfile} />
      </Section>
      <Section title="Password">
        <PasswordForm hasPassword={ways.password} minLength={PASSWORD_MIN_LENGTH} action={savePassword} />
      </Section>
      {others.length > 0 && (
        <Section title="Other ways to sign in">
          {error === "linked_elsewhere" && (
            <ErrorNote
              message="That sign-in opens another account here."
              action="Sign out and use it, or choose another one there."
            />
          )}
          <ConnectList providers={others} />
        </Section>
      )}
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
