import type { SignInProviders } from "../../core/accounts/oauth/sign-in-provider.ts";
import type { Log } from "../../core/deps.ts";
import type { Variables } from "../../env.ts";
import { createGithub } from "./github.ts";
import { createGoogle } from "./google.ts";

/** Each is there once its client's id and secret are. */
export function createSignInProviders(settings: Variables, log: Log): SignInProviders {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = settings;
  return {
    google:
      GOOGLE_CLIENT_ID === undefined || GOOGLE_CLIENT_SECRET === undefined
        ? null
        : createGoogle({
            clientId: GOOGLE_CLIENT_ID,
            clientSecret: GOOGLE_CLIENT_SECRET,
            base: settings.GOOGLE_BASE?.replace(/\/+$/, ""),
            log,
          }),
    github:
      GITHUB_CLIENT_ID === undefined || GITHUB_CLIENT_SECRET === undefined
        ? null
        : createGithub({
            clientId: GITHUB_CLIENT_ID,
            clientSecret: GITHUB_CLIENT_SECRET,
            base: settings.GITHUB_BASE?.replace(/\/+$/, ""),
            log,
          }),
  };
}
