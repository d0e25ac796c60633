import type { ReactNode } from "react";
import { Wordmark } from "@/components/ui/logo";
import { ScreeningRoom } from "./screening-room";

/** The house from outside: setting up, signing in, joining. */
export function FrontDoor({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,1fr)_minmax(0,1.25fr)]">
      <main className="mx-auto grid w-full max-w-md content-center gap-6 px-6 py-10 sm:px-8">
        <Wordmark className="mb-2 justify-self-start" />
        <header className="grid gap-1.5">
          <h1 className="font-semibold text-xl">{title}</h1>
          {lead && <div className="text-ink-2">{lead}</div>}
        </header>
        {children}
      </main>
      <div data-screening-room className="sticky top-0 hidden h-dvh bg-stage lg:block">
        <ScreeningRoom className="size-full" />
      </div>
    </div>
  );
}
