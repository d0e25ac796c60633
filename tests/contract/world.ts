import { randomBytes } from "node:crypto";
import type { Dice, Script } from "./faults";
import type { Specs } from "./specs-folder";
import type { Store } from "./store";
import type { Answer, FateFault, Fault, Order, ProviderName } from "./types";

/** What every provider's handlers share. */
export type World = {
  url(): string;
  store: Store;
  script: Script;
  dice: Dice | null;
  specs: Specs | null;
  /** How long an order takes unless its fate says otherwise. */
  secondsToMake: number;
  webhooks: FateFault["webhook"];
  /** How many entries a page of a list has. */
  listPage: number;
  /** Where webhooks are delivered in place of the host that they name. */
  divertTo?: string;
  announce(order: Order): void;
};

export type Exchange = {
  world: World;
  url: URL;
  headers: Headers;
  /** The parsed JSON body, when there is one. */
  json: Record<string, unknown>;
  /** The parsed form, when there is one. */
  form: FormData | null;
  bytes: Buffer;
  /** The groups of the route's pattern. */
  params: string[];
};

export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

/** Takes an order: from here on it exists, and is billed unless its fate is bad. */
export function takeOrder(
  world: World,
  order: Omit<Order, "id" | "createdAt" | "seconds" | "fate"> & { id?: string },
): Order {
  const { provider, model, input } = order;
  const asked = { provider, kind: "create", model, prompt: String(input.prompt ?? "") } as const;
  const fault = world.script.takeFate(asked) ?? world.dice?.fateFor(provider, model);
  meet(world, fault);
  const fate = { webhook: world.webhooks, ...world.dice?.webhook(), ...fault?.fate };
  const taken = world.store.take({
    ...order,
    id: order.id ?? randomBytes(12).toString("hex"),
    createdAt: new Date().toISOString(),
    seconds: fate.seconds ?? world.secondsToMake,
    fate,
  });
  world.announce(taken);
  return taken;
}

/** Counts a fault that happens. */
export function meet({ store: { met } }: World, fault: Fault | undefined): void {
  if (fault?.name) met[fault.name] = (met[fault.name] ?? 0) + 1;
}

/** Notes what is wrong with a request; the caller then refuses it. */
export function note(world: World, provider: ProviderName, problems: string[]): string | undefined {
  if (problems.length === 0) return undefined;
  const text = problems.slice(0, 5).join("; ");
  world.store.problems.push(`${provider}: ${text}`);
  return text;
}

/** Whether bytes begin like a picture. */
export function isPicture(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 12).toString("latin1");
  return head.startsWith("\x89PNG") || head.startsWith("\xff\xd8\xff") || /^RIFF....WEBP/s.test(head);
}
