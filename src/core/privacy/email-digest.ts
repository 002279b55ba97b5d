import type { Deps } from "../deps.ts";

/** SHA-256, hexadecimal, of a normalised address: what is kept of it when its owner has gone. */
export async function digestEmail({ digests }: Deps, email: string): Promise<string> {
  const digest = await digests.sha256(email);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
