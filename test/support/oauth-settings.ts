/** What the Worker under test and the stand-ins for Google and GitHub both know: no secret of anybody's. */
export const oauthClients = {
  google: { clientId: "google-client", clientSecret: "a secret of the tests for Google" },
  github: { clientId: "github-client", clientSecret: "a secret of the tests for GitHub" },
} as const;

/** The variables of a Worker whose users sign in at stand-ins at these addresses. */
export function oauthVariables(googleBase: string, githubBase: string): Record<string, string> {
  return {
    GOOGLE_CLIENT_ID: oauthClients.google.clientId,
    GOOGLE_CLIENT_SECRET: oauthClients.google.clientSecret,
    GOOGLE_BASE: googleBase,
    GITHUB_CLIENT_ID: oauthClients.github.clientId,
    GITHUB_CLIENT_SECRET: oauthClients.github.clientSecret,
    GITHUB_BASE: githubBase,
  };
}

export function callbackUri(origin: string, provider: "google" | "github"): string {
  return `${origin}/api/auth/oauth/${provider}/callback`;
}
