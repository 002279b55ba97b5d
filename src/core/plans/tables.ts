import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { plans } from "./plans.ts";

export const planSources = ["stripe", "mpesa", "operator"] as const;
export type PlanSource = (typeof planSources)[number];

/**
 * When a tenant has which plan, and by what. A tenant's plan at a moment is the highest of those that have begun and whose
 * access has not ended; free without one. So a plan lapses by itself, at the very moment, without anything having to run.
 */
export const planPeriods = sqliteTable(
  "plan_periods",
  {
    /** The payment of an M-Pesa plan, the subscription at Stripe, or an id of its own for what an operator gave. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    plan: text({ enum: plans }).notNull(),
    source: text({ enum: planSources }).notNull(),
    startsAtMs: integer("starts_at_ms").notNull(),
    /** Until when it is paid for. */
    paidUntilMs: integer("paid_until_ms").notNull(),
    /** Paid time and grace. */
    accessUntilMs: integer("access_until_ms").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [index("plan_periods_by_tenant").on(table.tenantId, table.accessUntilMs)],
);
export type PlanPeriodRow = typeof planPeriods.$inferSelect;

/** A stretch for which a purchase's money was back with its payer; an open one has no end yet. */
export type PlanBreak = { endedAtMs: number; resumedAtMs: number | null };

/**
 * What was bought by M-Pesa, 30 days at a time: from the set of a tenant's purchases follows, by core/plans/schedule.ts,
 * when each of their periods is. So it does not matter in which order payments come to be known, or how often.
 */
export const planPurchases = sqliteTable(
  "plan_purchases",
  {
    /** The payment's; also the id of its period. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    plan: text({ enum: plans }).notNull(),
    /** What its 30 days did cost, in minor units: what its days are worth when they are turned into another plan's. */
    price: integer().notNull(),
    boughtAtMs: integer("bought_at_ms").notNull(),
    breaks: text({ mode: "json" }).$type<PlanBreak[]>().notNull(),
    /** Grows with each change of the row: the tenant's sum tells whether a schedule is still of what it was made from. */
    revision: integer().notNull(),
  },
  (table) => [
    index("plan_purchases_by_tenant").on(table.tenantId),
    check("plan_purchases_price", sql`${table.price} > 0`),
  ],
);
export type PlanPurchaseRow = typeof planPurchases.$inferSelect;

/** A copy of each subscription at Stripe, for answers; Stripe's object is the truth and is read anew at each event. */
export const subscriptions = sqliteTable(
  "subscriptions",
  {
    /** Stripe's. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    customerId: text("customer_id").notNull(),
    /** null: a price that none of our plans has. */
    plan: text({ enum: plans }),
    /** Stripe's own word; the list is open. */
    status: text().notNull(),
    /** The item that carries the plan's price: what a change of plan names. */
    itemId: text("item_id").notNull(),
    currentPeriodStartMs: integer("current_period_start_ms").notNull(),
    currentPeriodEndMs: integer("current_period_end_ms").notNull(),
    isCancelledAtPeriodEnd: integer("is_cancelled_at_period_end", { mode: "boolean" }).notNull(),
    /** When it was read; grows with each reading, so that one which began before another was written does not overwrite it. */
    readAtMs: integer("read_at_ms").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [index("subscriptions_by_tenant").on(table.tenantId, table.createdAtMs)],
);
export type SubscriptionRow = typeof subscriptions.$inferSelect;
