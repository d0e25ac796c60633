import Link from "next/link";
import { FrontDoor } from "@/components/account/front-door";
import { ResetForm } from "@/components/account/reset-form";
import { Button } from "@/components/ui/button";
import { findReset } from "@/lib/auth";
import { PASSWORD_MIN_LENGTH } from "@/lib/auth/schema";
import { reset } from "../../actions";

// The address is a key: it must not travel to another site in a Referer.
export const metadata = { title: "New password", referrer: "no-referrer" as const };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const user = await findReset(token);
  if (!user) {
    return (
      <FrontDoor
        title="This link is over"
        lead="It has expired or was used already. Ask an owner of your workspace for a new one."
      >
        <Button asChild size="lg">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title="Set a new password" lead={`For ${user.name}, ${user.email}.`}>
      <ResetForm token={token} email={user.email} minLength={PASSWORD_MIN_LENGTH} action={reset} />
    </FrontDoor>
  );
}
