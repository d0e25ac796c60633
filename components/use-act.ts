"use client";
import { useRouter } from "next/navigation";
import { useCallback, useTransition } from "react";
import { FORM_TOO_LONG } from "@/lib/http/form-schema";
import type { Answer } from "./answer";
import { toast } from "./ui/toast";

/** Does something on the server; says so when it did not work, and shows what came of it. */
export function useAct(): [
  busy: boolean,
  act: <T>(run: () => Promise<Answer<T>>, then?: (value: T) => void) => Promise<Answer<T>>,
] {
  const router = useRouter();
  const [busy, start] = useTransition();
  const act = useCallback(
    <T>(run: () => Promise<Answer<T>>, then?: (value: T) => void) =>
      new Promise<Answer<T>>((resolve) =>
        start(async () => {
          const answer = await run().catch(unreachable);
          if (answer.ok) then?.(answer.value);
          else toast.error(answer.error);
          start(() => router.refresh());
          resolve(answer);
        }),
      ),
    [router],
  );
  return [busy, act];
}

/** The request itself failed: it was too long, or the server is away, or the network is. */
export function unreachable(thrown?: unknown): Answer<never> {
  if (thrown instanceof Error && thrown.message.startsWith(FORM_TOO_LONG)) {
    const action = "Shorten it and try again.";
    return { ok: false, error: { code: "too_large", message: FORM_TOO_LONG, action, retry: "never" } };
  }
  const message = "Kinora did not answer.";
  const action = "Check the connection and try again. Nothing was started twice.";
  return { ok: false, error: { code: "internal", message, action, retry: "later" } };
}
