import { reset } from "./control";
import { type Chaos, Dice, Script } from "./faults";
import { LEONARDO_KEY } from "./leonardo";
import { OPENAI_KEY } from "./openai";
import { REPLICATE_TOKEN, WEBHOOK_SECRET } from "./replicate";
import { listen } from "./server";
import { findSpecsFolder, loadSpecs } from "./specs-folder";
import { Store } from "./store";
import type { Charge, Fault, RecordedRequest, RequestFilter, WebhookManner } from "./types";
import { Webhooks } from "./webhooks";
import type { World } from "./world";

export { findSpecsFolder } from "./specs-folder";
export type * from "./types";
export { signWebhook } from "./webhooks";

export type ContractOptions = {
  /** 0 for any free one. */
  port?: number;
  /** Null to check no request against the specifications; default: where they are found. */
  specsFolder?: string | null;
  /** Orders as JSON lines: a server started again on the same file knows them. */
  stateFile?: string;
  /** How long an order takes, 0.2 s by default. */
  secondsToMake?: number;
  webhooks?: WebhookManner;
  /** How many entries a page of a list has, 100 by default. */
  listPage?: number;
  /** Delivers webhooks to this origin, whatever host their address names. */
  divertTo?: string;
  script?: Fault[];
  /** Faults by the dice, for long runs. */
  chaos?: Chaos;
};

export type ContractServer = {
  url: string;
  /** What to set so that Kinora speaks with this server instead of the providers. */
  env: Record<string, string>;
  /** Every order that a provider bills. */
  charges(): Charge[];
  requests(filter?: RequestFilter): RecordedRequest[];
  /** Requests that break a provider's specification; empty in a sound program. */
  problems(): string[];
  deliveries(): Webhooks["sent"];
  /** Adds faults to the line. */
  script(...faults: Fault[]): void;
  /** No more faults by the dice. */
  calm(): void;
  /** How often each fault that has a name has happened. */
  met(): Record<string, number>;
  /** Forgets requests, problems and faults; orders stay. */
  reset(): void;
  stop(): Promise<void>;
};

/** Starts a server that stands in for Replicate, OpenAI and Leonardo, and is told what shall go wrong. */
export async function startContractServer(options: ContractOptions = {}): Promise<ContractServer> {
  const { port = 0, secondsToMake = 0.2, webhooks: manner = "once", chaos, stateFile } = options;
  const specsFolder = options.specsFolder === undefined ? findSpecsFolder() : options.specsFolder;
  const store = new Store(stateFile);
  const script = new Script();
  script.add(options.script ?? []);
  let url = "";
  const world: World = {
    url: () => url,
    store,
    script,
    dice: chaos ? new Dice(chaos) : null,
    specs: loadSpecs(specsFolder),
    secondsToMake,
    webhooks: manner,
    listPage: options.listPage ?? 100,
    divertTo: options.divertTo,
    announce: (order) => webhooks.schedule(order),
  };
  const webhooks = new Webhooks(world);
  const server = await listen(world, port);
  url = server.url;
  for (const order of store.orders.values()) if (!hasEnded(order)) webhooks.schedule(order);
  return {
    url,
    env: environment(url),
    charges: () => store.charges(),
    requests: ({ provider, kind } = {}) =>
      store.requests.filter(
        (one) => (!provider || one.provider === provider) && (!kind || one.kind === kind),
      ),
    problems: () => [...store.problems],
    deliveries: () => [...webhooks.sent],
    script: (...faults) => script.add(faults),
    calm: () => {
      world.dice = null;
    },
    met: () => ({ ...store.met }),
    reset: () => reset(world),
    async stop() {
      webhooks.stop();
      await server.stop();
    },
  };
}

function hasEnded({ createdAt, seconds }: { createdAt: string; seconds: number }): boolean {
  return Date.parse(createdAt) + seconds * 1000 < Date.now();
}

function environment(url: string): Record<string, string> {
  return {
    REPLICATE_BASE_URL: `${url}/replicate/v1`,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
    REPLICATE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    OPENAI_BASE_URL: `${url}/openai/v1`,
    OPENAI_API_KEY: OPENAI_KEY,
    LEONARDO_BASE_URL: `${url}/leonardo/api/rest`,
    LEONARDO_API_KEY: LEONARDO_KEY,
  };
}
