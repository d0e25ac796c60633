import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { FrontDoor } from "@/components/account/front-door";
import { SetupForm } from "@/components/account/setup-form";
import { ErrorNote } from "@/components/ui/error-note";
import { hasUsers, setupCode } from "@/lib/auth";
import { PASSWORD_MIN_LENGTH } from "@/lib/auth/schema";
import { createOwner } from "../actions";

export const metadata = { title: "Set up" };

export default async function SetupPage() {
  if (await hasUsers()) redirect("/");
  const code = setupCode(await headers());
  return (
    <FrontDoor
      title="Open your studio"
      lead="You are the first one here. This account owns the studio; invite your team once you are in."
    >
      {code === "missing" ? (
        <ErrorNote
          message="Kinora was started without a setup code."
          action="Open this page on the machine Kinora runs on, as http://localhost, or set SETUP_CODE there and start again. Then nobody else can take the studio."
        />
      ) : (
        <SetupForm
          action={createOwner}
          codeNeeded={code === "needed"}
          passwordMinLength={PASSWORD_MIN_LENGTH}
        />
      )}
    </FrontDoor>
  );
}
