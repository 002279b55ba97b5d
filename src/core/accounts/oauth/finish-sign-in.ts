import type { Context } from "../../context.ts";
import type { OpenedSession } from "../sessions/new-session.ts";
import { type Attempt, isSameState, unsealAttempt } from "./attempt.ts";
import { enterByIdentity } from "./enter-by-identity.ts";
import { providerNames, requireProvider } from "./require-provider.ts";

/** Why nobody was signed in. `no_attempt`: what came back belongs to no try of this browser. */
export type NotSignedIn = "no_attempt" | "declined" | "refused" | "away" | "unverified";

export type FinishedSignIn =
  | { ok: true; opened: OpenedSession; returnTo: string }
  /** `returnTo` is `/` where no attempt says otherwise. */
  | { ok: false; reason: NotSignedIn; providerName: string; returnTo: string };

/**
 * Takes what a provider sent a browser back with, and signs in whom it vouches for. Refuses `not_found` and
 * `provider_not_configured`; every other end is an answer, for a page that a person reads.
 */
export async function finishSignIn(
  context: Context,
  input: {
    provider: string;
    /** What the browser kept; null: nothing. */
    sealed: string | null;
    answer: URLSearchParams;
    redirectUri(provider: string): string;
    userAgent: string | null;
  },
): Promise<FinishedSignIn> {
  const { deps } = context;
  const { provider, port } = requireProvider(deps, input.provider);
  const providerName = providerNames[provider];
  const sealed = input.sealed === null ? null : await unsealAttempt(deps, input.sealed);
  const attempt = sealed !== null && (await isAnswerTo(context, sealed, provider, input.answer)) ? sealed : null;
  if (attempt === null) return { ok: false, reason: "no_attempt", providerName, returnTo: "/" };

  const { returnTo } = attempt;
  const identified = await port.identify(input.answer, attempt, input.redirectUri(provider));
  if (!identified.ok) return { ok: false, reason: identified.reason, providerName, returnTo };
  const { person } = identified;
  const entered = await enterByIdentity(context, { provider, person, userAgent: input.userAgent });
  return entered.ok
    ? { ok: true, opened: entered.opened, returnTo }
    : { ok: false, reason: entered.reason, providerName, returnTo };
}

/** The provider is part of it: one that was begun at another must not be finished here (mix-up, RFC 9700 §4.4). */
async function isAnswerTo({ deps }: Context, attempt: Attempt, provider: string, answer: URLSearchParams) {
  const states = answer.getAll("state");
  const [state = ""] = states;
  return attempt.provider === provider && states.length === 1 && (await isSameState(deps, state, attempt.state));
}
