import Link from "next/link";
import { FrontDoor } from "@/components/account/front-door";
import { IdentityButtons } from "@/components/account/identity-buttons";
import { AcceptForm, JoinForm } from "@/components/account/join-form";
import { Button } from "@/components/ui/button";
import { currentUser, identityProviders } from "@/lib/auth";
import { PASSWORD_MIN_LENGTH } from "@/lib/auth/schema";
import { findInvitation, listWorkspaces } from "@/lib/workspaces";
import { type InvitationCard, ROLE_WORDS } from "@/lib/workspaces/schema";
import { accept, join } from "../../actions";

// The address is a key: it must not travel to another site in a Referer.
export const metadata = { title: "Invitation", referrer: "no-referrer" as const };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await findInvitation(token);
  if (!invitation) return <Expired />;
  const { workspace } = invitation;
  const user = await currentUser();
  if (!user) {
    const here = `/invite/${token}`;
    return (
      <FrontDoor title={`Join ${workspace.name}`} lead={<Terms invitation={invitation} />}>
        <JoinForm
          token={token}
          workspace={workspace.name}
          action={join}
          passwordMinLength={PASSWORD_MIN_LENGTH}
        />
        <IdentityButtons providers={identityProviders()} next={here} />
        <p className="text-ink-2 text-sm">
          Have an account here?{" "}
          <Link href={`/sign-in?next=${here}`} className="text-amber-text underline underline-offset-3">
            Sign in to join
          </Link>
        </p>
      </FrontDoor>
    );
  }
  const member = (await listWorkspaces(user.id)).find(({ slug }) => slug === workspace.slug);
  if (member) {
    return (
      <FrontDoor title={`You are in ${workspace.name}`} lead={`Signed in as ${user.name}, ${user.email}.`}>
        <Button asChild variant="primary" size="lg">
          <Link href={`/w/${workspace.slug}`}>Go to {workspace.name}</Link>
        </Button>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title={`Join ${workspace.name}`} lead={<Terms invitation={invitation} />}>
      <p className="text-ink-2 text-sm">
        Signed in as {user.name}, {user.email}.
      </p>
      <AcceptForm token={token} workspace={workspace.name} action={accept} />
    </FrontDoor>
  );
}

function Terms({ invitation: { invitedBy, role } }: { invitation: InvitationCard }) {
  const { name, may } = ROLE_WORDS[role];
  return (
    <p>
      {invitedBy} invites you as <strong className="font-medium text-ink">{name.toLowerCase()}</strong>. {may}
    </p>
  );
}

function Expired() {
  return (
    <FrontDoor
      title="This invitation is over"
      lead="It has expired or was withdrawn. Ask the person who invited you for a new link."
    >
      <Button asChild size="lg">
        <Link href="/">Go to the studio</Link>
      </Button>
    </FrontDoor>
  );
}
