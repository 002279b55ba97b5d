import { fail } from "./fail.ts";

/** An opaque place in a list: what the next page starts after. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return btoa(JSON.stringify(parts)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Refuses `validation_failed` for what this service did not give out: other shapes than `kinds`, or not readable at all. */
export function decodeCursor(cursor: string, kinds: readonly ("string" | "number")[]): (string | number)[] {
  const parts = parse(cursor);
  const hasShape =
    Array.isArray(parts) && parts.length === kinds.length && parts.every((part, i) => typeof part === kinds[i]);
  if (hasShape) return parts;
  const detail = "is not a cursor of this list";
  fail("validation_failed", `The cursor ${detail}. Start from the first page.`, {
    errors: [{ pointer: "/cursor", detail, code: "invalid" }],
  });
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return null;
  }
}
