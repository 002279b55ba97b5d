/** Google and GitHub for Workers under test, by host: `google.test` and `github.test`. */
import { type Request, Response } from "miniflare";
import { toResponse } from "../stand-ins/daraja/answers.ts";
import { type Kind, StandInOauth } from "../stand-ins/oauth/stand-in-oauth.ts";
import { callbackUri, oauthClients } from "./oauth-settings.ts";

const workerOrigin = "https://studio.test";
const kinds: Record<string, Kind> = { "google.test": "google", "github.test": "github" };
const standIns = new Map<Kind, StandInOauth>();

export function isOauthHost(hostname: string): boolean {
  return Object.hasOwn(kinds, hostname);
}

export async function standInOauth(request: Request): Promise<Response> {
  const { hostname, origin } = new URL(request.url);
  const kind = kinds[hostname] ?? "google";
  const client = { ...oauthClients[kind], redirectUris: [callbackUri(workerOrigin, kind)] };
  const standIn = standIns.get(kind) ?? new StandInOauth({ kind, now: Date.now, origin, client });
  standIns.set(kind, standIn);
  return toResponse(await standIn.answer(request), Response);
}
