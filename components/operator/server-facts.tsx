import { Facts } from "../ui/rows";

type Check = "ok" | "off" | "late" | "fail";
export type ServerFactsProps = {
  checks: { database: Check; engine: Check; storage: Check; ffmpeg: Check };
  engine: "embedded" | "inngest";
  storage: "disk" | "s3";
  workers: number | null;
};

/** What this server stands on, and how it is. */
export function ServerFacts({ checks, engine, storage, workers }: ServerFactsProps) {
  return (
    <Facts
      className="rounded-lg border bg-surface px-4 py-3"
      facts={[
        ["Engine", engine === "embedded" ? "embedded, for one machine" : "Inngest"],
        ["Workers", describeWorkers(workers, checks.engine)],
        ["Database", <CheckWord key="database" state={checks.database} />],
        [
          storage === "disk" ? "Storage (disk)" : "Storage (S3)",
          <CheckWord key="storage" state={checks.storage} />,
        ],
        ["ffmpeg", <CheckWord key="ffmpeg" state={checks.ffmpeg} />],
      ]}
    />
  );
}

/** Where Inngest calls the web servers over HTTP, jobs are made without a worker. */
function describeWorkers(workers: number | null, engine: Check): string {
  if (workers === null) return "unknown";
  if (workers > 0) return `${workers} connected`;
  return engine === "ok" ? "none: Inngest calls the web server" : "none: what is ordered waits for one";
}

function CheckWord({ state }: { state: Check }) {
  if (state === "ok") return <span className="text-state-completed">works</span>;
  return <span className="text-danger-text">does not work; the server’s log and npm run doctor say why</span>;
}
