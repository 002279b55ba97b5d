import type { Deps } from "../../deps.ts";
import { isWellFormed } from "./key-format.ts";

/** What a key is found by; null for what cannot be one, so that nobody is asked. SHA-256 is enough for 190 random bits. */
export async function hashOfKey(deps: Pick<Deps, "digests">, key: string): Promise<string | null> {
  return isWellFormed(key) ? hashKey(deps, key) : null;
}

export async function hashKey({ digests }: Pick<Deps, "digests">, key: string): Promise<string> {
  return Array.from(await digests.sha256(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
