"use client";
import { useState } from "react";
import type { ModelView } from "@/lib/jobs/schema";
import { Composer, type Submit } from "./composer";
import { Examples } from "./examples";
import type { Order } from "./order";
import type { Presets } from "./pills";
import type { AskQuote } from "./use-quote";

/** The home action, and for those who are new a few words to begin with. */
export function GenerateHome({
  slug,
  models,
  presets,
  recalled,
  ask,
  submit,
  mayEdit,
  isNew,
}: {
  slug: string;
  models: ModelView[];
  presets: Presets;
  recalled: Order | null;
  ask: AskQuote;
  submit: Submit;
  mayEdit: boolean;
  isNew: boolean;
}) {
  const [example, setExample] = useState<Order | null>(null);
  if (!mayEdit) {
    return (
      <p className="mx-auto w-full max-w-4xl rounded-lg border bg-surface px-4 py-3 text-ink-2 text-sm">
        You are here as a viewer: look, play and download. An owner can make you an editor, so that you can
        generate too.
      </p>
    );
  }
  return (
    <div className="mx-auto grid w-full max-w-4xl gap-3">
      <Composer
        slug={slug}
        models={models}
        presets={presets}
        recalled={example ?? recalled}
        ask={ask}
        submit={submit}
      />
      {isNew && <Examples onChoose={setExample} />}
    </div>
  );
}
