import { isBuilt, SERVER } from "@/bin/start/build";
import { WEB_FLAGS } from "@/bin/start/children";
import type { ActionResult } from "@/lib/errors";
import { callAction, findAction } from "../support/server-action";
import { signIn } from "../support/signed-in";
import type { Program } from "./child";

const ACTIONS = ["generate", "choose", "settle", "retry", "takeAgain"] as const;
export type Action = (typeof ACTIONS)[number];
type Answer = ActionResult<{ jobId: string } | null>;

/** Where people come in: the web process, and a way to ask it for something as their browser would. */
export type Door = {
  title: string;
  program: Program;
  /** Throws where the web process is dead, or dies before it has answered. */
  ask(action: Action, input: unknown): Promise<Answer>;
};

const SLOWEST_MS = 10_000;

type Where = { url: string; slug: string; userId: string };

/** The built web server and its server actions; a bare one with the same code where these sources are not built. */
export async function openDoor(where: Where): Promise<Door> {
  return (await isBuilt()) ? builtDoor(where) : bareDoor(where);
}

async function builtDoor({ url, slug, userId }: Where): Promise<Door> {
  const cookie = await signIn(userId);
  const ids = await Promise.all(ACTIONS.map(async (name) => [name, await findAction(name)] as const));
  const actions = Object.fromEntries(ids) as Record<Action, string>;
  return {
    title: "the built web server",
    program: { command: process.execPath, args: [...WEB_FLAGS, SERVER], ready: "Ready in" },
    ask: (action, input) =>
      callAction({ url, slug, cookie }, actions[action], input, AbortSignal.timeout(SLOWEST_MS)),
  };
}

function bareDoor({ url }: Where): Door {
  return {
    title: "a bare web server (run npm run build to use the real one)",
    program: {
      command: process.execPath,
      args: ["--import", "tsx", "tests/chaos/web.ts"],
      ready: "web ready",
    },
    async ask(action, input) {
      const signal = AbortSignal.timeout(SLOWEST_MS);
      const body = JSON.stringify(input);
      const response = await fetch(`${url}/${action}`, { method: "POST", body, signal });
      return (await response.json()) as Answer;
    },
  };
}
