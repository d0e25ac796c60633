import { notFound } from "next/navigation";
import { RefreshEvery } from "@/components/live/refresh-every";
import { AtWork } from "@/components/operator/at-work";
import { FailureList } from "@/components/operator/failure-list";
import { FindingList } from "@/components/operator/finding-list";
import { OrderList } from "@/components/operator/order-list";
import { ReconcileNow } from "@/components/operator/reconcile-now";
import { LastLook, ReconcilerLate } from "@/components/operator/reconciler";
import { ServerFacts } from "@/components/operator/server-facts";
import { Section } from "@/components/ui/page";
import { requireCaller } from "@/lib/auth";
import { readServerState } from "@/lib/http/server-state";
import { readOperations } from "@/lib/jobs";
import { runReconciler } from "../actions";

export const metadata = { title: "Operator" };

const REFRESH_SECONDS = 4;

export default async function OperatorPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  if (caller.role !== "owner") notFound();
  const [work, server] = await Promise.all([readOperations(caller), readServerState()]);
  return (
    <>
      <RefreshEvery seconds={REFRESH_SECONDS} />
      <Section title="At work" lead={`The jobs of ${caller.workspace.name}, now.`}>
        <AtWork {...work} slug={slug} />
      </Section>
      <Section
        title="Failed attempts"
        lead="Of the last 24 hours. Those that can succeed later are tried again by themselves."
      >
        <FailureList failures={work.failures} />
      </Section>
      <Section title="Open orders" lead="At providers, with what is held for them. A person settles doubts.">
        <OrderList {...work} slug={slug} />
      </Section>
      <Section
        title="Reconciler"
        lead={
          <>
            Repairs jobs whose run has gone, and settles orders whose job has ended, every minute.{" "}
            <LastLook reconciler={work.reconciler} />
          </>
        }
        actions={
          <ReconcileNow hasWorker={server.checks.engine === "ok"} action={runReconciler.bind(null, slug)} />
        }
      >
        {work.reconciler?.late && <ReconcilerLate engine={server.engine} />}
        <FindingList findings={work.findings} slug={slug} />
      </Section>
      <Section
        title="Server"
        lead="The same for all workspaces on this server. Everything above is this workspace’s alone."
      >
        <ServerFacts {...server} />
      </Section>
    </>
  );
}
