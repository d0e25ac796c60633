import {
  type AssetRef,
  type Capabilities,
  type Capability,
  factsOf,
  type OrderSize,
  quote,
  type Stored,
} from "@/lib/ai";
import type { StepName } from "@/lib/jobs/schema";

/** Whose work it is: the step of a job that orders. */
export type Scope = StepName & {
  workspaceId: string;
  userId: string | null;
  jobId: string;
  stepKey: string;
  take: number;
};

/** What is asked of a provider, as plain JSON: pictures are named by their assets and fetched when it is sent. */
export type Ask = {
  [C in Capability]: {
    capability: C;
    model: string;
    outputRole: string;
    input: Stored<Capabilities[C]["input"]>;
  };
}[Capability];

/** How large an ask is, for its price. */
export function sizeOf({ capability, input }: Ask): OrderSize {
  return factsOf(capability)?.size(input) ?? {};
}

/** What an ask will probably cost, in micro-dollars, and take, in seconds. */
export function quoteAsk(ask: Ask) {
  return quote({ model: ask.model, ...sizeOf(ask) });
}

/** The assets an ask is made from, wherever they stand in its input. */
export function sourcesOf(ask: Ask): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (isAssetRef(value)) found.push(value.assetId);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(ask.input);
  return found;
}

/** An input with each asset in it replaced by what it stands for. */
export async function replaceAssets(
  input: unknown,
  by: (ref: AssetRef) => Promise<unknown>,
): Promise<unknown> {
  if (isAssetRef(input)) return by(input);
  if (Array.isArray(input)) return Promise.all(input.map((one) => replaceAssets(one, by)));
  if (typeof input !== "object" || input === null) return input;
  const entries = Object.entries(input).map(async ([name, value]) => [name, await replaceAssets(value, by)]);
  return Object.fromEntries(await Promise.all(entries));
}

function isAssetRef(value: unknown): value is AssetRef {
  return typeof value === "object" && value !== null && typeof (value as AssetRef).assetId === "string";
}

/** An ask as it was stored. Kinora 0.1 named its pictures otherwise, and may have left some under way. */
export function readAsk(stored: unknown): Ask {
  const { input, ...ask } = stored as { input?: Partial<AssetRef> & { referenceIds?: string[] } };
  const { assetId, atSeconds, referenceIds, ...rest } = input ?? {};
  return {
    ...ask,
    input: {
      ...rest,
      ...(assetId !== undefined && { image: { assetId, atSeconds } }),
      ...(referenceIds && { references: referenceIds.map((id) => ({ assetId: id })) }),
    },
  } as Ask;
}
