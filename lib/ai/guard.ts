import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/errors";

/** From where one provider's results may be fetched. */
export type DownloadRules = {
  /** The URL, if it may be fetched; throws `provider_answer` otherwise. */
  check(url: string): URL;
  /** It lies at the origin that this installation's own configuration names (a gateway, a test). */
  isOwn(url: URL): boolean;
};

/**
 * Rules for a list of hosts, `*.` standing for any subdomain. `ownBaseUrl` is a provider address set by whoever runs
 * this installation: its exact origin is trusted too, with whatever protocol and address it has.
 */
export function downloadRules(hosts: string[], ownBaseUrl?: string): DownloadRules {
  const ownOrigin = ownBaseUrl && new URL(ownBaseUrl).origin;
  const isOwn = (url: URL) => url.origin === ownOrigin;
  return {
    isOwn,
    check(text) {
      if (!URL.canParse(text)) throw forbidden("It is not an address.");
      const url = new URL(text);
      if (url.username || url.password) throw forbidden("It carries a password.");
      if (isOwn(url)) return url;
      if (url.protocol !== "https:" || url.port !== "") throw forbidden("It is not plain https.");
      if (!hosts.some((host) => isHost(url.hostname, host)))
        throw forbidden("Its host is not the provider's.");
      return url;
    },
  };
}

function isHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}

/** Whether an address belongs to the public internet: not private, local, mapped, multicast or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/**
 * A lookup for node's sockets that resolves a name once, refuses it if any of its addresses is not public, and hands
 * the checked addresses to the connection: no second lookup can answer otherwise.
 */
export function pinnedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const first = addresses[0];
        if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
          return callback(forbidden("It is not on the public internet."), [], 0);
        }
        return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, [], 0),
    );
  };
}

const NEVER = {
  retry: "never" as const,
  action:
    "Nothing was fetched. If you run a gateway for this provider, set its base URL in the configuration.",
};

function forbidden(why: string): AppError {
  return new AppError("provider_answer", `The result's address is not allowed. ${why}`, NEVER);
}
