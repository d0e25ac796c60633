import type { Operations } from "@/lib/jobs/operator-schema";
import { ErrorNote } from "../ui/error-note";
import { RelativeTime } from "../ui/time";

/** When the reconciler last looked. */
export function LastLook({ reconciler }: Pick<Operations, "reconciler">) {
  if (!reconciler) return "It has not looked yet.";
  return (
    <>
      It last looked <RelativeTime iso={reconciler.endedAt} />, for{" "}
      <span className="figures">{reconciler.tookMs} ms</span>.
    </>
  );
}

const NEXT = {
  embedded: "A worker does it: see that one runs, and what its log says.",
  inngest:
    "Inngest asks for it: see that its server runs, that it knows this app, and that a worker is connected.",
};

/** Nothing else notices when a job's run is lost. */
export function ReconcilerLate({ engine }: { engine: keyof typeof NEXT }) {
  return (
    <ErrorNote
      message="The reconciler is late. Until it looks, nobody repairs what got lost."
      action={NEXT[engine]}
    />
  );
}
