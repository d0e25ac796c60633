import type { ReactNode } from "react";
import { SettingsTabs } from "@/components/settings/settings-tabs";
import { Page } from "@/components/ui/page";
import { requireCaller } from "@/lib/auth";

export default async function SettingsLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}) {
  const { slug } = await params;
  const { workspace, role } = await requireCaller(slug);
  return (
    <Page title="Settings" lead={workspace.name}>
      <SettingsTabs slug={slug} isOwner={role === "owner"} />
      <div className="grid max-w-3xl gap-10">{children}</div>
    </Page>
  );
}
