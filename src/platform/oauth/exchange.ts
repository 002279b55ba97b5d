/** What is the same at every provider: how they are asked, and what their failures mean. */
import {
  AuthorizationResponseError,
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  calculatePKCECodeChallenge,
  OperationProcessingError,
  PARSE_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "oauth4webapi";
import type { AttemptSecrets, Identified, VouchedPerson } from "../../core/accounts/oauth/sign-in-provider.ts";
import { type Log, OutsideError } from "../../core/deps.ts";

export type ProviderOptions = {
  clientId: string;
  clientSecret: string;
  /** A stand-in's address; undefined: the provider's own. */
  base?: string | undefined;
  log: Log;
  timeoutMs?: number | undefined;
};

/** Somebody looks at a blank page meanwhile. */
const defaultTimeoutMs = 10_000;

export function callOptions({ base, timeoutMs = defaultTimeoutMs }: ProviderOptions) {
  return {
    signal: () => AbortSignal.timeout(timeoutMs),
    // Only a stand-in is spoken to in the clear.
    [allowInsecureRequests]: base?.startsWith("http://") ?? false,
  };
}

export async function authorizeUrl(
  server: AuthorizationServer,
  client: Client,
  secrets: AttemptSecrets,
  parameters: Record<string, string>,
): Promise<string> {
  const url = new URL(server.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: "code",
    state: secrets.state,
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
    ...parameters,
  }).toString();
  return url.href;
}

/** Runs one exchange; a bug is thrown, and everything the other side may do is an answer, with a line in the log. */
export async function identified(
  provider: string,
  log: Log,
  exchange: () => Promise<VouchedPerson>,
): Promise<Identified> {
  try {
    return { ok: true, person: await exchange() };
  } catch (error) {
    const { reason, code } = meaningOf(error);
    log.write(reason === "declined" ? "info" : "warn", "sign_in_not_vouched", { provider, reason, code });
    return { ok: false, reason };
  }
}

type Meaning = { reason: "declined" | "refused" | "away"; code: string };

/** No message is repeated: some quote what was sent. */
function meaningOf(error: unknown): Meaning {
  if (error instanceof AuthorizationResponseError)
    return { reason: error.error === "access_denied" ? "declined" : "refused", code: wordOf(error.error) };
  if (error instanceof ResponseBodyError) return { reason: "refused", code: wordOf(error.error) };
  if (error instanceof WWWAuthenticateChallengeError) return { reason: "refused", code: `status_${error.status}` };
  if (error instanceof OutsideError) return { reason: error.isRetryable ? "away" : "refused", code: error.message };
  if (error instanceof OperationProcessingError) return processingMeaning(error);
  // What fetch throws has no code of the library's: a line that broke, or time that ran out.
  if (error instanceof Error && !String((error as { code?: unknown }).code ?? "").startsWith("ERR_"))
    return { reason: "away", code: error.name };
  throw error;
}

function processingMeaning({ code = "", cause }: OperationProcessingError): Meaning {
  const isUnreadable = code === RESPONSE_IS_NOT_CONFORM || code === RESPONSE_IS_NOT_JSON || code === PARSE_ERROR;
  if (isUnreadable) return { reason: "away", code: cause instanceof Response ? `status_${cause.status}` : code };
  return { reason: "refused", code: errorInBody(cause) ?? code };
}

/** GitHub says 200 to what it refuses, with an error in the body. */
function errorInBody(cause: unknown): string | null {
  const body = (cause as { body?: { error?: unknown } } | undefined)?.body;
  return typeof body?.error === "string" ? wordOf(body.error) : null;
}

/** What strangers send may end up in the log as a word, and as nothing longer. */
function wordOf(text: string): string {
  return /^[a-z_]{1,60}$/.test(text) ? text : "unknown_error";
}
