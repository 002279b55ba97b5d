import type { UserContext } from "../core/context.ts";
import { errorWords } from "../core/error-words.ts";
import { type Claim, claimRenewMs, renewClaim } from "../core/idempotency/keep-answer.ts";

/**
 * Keeps a claim alive while its request is at work: most are done before the first renewal is due, and cost nothing. It ends by
 * itself when the platform would have ended the work, so that what hangs for ever in a living isolate holds no key for ever.
 */
export function holdClaim(context: UserContext, first: Claim, workLimitSeconds: number): { stop(): Promise<Claim> } {
  const { log } = context.deps;
  let claim = first;
  let left = Math.floor((workLimitSeconds * 1000) / claimRenewMs);
  let renewing: Promise<void> | null = null;

  const renewed = (next: Claim | null) => {
    if (next === null) left = 0;
    else claim = next;
  };
  const failed = (error: unknown) => log.write("warn", "claim_not_renewed", { error: errorWords(error) });
  const timer = setInterval(() => {
    left -= 1;
    if (left < 0) clearInterval(timer);
    else if (renewing === null) {
      renewing = renewClaim(context, claim)
        .then(renewed, failed)
        .finally(() => {
          renewing = null;
        });
    }
  }, claimRenewMs);
  return {
    async stop() {
      clearInterval(timer);
      await renewing;
      return claim;
    },
  };
}
