import type { Context } from "../../context.ts";
import { newAttempt, sealAttempt } from "./attempt.ts";
import { requireProvider } from "./require-provider.ts";
import { returnPath } from "./return-path.ts";

/** Begins a try to sign in: where the browser goes, and what it keeps. Refuses `not_found`, `provider_not_configured`. */
export async function startSignIn(
  context: Context,
  input: { provider: string; returnTo: string | undefined; redirectUri(provider: string): string },
): Promise<{ url: string; sealed: string }> {
  const { provider, port } = requireProvider(context.deps, input.provider);
  const attempt = newAttempt(context, provider, returnPath(input.returnTo));
  const [url, sealed] = await Promise.all([
    port.authorizeUrl(attempt, input.redirectUri(provider)),
    sealAttempt(context.deps, attempt),
  ]);
  return { url, sealed };
}
