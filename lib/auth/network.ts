import { isIP } from "node:net";

/** Longer than any address: what a proxy made up shall not fill the table. */
const LONGEST = 64;

/**
 * Whom an address stands for. With IPv6 everybody has a whole /64 (RFC 6177), so that is one; with IPv4 each address
 * is, also where it comes as IPv6 or with a port, as some proxies write it.
 */
export function networkOf(address: string): string {
  const plain = address
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, "$1")
    .replace(/%.*$/, "");
  const ip = isIP(plain) ? plain : plain.replace(/:\d+$/, "");
  if (isIP(ip) === 4) return ip;
  if (isIP(ip) !== 6) return address.slice(0, LONGEST);
  const groups = groupsOf(ip);
  const [a = 0, b = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return [a >> 8, a & 255, b >> 8, b & 255].join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The eight groups of a valid IPv6 address. `URL` writes it in its one shortest form, without dots. */
function groupsOf(ip: string): number[] {
  const [head = "", tail] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split("::");
  const read = (text = "") => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [read(head), read(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
