import type { VideoAccepted } from "../../contract/videos.ts";
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

/** The ways to follow and stop a video; the live ones open without a credential. */
export async function videoUrls(context: Context, origin: string, videoId: string): Promise<VideoAccepted["urls"]> {
  const self = `/api/videos/${videoId}`;
  const expiresAtMs = linkExpiry(context);
  const [events, socket] = await Promise.all([
    signedLink(context, origin, `${self}/events`, expiresAtMs),
    signedLink(context, origin.replace(/^http/, "ws"), `${self}/socket`, expiresAtMs),
  ]);
  return { self: `${origin}${self}`, events, socket, cancel: `${origin}${self}/cancel` };
}
