import type { Taken } from "../core/sliding-window.ts";
import type { Env } from "../env.ts";
import type { RateClass, RateLimits, Verdict } from "../http/rate-limits.ts";
import { consoleLog } from "./log.ts";

type Rules = Record<RateClass, Verdict["rule"]>;
type Bound = Pick<Env, "RATE_LIMIT_ADDRESS" | "RATE_LIMIT_USER" | "RATE_WINDOW">;

/** An object that is far away and asleep answers in less; one that does not is as good as away. */
const patienceMs = 1000;

/**
 * The exact count is one Durable Object's a caller and class. In front of it, Cloudflare's own binding: cheap, per location and
 * approximate, so it only keeps floods away from the objects, at several times what they allow (wrangler.toml).
 */
export function createRateLimits(env: Bound, rules: Rules): RateLimits {
  const shields: Partial<Record<RateClass, { binding: RateLimit; periodSeconds: number }>> = {
    address: { binding: env.RATE_LIMIT_ADDRESS, periodSeconds: 60 },
    user: { binding: env.RATE_LIMIT_USER, periodSeconds: 10 },
  };
  async function count(rateClass: RateClass, key: string, shieldKey: string): Promise<Verdict> {
    const rule = rules[rateClass];
    const verdict = { rateClass, rule, giveBack: async () => undefined };
    const shield = shields[rateClass];
    if (shield !== undefined && !(await shield.binding.limit({ key: shieldKey })).success)
      return { ...verdict, isAllowed: false, quota: { remaining: 0, resetSeconds: shield.periodSeconds } };

    const window = env.RATE_WINDOW.get(env.RATE_WINDOW.idFromName(`${rateClass}:${key}`));
    const windowRule = { limit: rule.limit, windowMs: rule.windowSeconds * 1000 };
    const taken = await window.take(windowRule);
    if (!taken.isAllowed) return { ...verdict, isAllowed: false, quota: quotaOf(taken) };
    const giveBack = async () => {
      await ask(rateClass, () => window.giveBack(windowRule, taken.takenAtMs));
    };
    return { rateClass, rule, isAllowed: true, quota: quotaOf(taken), giveBack };
  }
  return {
    async take(rateClass, key, shieldKey = key) {
      const verdict = await ask(rateClass, () => count(rateClass, key, shieldKey));
      return (
        verdict ?? { rateClass, rule: rules[rateClass], isAllowed: true, quota: null, giveBack: async () => undefined }
      );
    },
  };
}

function quotaOf({ remaining, resetMs }: Taken): Verdict["quota"] {
  return { remaining, resetSeconds: Math.ceil(resetMs / 1000) };
}

/** null: it did not answer. That is logged and lets the request through: no money is guarded by a count of requests. */
async function ask<Answer>(rateClass: RateClass, call: () => Promise<Answer>): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    consoleLog.write("warn", "rate_window_away", { rate_class: rateClass, reason });
    return null;
  } finally {
    clearTimeout(timer);
  }
}
