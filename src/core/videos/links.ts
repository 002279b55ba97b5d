import type { Context } from "../context.ts";

/** Links in answers work this long without a credential. */
export const linkLifetimeMs = 24 * 3_600_000;

/** `path` with a signature that opens it, and nothing else, until `expiresAtMs`. */
export async function signedLink(context: Context, origin: string, path: string, expiresAtMs: number): Promise<string> {
  const signature = await context.deps.signedLinks.sign(path, expiresAtMs);
  return `${origin}${path}?expires=${expiresAtMs}&signature=${signature}`;
}

/** Rounded up to the hour, so that one video has one link for a while and players can cache it. */
export function linkExpiry(context: Context): number {
  const hourMs = 3_600_000;
  return Math.ceil((context.deps.clock.now() + linkLifetimeMs) / hourMs) * hourMs;
}
