/** Codes that were given out, each good once, for a minute, for whoever holds what it was asked with. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Fault, Person } from "./people.ts";

export type Client = { clientId: string; clientSecret: string; redirectUris: readonly string[] };

/** What the browser was sent with. */
export type Asked = {
  clientId: string;
  redirectUri: string;
  state: string;
  nonce: string | null;
  challenge: string;
  scopes: readonly string[];
};
export type Grant = { asked: Asked; person: Person; fault: Fault };

const codeLifeMs = 60_000;

export class Codes {
  private readonly grants = new Map<string, Grant & { expiresAtMs: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  give(grant: Grant): string {
    const code = `code-${randomBytes(16).toString("hex")}`;
    this.grants.set(code, { ...grant, expiresAtMs: this.now() + codeLifeMs });
    return code;
  }

  /** A code is gone once it was shown, whoever showed it. The answer is an error's word. */
  redeem(form: URLSearchParams, client: Client): Grant | string {
    if (form.get("grant_type") !== "authorization_code") return "unsupported_grant_type";
    if (form.get("client_id") !== client.clientId || !isSame(form.get("client_secret") ?? "", client.clientSecret))
      return "invalid_client";
    const code = form.get("code") ?? "";
    const grant = this.grants.get(code);
    this.grants.delete(code);
    if (grant === undefined || grant.expiresAtMs <= this.now()) return "invalid_grant";
    if (form.get("redirect_uri") !== grant.asked.redirectUri) return "invalid_grant";
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    return isSame(challenge, grant.asked.challenge) ? grant : "invalid_grant";
  }
}

/** The answer is what was asked, or what is wrong with it, which a browser is never sent back with. */
export function readAsked(
  query: URLSearchParams,
  client: Client,
  needs: { nonce: boolean; scope: string },
): Asked | string {
  const redirectUri = query.get("redirect_uri") ?? "";
  if (query.get("client_id") !== client.clientId) return "invalid_client: there is no such client";
  if (!client.redirectUris.includes(redirectUri)) return `redirect_uri_mismatch: ${redirectUri} is not registered`;
  if (query.get("response_type") !== "code") return "unsupported_response_type";
  const scopes = (query.get("scope") ?? "").split(" ");
  if (!scopes.includes(needs.scope)) return `invalid_scope: ${needs.scope} is missing`;
  const challenge = query.get("code_challenge") ?? "";
  if (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge))
    return "invalid_request: PKCE by S256 is asked for";
  const [state, nonce] = [query.get("state") ?? "", query.get("nonce")];
  if (state.length < 22) return "invalid_request: a state nobody can guess is asked for";
  if (needs.nonce && (nonce ?? "").length < 22) return "invalid_request: a nonce nobody can guess is asked for";
  return { clientId: client.clientId, redirectUri, state, nonce, challenge, scopes };
}

export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
