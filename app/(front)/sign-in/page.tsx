import { redirect } from "next/navigation";
import { FrontDoor } from "@/components/account/front-door";
import { IdentityButtons } from "@/components/account/identity-buttons";
import { SignInForm } from "@/components/account/sign-in-form";
import { ErrorNote } from "@/components/ui/error-note";
import { currentUser, hasUsers, identityProviders, safePath } from "@/lib/auth";

export const metadata = { title: "Sign in" };

type Query = { next?: string | string[]; error?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = safePath(query.next);
  if (await currentUser()) redirect(next);
  if (!(await hasUsers())) redirect("/setup");
  return (
    <FrontDoor title="Sign in" lead="New here, or forgot your password? Ask your studio’s owner for a link.">
      {query.error && <ErrorNote {...explain(query.error)} />}
      <SignInForm next={next} />
      <IdentityButtons providers={identityProviders()} next={next} />
    </FrontDoor>
  );
}

/** What came back from an identity provider, in words. Whatever the URL says is never shown as it is. */
function explain(error: string | string[]): { message: string; action: string } {
  if (error === "no_account") {
    return {
      message: "No account here belongs to that sign-in.",
      action: "Sign in with the verified e-mail you were invited with, or ask the studio’s owner for a link.",
    };
  }
  if (error === "email_unverified") {
    return {
      message: "That sign-in has no verified e-mail.",
      action: "Verify your e-mail there and try again, or use your password.",
    };
  }
  if (error === "has_password") {
    return {
      message: "There is an account with this e-mail, and a password opens it.",
      action: "Sign in with the password, then connect the other way on your account page.",
    };
  }
  if (error === "OAuthCallback" || error === "AccessDenied") {
    return { message: "The sign-in was interrupted.", action: "Try again, or use your password." };
  }
  return { message: "The sign-in did not work.", action: "Try again. The server’s log has the details." };
}
