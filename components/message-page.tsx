import type { ReactNode } from "react";
import { Wordmark } from "./ui/logo";

/** A page that is only a message: not found, broken, nothing to see. */
export function MessagePage({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-[70dvh] max-w-md content-center justify-items-start gap-3 px-6 py-16">
      <Wordmark className="mb-6" />
      <h1 className="font-semibold text-xl">{title}</h1>
      <div className="text-ink-2">{children}</div>
      <div className="mt-4 flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
