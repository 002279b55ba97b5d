/** The port through which another service is asked who somebody is. */
import type { OauthProvider } from "../../../contract/oauth.ts";

/** What is made up anew for each try to sign in, and must come back with it. */
export type AttemptSecrets = {
  /** Comes back in the address: the answer belongs to the browser that asked. */
  state: string;
  /** Comes back in the ID token: the token belongs to this try. */
  nonce: string;
  /** PKCE (RFC 7636): only who began can redeem the code. */
  verifier: string;
};

/** `email` is null unless the provider vouches that it is theirs. */
export type VouchedPerson = { subject: string; email: string | null; name: string | null };

export type Identified =
  | { ok: true; person: VouchedPerson }
  /** declined: they said no there. refused: what came back proves nothing. away: the provider did not answer. */
  | { ok: false; reason: "declined" | "refused" | "away" };

export interface SignInProvider {
  /** Where the browser is sent. */
  authorizeUrl(secrets: AttemptSecrets, redirectUri: string): Promise<string>;
  /** Redeems what came back; `answer` is the query as it came, with the state already held against the attempt's. */
  identify(answer: URLSearchParams, secrets: AttemptSecrets, redirectUri: string): Promise<Identified>;
}

export type SignInProviders = Readonly<Record<OauthProvider, SignInProvider | null>>;
