"use client";
import { useState, useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/rows";
import { toast } from "@/components/ui/toast";
import { CONNECT_PATH } from "@/lib/auth/schema";
import { enterWith } from "./enter";
import type { IdentityProvider } from "./identity-buttons";

/** The identity providers that open this account, and those that could. */
export function ConnectList({ providers }: { providers: (IdentityProvider & { connected: boolean })[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [, start] = useTransition();
  const connect = (id: string) =>
    start(async () => {
      setChosen(id);
      await enterWith(id, CONNECT_PATH).catch(() => {
        toast.error({
          message: "Kinora could not be reached.",
          action: "Check the connection and try again.",
        });
        setChosen(null);
      });
    });
  return (
    <Rows label="Other ways to sign in">
      {providers.map(({ id, label, connected }) => (
        <Row key={id}>
          <span className="min-w-0 flex-1 truncate text-sm first-letter:uppercase">{label}</span>
          {connected ? (
            <Badge>Connected</Badge>
          ) : (
            <Button busy={chosen === id} disabled={chosen !== null} onClick={() => connect(id)}>
              Connect <span className="sr-only">{label}</span>
            </Button>
          )}
        </Row>
      ))}
    </Rows>
  );
}
