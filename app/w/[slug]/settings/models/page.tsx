import { ModelChoice } from "@/components/settings/model-choice";
import { Section } from "@/components/ui/page";
import { CAPABILITIES, CAPABILITY_NAMES } from "@/lib/ai/schema";
import { requireCaller } from "@/lib/auth";
import { chosenModels, listModels, listProviders } from "@/lib/studio";
import { getModelChoices } from "@/lib/workspaces";
import { choose } from "../actions";

export const metadata = { title: "Models" };

export default async function ModelsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  const isOwner = caller.role === "owner";
  const models = listModels();
  const keyNames = listProviders().flatMap(({ keyName }) => keyName ?? []);
  const [choices, effective] = await Promise.all([getModelChoices(caller), chosenModels(caller)]);
  return (
    <Section
      title="Models"
      lead={`What a job uses unless it names another. Prices are estimates.${isOwner ? "" : " Only owners change this."}`}
    >
      {CAPABILITY_NAMES.map((capability) => (
        <ModelChoice
          key={capability}
          label={CAPABILITIES[capability].word}
          models={models.filter((model) => model.capability === capability)}
          chosen={choices[capability] ?? null}
          effective={effective[capability]}
          mayChange={isOwner}
          action={choose.bind(null, slug)}
        />
      ))}
      <p className="text-ink-3 text-xs">
        Keys are set on the server: {keyNames.join(", ")}. Draft models need none.
      </p>
    </Section>
  );
}
