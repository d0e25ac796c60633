import type { OrderSize } from "../provider";

/** A picture handed to a provider. It travels by whichever of the two ways the provider takes. */
export type MediaInput = {
  mime: string;
  bytes: number;
  sha256: string;
  width?: number;
  height?: number;
  /** A short-lived signed https URL; undefined while Kinora is not reachable from outside. */
  url(): Promise<string | undefined>;
  read(): Promise<Buffer>;
};

/** What stands for a picture where an order is kept: its asset, and of a film the moment. */
export type AssetRef = { assetId: string; atSeconds?: number };

/** An input as plain JSON, wherever in it media lie. */
export type Stored<T> = T extends MediaInput
  ? AssetRef
  : T extends (infer E)[]
    ? Stored<E>[]
    : T extends object
      ? { [K in keyof T]: Stored<T[K]> }
      : T;

/** All there is to know of a capability. Browser-safe: pickers and job pages read it too. */
export type Facts<Input, Data> = {
  /** Never there: it carries the types of what goes in and, beside files, comes back. */
  types?: { input: Input; data: Data };
  /** The heading of its models in the settings. */
  word: string;
  /** What its files are; null: it makes none. */
  makes: "picture" | "video" | null;
  /** How much is ordered, for its price. */
  size(input: Input | Stored<Input>): OrderSize;
  /** Makes data of what the model wrote, as often as is needed; throws `provider_answer`. Null: none is written. */
  read: Data extends null ? null : (text: string) => Data;
};
