import { z } from "zod";
import { AppError } from "@/lib/errors";
import { checkedBy } from "../failures";
import { slugOf } from "../models";
import type { Actions, ProviderCheck } from "../provider";
import { callOpenAi } from "./api";
import { OPENAI } from "./declaration";
import { preparePictures } from "./pictures";
import { prepareAnalysis } from "./vision";

const Listed = z.object({
  data: z.array(z.object({ id: z.string(), shutdown_date: z.union([z.number(), z.string()]).nullish() })),
});

/** OpenAI answers with the result itself: nothing is ever left running, so there is nothing to look at or cancel. */
export const actions: Actions = {
  async prepare(order, context) {
    if (order.capability === "generateImage") return preparePictures(order.model, order.input, context);
    if (order.capability === "analyseImage") return prepareAnalysis(order.model, order.input.image, context);
    throw new AppError("bad_input", "OpenAI makes no films.", { action: "Choose another model." });
  },
  async look() {
    throw new AppError("internal", "OpenAI answers at once; there is nothing to wait for.", {
      retry: "never",
    });
  },
  async check(signal) {
    return checkedBy(async () => {
      const { data } = await callOpenAi({ signal, timeoutSeconds: 20 }, async (client) =>
        Listed.parse({ data: (await client.models.list()).data }),
      );
      return compareModels(data);
    });
  },
};

/** Whether our models are among those this key may use, and for how long. */
function compareModels(listed: z.infer<typeof Listed>["data"]): ProviderCheck {
  const ours = OPENAI.models.map((model) => slugOf(model.id));
  const missing = ours.filter((slug) => !listed.some(({ id }) => id === slug));
  const ending = listed.filter(({ id, shutdown_date }) => ours.includes(id) && shutdown_date);
  if (missing.length > 0) {
    return {
      state: "warn",
      detail: `The key works, but may not use ${missing.join(", ")}.`,
      mend: "Allow these models for the key's project, or verify the organisation at OpenAI.",
    };
  }
  if (ending.length > 0) {
    const dates = ending.map(({ id, shutdown_date }) => `${id} ends ${toDay(shutdown_date)}`);
    return {
      state: "warn",
      detail: `The key works. ${dates.join("; ")}.`,
      mend: "Update Kinora before then.",
    };
  }
  return { state: "ok", detail: "The key works; all models are offered." };
}

function toDay(date: number | string | null | undefined): string {
  return typeof date === "number" ? new Date(date * 1000).toISOString().slice(0, 10) : String(date);
}
