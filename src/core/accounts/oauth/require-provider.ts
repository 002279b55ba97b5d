import { type OauthProvider, oauthProviders } from "../../../contract/oauth.ts";
import type { Deps } from "../../deps.ts";
import { fail } from "../../fail.ts";
import type { SignInProvider } from "./sign-in-provider.ts";

export const providerNames: Record<OauthProvider, string> = { google: "Google", github: "GitHub" };

const retryAfterSeconds = 3600;

/** Refuses `not_found` for a name that is nobody's. */
export function requireProviderName(name: string): OauthProvider {
  const provider = oauthProviders.find((one) => one === name);
  return (
    provider ?? fail("not_found", "Nobody signs in by a provider of this name. /api/auth/oauth/providers lists them.")
  );
}

/** Refuses `not_found`, `provider_not_configured`. */
export function requireProvider(deps: Deps, name: string): { provider: OauthProvider; port: SignInProvider } {
  const provider = requireProviderName(name);
  const port = deps.signInProviders[provider];
  if (port === null)
    fail(
      "provider_not_configured",
      `Signing in with ${providerNames[provider]} is not set up here. Sign in another way.`,
      {
        retry_after: retryAfterSeconds,
      },
    );
  return { provider, port };
}
