import type { Bindings } from "../env.ts";
import type { RateLimits } from "../http/rate-limits.ts";

/** Cloudflare's rate-limit bindings; the numbers they enforce stand in wrangler.toml and must be those of rate-limits.ts. */
export function createRateLimits(env: Pick<Bindings, "RATE_LIMIT_ADDRESS" | "RATE_LIMIT_USER">): RateLimits {
  return {
    async allows(rateClass, key) {
      const binding = rateClass === "address" ? env.RATE_LIMIT_ADDRESS : env.RATE_LIMIT_USER;
      return (await binding.limit({ key })).success;
    },
  };
}
