"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { enterWith } from "./enter";

export type IdentityProvider = { id: string; label: string };

/** "Continue with GitHub", where the server has a key for it. */
export function IdentityButtons({ providers, next }: { providers: IdentityProvider[]; next: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [, start] = useTransition();
  if (providers.length === 0) return null;
  const go = (provider: string) =>
    start(async () => {
      setChosen(provider);
      setFailed(false);
      await enterWith(provider, next).catch(() => {
        setFailed(true);
        setChosen(null);
      });
    });
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3 text-ink-3 text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </div>
      {providers.map(({ id, label }) => (
        <Button key={id} size="lg" busy={chosen === id} disabled={chosen !== null} onClick={() => go(id)}>
          Continue with {label}
        </Button>
      ))}
      {failed && (
        <ErrorNote message="Kinora could not be reached." action="Check the connection and try again." />
      )}
    </div>
  );
}
