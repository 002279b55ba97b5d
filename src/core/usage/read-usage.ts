import { type UsageAnswer, usageMetrics } from "../../contract/usage.ts";
import type { UserContext } from "../context.ts";
import { invariant } from "../fail.ts";
import { windowsAt } from "../plans/plans.ts";
import { metricUnits, toUnits } from "./metrics.ts";

/** What the caller has used of each limit of their plan, from the ledger that enforces them. */
export async function readUsage(context: UserContext): Promise<UsageAnswer> {
  const { deps, actor } = context;
  const ledger = deps.ledger(actor.tenantId);
  const [usage, uploads] = await Promise.all([ledger.readUsage(actor.plan), ledger.readUploads(actor.plan)]);
  const states = [...usage.monthly, ...uploads];
  const { month, monthEndsAtMs } = windowsAt(deps.clock.now());
  return {
    plan: actor.plan,
    period: { from: `${month}-01T00:00:00.000Z`, to: iso(monthEndsAtMs) },
    metrics: usageMetrics.map((metric) => {
      const { counted, size } = metricUnits[metric];
      const state = states.find((one) => one.metric === counted);
      invariant(state !== undefined, "the ledger counts every metric");
      const { used, limit, resetsAtMs } = state;
      return {
        metric,
        used: toUnits(metric, used),
        limit: limit === null ? null : limit / size,
        percent: limit === null ? null : Math.round((1000 * used) / limit) / 10,
        resets_at: resetsAtMs === null ? null : iso(resetsAtMs),
      };
    }),
    daily_videos: { used: usage.daily.used, limit: usage.daily.limit, resets_at: iso(usage.daily.resetsAtMs) },
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
