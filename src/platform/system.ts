import type { Clock, Digests, Randomness } from "../core/deps.ts";

export const systemClock: Clock = { now: () => Date.now() };

export const systemRandomness: Randomness = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

export const webDigests: Digests = {
  async sha256(text) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  },
};
