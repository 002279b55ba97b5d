import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  getValidatedIdTokenClaims,
  processAuthorizationCodeResponse,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from "oauth4webapi";
import type { SignInProvider } from "../../core/accounts/oauth/sign-in-provider.ts";
import { OutsideError } from "../../core/deps.ts";
import { authorizeUrl, callOptions, identified, type ProviderOptions } from "./exchange.ts";

/** As https://accounts.google.com/.well-known/openid-configuration has had it for years: asking would be one more wait. */
function metadata(base: string | undefined): AuthorizationServer {
  return {
    issuer: base ?? "https://accounts.google.com",
    authorization_endpoint: `${base ?? "https://accounts.google.com"}/o/oauth2/v2/auth`,
    token_endpoint: `${base ?? "https://oauth2.googleapis.com"}/token`,
    jwks_uri: `${base ?? "https://www.googleapis.com"}/oauth2/v3/certs`,
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

/** OpenID Connect: who somebody is stands in an ID token, whose signature, issuer, audience, times and nonce must be right. */
export function createGoogle(options: ProviderOptions): SignInProvider {
  const server = metadata(options.base);
  const client = { client_id: options.clientId, id_token_signed_response_alg: "RS256" };
  const ask = callOptions(options);
  return {
    authorizeUrl: (secrets, redirectUri) =>
      authorizeUrl(server, client, secrets, {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        nonce: secrets.nonce,
        // Who shares a browser picks themselves, and is not signed in as whoever was last at Google.
        prompt: "select_account",
      }),
    identify: (answer, { state, nonce, verifier }, redirectUri) =>
      identified("google", options.log, async () => {
        const granted = validateAuthResponse(server, client, answer, state);
        const authentication = ClientSecretPost(options.clientSecret);
        const response = await authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          granted,
          redirectUri,
          verifier,
          ask,
        );
        const tokens = await processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
        });
        await validateApplicationLevelSignature(server, response, ask);
        const claims = getValidatedIdTokenClaims(tokens);
        if (claims === undefined) throw new OutsideError("no_id_token", false);
        const { sub, email, email_verified: isVerified, name } = claims;
        return {
          subject: sub,
          email: isVerified === true && typeof email === "string" ? email : null,
          name: typeof name === "string" ? name : null,
        };
      }),
  };
}
