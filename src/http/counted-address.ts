import ipaddr from "ipaddr.js";

/** Groups of 16 bits in the half of an IPv6 address that a provider gives out: the other half is its holder's to choose. */
const networkGroups = 4;

/** Whom requests from `address` are counted as: IPv6 by its /64, or one customer would have 2^64 addresses. */
export function countedAddress(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, networkGroups).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** Only under `npm start`: Cloudflare names the caller's address itself, and nobody reaches it from a loopback. */
export function isThisMachine(address: string | null): boolean {
  return address !== null && ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}
