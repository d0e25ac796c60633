import ipaddr from "ipaddr.js";

/** Names that mean something on one network alone: RFC 6761, 6762, 8375, ICANN's .internal, and what routers hand out. */
const PRIVATE_SUFFIXES = [
  ...[
    "localhost",
    "local",
    "localdomain",
    "lan",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "home.arpa",
  ],
  ...["ts.net", "beta.tailscale.net", "test", "invalid", "onion", "i2p", "fritz.box", "domain", "workgroup"],
];
/** Services whose names carry the address they stand for: `kinora.192-168-1-7.sslip.io`. */
const CARRIES_ADDRESS = /(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip|sslip|xip|traefik)\.(?:io|me)$/;

/**
 * Whether whoever is on the internet, a provider for one, can reach this address: https, and a host that is neither
 * this machine, nor a name or number of a private network (CGNAT and VPNs among them).
 */
export function isPublicUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, protocol } = new URL(url);
  return protocol === "https:" && isPublicHost(hostname);
}

/** The same for a host alone: a name, an IPv4 address, or an IPv6 address with or without brackets. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "");
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === "unicast";
  const carried = CARRIES_ADDRESS.exec(host)?.[1];
  if (carried) return isPublicHost(carried.replaceAll("-", "."));
  // A name without a dot is a machine next door, or a container.
  return host.includes(".") && !PRIVATE_SUFFIXES.some((suffix) => `.${host}`.endsWith(`.${suffix}`));
}
