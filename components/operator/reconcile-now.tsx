"use client";
import type { Answer } from "../answer";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useAct } from "../use-act";

export function ReconcileNow({
  hasWorker,
  action,
}: {
  hasWorker: boolean;
  action: (input: Record<string, never>) => Promise<Answer<null>>;
}) {
  const [busy, act] = useAct();
  const asked = hasWorker ? "A worker looks now." : "No worker is here: the first one that comes will look.";
  return (
    <Button
      busy={busy}
      onClick={() =>
        act(
          () => action({}),
          () => toast.done(asked),
        )
      }
    >
      Run the reconciler now
    </Button>
  );
}
