import type { Reply } from "./api-client.ts";

type Policy = { quota: number; windowSeconds: number };
type Limit = { remaining: number; resetSeconds: number };

/** The policies that an answer goes by; a field that is not as the draft has it fails. */
export function readPolicies(reply: Reply): Record<string, Policy> {
  return Object.fromEntries(
    Object.entries(readField(reply, "RateLimit-Policy")).map(([name, { q, w }]) => [
      name,
      { quota: numberIn(q), windowSeconds: numberIn(w) },
    ]),
  );
}

export function readLimits(reply: Reply): Record<string, Limit> {
  return Object.fromEntries(
    Object.entries(readField(reply, "RateLimit")).map(([name, { r, t }]) => [
      name,
      { remaining: numberIn(r), resetSeconds: numberIn(t) },
    ]),
  );
}

/** A list of strings with parameters (RFC 9651), as far as these fields use it. */
function readField({ headers }: Reply, field: string): Record<string, Record<string, string>> {
  const value = headers.get(field);
  if (value === null) return {};
  const items = value.split(", ").map((item) => {
    const match = /^"([a-z_]+)"((?:;[a-z]+=\d+)+)$/.exec(item);
    if (match?.[1] === undefined || match[2] === undefined) throw new Error(`${field}: ${value}`);
    const parameters = match[2].slice(1).split(";");
    return [match[1], Object.fromEntries(parameters.map((one) => one.split("=")))] as const;
  });
  if (new Set(items.map(([name]) => name)).size < items.length) throw new Error(`${field} names one twice: ${value}`);
  return Object.fromEntries(items);
}

function numberIn(text: string | undefined): number {
  if (text === undefined) throw new Error("a parameter is missing");
  return Number(text);
}
