/**
 * What stands for a signature in Daraja's callbacks, which have none: a secret in the path that only Daraja is told. Its
 * digest is what is stored and looked up, so that the database gives no secret away, and comparing tells nothing by its time.
 */
import type { Deps } from "../../deps.ts";

const secretBytes = 32;

export type CallbackSecret = { secret: string; hash: string };

/** Hexadecimal, in which none of the words that Safaricom forbids in addresses can be spelt. */
export async function newSecret(deps: Deps): Promise<CallbackSecret> {
  const secret = hexOf(deps.randomness.bytes(secretBytes));
  return { secret, hash: await hashSecret(deps, secret) };
}

export async function hashSecret(deps: Deps, secret: string): Promise<string> {
  return hexOf(await deps.digests.sha256(secret));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
