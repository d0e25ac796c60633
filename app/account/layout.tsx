import type { ReactNode } from "react";
import { AccountFrame } from "@/components/account/account-frame";
import { signOut } from "./actions";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <AccountFrame onSignOut={signOut}>{children}</AccountFrame>;
}
