import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Plan, plans } from "./plans.ts";
import { planPeriods } from "./tables.ts";

const ranks = sql.raw(plans.map((plan, rank) => `when '${plan}' then ${rank}`).join(" "));

/**
 * The plan of a tenant at a moment, for the select of any query that has the tenant: the highest of those that are on, free
 * without one. Nothing has to run for a plan to begin or to lapse. The query joins at least two tables, or drizzle would
 * leave out which table `tenantId` is of.
 */
export function planAt(tenantId: SQLiteColumn, nowMs: number | Placeholder): SQL<Plan> {
  const period = sql.raw("plan_period_now");
  return sql<Plan>`coalesce((select ${period}.plan from ${planPeriods} as ${period} where ${period}.tenant_id = ${tenantId} and ${period}.starts_at_ms <= ${nowMs} and ${period}.access_until_ms > ${nowMs} order by case ${period}.plan ${ranks} end desc limit 1), 'free')`;
}
