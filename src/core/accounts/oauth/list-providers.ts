import { type OauthProvider, oauthProviders } from "../../../contract/oauth.ts";
import type { Deps } from "../../deps.ts";

/** Those that are set up here. */
export function listProviders(deps: Deps): OauthProvider[] {
  return oauthProviders.filter((provider) => deps.signInProviders[provider] !== null);
}
