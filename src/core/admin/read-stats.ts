import type { StatsAnswer } from "../../contract/admin.ts";
import { countUsers } from "../accounts/search-users.ts";
import { sumCredits } from "../credits/sum-credits.ts";
import type { Deps } from "../deps.ts";
import { countPayments } from "../payments/count-payments.ts";
import { dayMs, windowsAt } from "../plans/plans.ts";
import { countVideos } from "../videos/search-videos.ts";

const daysShown = 30;

/** The service in numbers: of all time, and of each of the last 30 UTC days, today last. */
export async function readStats(deps: Deps): Promise<StatsAnswer> {
  const { dayEndsAtMs } = windowsAt(deps.clock.now());
  const sinceMs = dayEndsAtMs - daysShown * dayMs;
  const [users, videos, payments, credits] = await Promise.all([
    countUsers(deps, sinceMs),
    countVideos(deps, sinceMs),
    countPayments(deps, sinceMs),
    sumCredits(deps, sinceMs),
  ]);
  const days = Array.from({ length: daysShown }, (_, index) => {
    const date = windowsAt(sinceMs + index * dayMs).day;
    const paid = payments.byDay.get(date);
    return {
      date,
      new_users: users.byDay.get(date) ?? 0,
      videos: videos.byDay.get(date) ?? 0,
      credits_spent: credits.spentByDay.get(date) ?? 0,
      payments: paid?.payments ?? 0,
      revenue: paid?.revenue ?? [],
    };
  });
  return {
    users: { total: users.total, new_today: days.at(-1)?.new_users ?? 0 },
    videos: videos.byStatus,
    payments: payments.byState,
    credits: credits.totals,
    revenue: payments.revenue,
    days,
  };
}
