import type { Deps } from "../../deps.ts";

/** 256 random bits, base64url: known to whoever the link was sent to, and never kept. */
export function newLinkToken({ randomness }: Pick<Deps, "randomness">): string {
  return btoa(String.fromCharCode(...randomness.bytes(32)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** What is kept of it, and of a browser's cookie: SHA-256, hexadecimal. */
export async function hashOf({ digests }: Pick<Deps, "digests">, secret: string): Promise<string> {
  const digest = await digests.sha256(secret);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
