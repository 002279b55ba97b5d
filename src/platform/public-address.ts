/** Which addresses of the world may be fetched from: public ones alone, whatever way they are spelt. */
import ipaddr from "ipaddr.js";

/** Names that mean a machine nearby, in the ways they are commonly set up (RFC 6761, 6762, 8375, and the clouds' own). */
const localSuffixes = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "home.arpa",
  "arpa",
  "onion",
  "invalid",
  "alt",
];

const webPorts = ["", "80", "443"];

/** Why this address may not be fetched, in words for its sender; null: it may, as far as its spelling tells. */
export function refuseAddress(url: URL): string | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "Only http and https addresses can be fetched.";
  if (url.username !== "" || url.password !== "") return "An address with a user name or password is not fetched.";
  if (!webPorts.includes(url.port)) return "Only the ports 80 and 443 can be fetched from.";
  return isPublicHost(url.hostname) ? null : "This address is not on the public internet.";
}

/** `hostname` as `URL` gives it: IPv4 in any spelling is dotted by then, names are lower-case ASCII, IPv6 is in brackets. */
function isPublicHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  if (name.startsWith("[")) return isPublicIp(name.slice(1, -1));
  if (ipaddr.IPv4.isValid(name)) return isPublicIp(name);
  // A name that ends in a number would be an IPv4 address, to some reader or other.
  const labels = name.split(".");
  if (labels.length < 2 || labels.includes("") || /^(\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? "")) return false;
  return !localSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}

/** The part of IPv6 that is given out to networks (RFC 4291 §2.4 by way of IANA's list). */
const globalUnicast = ipaddr.IPv6.parse("2000::");

/** Whether an IPv4 or IPv6 address is one that anybody in the world could reach; false for what is none. */
export function isPublicIp(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  // Ranges that carry an IPv4 address inside (mapped, 6to4, NAT64, Teredo) are all named, so none of them is unicast.
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(globalUnicast, 3);
}
