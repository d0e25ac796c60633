import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Actions, Declaration, Provider } from "./provider";

/**
 * A provider, made of its declaration and of what is done with it, which is loaded when it is first asked for: who
 * only shows what can be had needs none of it. It is configured where its key is set.
 */
export function defineProvider(
  declaration: Declaration,
  load: () => Promise<{ actions: Actions }>,
): Provider {
  const { label, keyName, afterLostAnswer, webhook } = declaration;
  const configured = () => keyName === undefined || env()[keyName] !== undefined;
  const action = async <N extends keyof Actions>(name: N): Promise<NonNullable<Actions[N]>> => {
    const found = (await load()).actions[name];
    if (found) return found;
    throw new AppError("internal", `${label} is declared with “${name}”, and has no such action.`);
  };
  return {
    ...declaration,
    configured,
    prepare: async (...asked) => (await action("prepare"))(...asked),
    look: async (...asked) => (await action("look"))(...asked),
    cancel: async (...asked) => (await load()).actions.cancel?.(...asked),
    async check(signal) {
      if (!configured()) return { state: "off", detail: `${keyName} is not set.` };
      return (await action("check"))(signal);
    },
    ...(afterLostAnswer === "reconcile" && {
      reconcile: async (...asked) => (await action("reconcile"))(...asked),
    }),
    ...(webhook && { verifyWebhook: async (...asked) => (await action("verifyWebhook"))(...asked) }),
  };
}
