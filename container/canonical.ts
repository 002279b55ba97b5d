import { createHash } from "node:crypto";

/**
 * SHA-256 of a plain JSON value, lower-case hexadecimal: the order in which its properties were written does not matter,
 * and a property that is undefined is as good as absent.
 */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
