import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  processAuthorizationCodeResponse,
  protectedResourceRequest,
  validateAuthResponse,
} from "oauth4webapi";
import { z } from "zod";
import type { SignInProvider, VouchedPerson } from "../../core/accounts/oauth/sign-in-provider.ts";
import { OutsideError } from "../../core/deps.ts";
import { authorizeUrl, callOptions, identified, type ProviderOptions } from "./exchange.ts";

function metadata(base = "https://github.com"): AuthorizationServer {
  return {
    issuer: `${base}/login/oauth`,
    authorization_endpoint: `${base}/login/oauth/authorize`,
    token_endpoint: `${base}/login/oauth/access_token`,
  };
}

/** The id stays for ever; a login can be renamed and taken by somebody else. */
const githubUser = z.object({ id: z.int().positive(), name: z.string().nullish() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** OAuth 2 without OpenID Connect: who somebody is, its API is asked. */
export function createGithub(options: ProviderOptions): SignInProvider {
  const server = metadata(options.base);
  const client = { client_id: options.clientId };
  const ask = callOptions(options);
  // As GitHub Enterprise has it, where both are behind one host.
  const api = options.base === undefined ? "https://api.github.com" : `${options.base}/api/v3`;

  async function read<Schema extends z.ZodType>(token: string, path: string, schema: Schema) {
    const headers = new Headers({
      Accept: "application/vnd.github+json",
      // GitHub refuses whoever does not say who they are.
      "User-Agent": "shujaa-studio",
      "X-GitHub-Api-Version": "2022-11-28",
    });
    const response = await protectedResourceRequest(token, "GET", new URL(api + path), headers, null, ask);
    if (!response.ok) {
      await response.body?.cancel();
      throw new OutsideError(`api_status_${response.status}`, response.status >= 500 || response.status === 429);
    }
    const parsed = schema.safeParse(await response.json());
    if (!parsed.success) throw new OutsideError("api_answer_unreadable", true);
    return parsed.data;
  }

  async function readPerson(token: string): Promise<VouchedPerson> {
    const [user, emails] = await Promise.all([
      read(token, "/user", githubUser),
      read(token, "/user/emails?per_page=100", githubEmails),
    ]);
    const vouched = emails.find(({ primary, verified }) => primary && verified);
    return { subject: String(user.id), email: vouched?.email ?? null, name: user.name ?? null };
  }

  return {
    authorizeUrl: (secrets, redirectUri) =>
      authorizeUrl(server, client, secrets, {
        redirect_uri: redirectUri,
        scope: "user:email",
        prompt: "select_account",
      }),
    identify: (answer, { state, verifier }, redirectUri) =>
      identified("github", options.log, async () => {
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
        const { access_token: token } = await processAuthorizationCodeResponse(server, client, response);
        return readPerson(token);
      }),
  };
}
