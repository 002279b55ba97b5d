import type { UsageHistoryAnswer } from "../../contract/usage.ts";
import type { UserContext } from "../context.ts";
import { dayMs, windowsAt } from "../plans/plans.ts";
import { toUnits } from "./metrics.ts";

/** One row for each of the last `days` days, today included, in UTC and from the oldest on. */
export async function readUsageHistory(context: UserContext, days: number): Promise<UsageHistoryAnswer> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const dates = Array.from({ length: days }, (_, index) => windowsAt(nowMs - (days - 1 - index) * dayMs).day);
  const history = await deps.ledger(actor.tenantId).readHistory({ fromDay: dates[0] ?? windowsAt(nowMs).day });
  const byDay = new Map(history.map((one) => [one.day, one]));
  return {
    data: dates.map((date) => {
      const used = byDay.get(date);
      return {
        date,
        videos: used?.videos ?? 0,
        minutes: toUnits("render_minutes", used?.render_seconds ?? 0),
        images: used?.images ?? 0,
        speech_seconds: used?.speech_seconds ?? 0,
        credits: used?.credits ?? 0,
      };
    }),
  };
}
