/** What operators of the service see and do. Amounts of money are in minor units. */
import { z } from "zod";
import { userAnswer } from "./accounts.ts";
import { listQuery } from "./credits.ts";
import { problemCodes } from "./errors.ts";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { currencies, paymentAnswer, paymentProviders, paymentStatuses } from "./payments.ts";
import { planNames } from "./plans.ts";
import { videoStatuses } from "./render-events.ts";

const searchText = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(3).max(500);

export const adminUsersQuery = listQuery.extend({
  query: searchText
    .optional()
    .meta({ description: "A part of an email, name, phone or id, of the user or the tenant." }),
});
export type AdminUsersQuery = z.infer<typeof adminUsersQuery>;

export const adminUserAnswer = userAnswer.extend({
  tenant: z.object({
    id: idSchema("tenant"),
    name: z.string(),
    plan: z.enum(planNames),
    role: z.enum(["owner", "creator"]),
  }),
  credits: z.object({
    balance: z.int().nonnegative(),
    held: z.int().nonnegative(),
    total_purchased: z.int().nonnegative(),
    owed: z.int().nonnegative(),
    on_hold: z.boolean(),
  }),
  disabled_at: z.string().nullable().meta({ description: "Since when they may not sign in; null: they may." }),
});
export type AdminUserAnswer = z.infer<typeof adminUserAnswer>;
export const adminUsersAnswer = z.object({ data: z.array(adminUserAnswer), next_cursor: z.string().nullable() });
export type AdminUsersAnswer = z.infer<typeof adminUsersAnswer>;

export const adjustCreditsBody = z.strictObject({
  amount: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((amount) => amount !== 0, told("invalid", "is not zero: above zero gives credits, below takes them")),
  reason: reason.meta({ description: "The user reads it in their transactions." }),
});
export type AdjustCreditsBody = z.infer<typeof adjustCreditsBody>;
export const adjustedAnswer = z.object({ user_id: idSchema("user"), amount: z.int(), balance: z.int().nonnegative() });
export type AdjustedAnswer = z.infer<typeof adjustedAnswer>;

export const waiveBody = z.strictObject({ reason });
export const waivedAnswer = z.object({
  user_id: idSchema("user"),
  waived: z.int().nonnegative().meta({ description: "Credits that were owed, and are no more." }),
});
export type WaivedAnswer = z.infer<typeof waivedAnswer>;

export const accountBody = z.strictObject({ reason });
export type AccountBody = z.infer<typeof accountBody>;
export const sessionsEndedAnswer = z.object({
  user_id: idSchema("user"),
  ended: z.int().nonnegative().meta({ description: "How many sessions that were." }),
});
export type SessionsEndedAnswer = z.infer<typeof sessionsEndedAnswer>;

export const givePlanBody = z.strictObject({
  plan: z.enum(planNames).meta({ description: "`free` ends what an operator gave; what was paid for stays." }),
  until: z.iso.datetime({ offset: true }).optional().meta({ description: "Without it: for good." }),
  reason,
});
export type GivePlanBody = z.infer<typeof givePlanBody>;

export const adminPaymentsQuery = listQuery.extend({
  status: z.enum(paymentStatuses).optional(),
  provider: z.enum(paymentProviders).optional(),
  query: searchText
    .optional()
    .meta({ description: "A part of an id, phone or receipt, ours or the provider's, or an email." }),
  attention: z.enum(["true", "false"]).optional().meta({ description: "true: those a person has to look at." }),
});
export type AdminPaymentsQuery = z.infer<typeof adminPaymentsQuery>;

export const adminClaimAnswer = z.object({
  id: z.string(),
  payment_id: idSchema("payment"),
  kind: z.enum(["refund", "dispute"]),
  amount: z.int().positive(),
  state: z.string(),
  is_settled: z.boolean().meta({ description: "Whether the ledger knows." }),
  provider_status: z.string(),
  reason: z.string().nullable(),
  created_at: z.string(),
});

export const adminPaymentAnswer = paymentAnswer.extend({
  tenant_id: idSchema("tenant"),
  user_id: idSchema("user"),
  state: z.string(),
  attention: z.string().nullable(),
  dispute_state: z.string(),
  phone: z.string().nullable(),
  payment_intent_id: z.string().nullable(),
  checkout_session_id: z.string().nullable(),
  invoice_id: z.string().nullable(),
  checkout_request_id: z.string().nullable(),
  claimed_receipt: z.string().nullable(),
  checks: z.int(),
  next_check_at: z.string().nullable(),
  fulfilled_at: z.string().nullable(),
  claims: z.array(adminClaimAnswer),
});
export type AdminPaymentAnswer = z.infer<typeof adminPaymentAnswer>;
export const adminPaymentEnvelope = z.object({ payment: adminPaymentAnswer });
export const adminPaymentsAnswer = z.object({ data: z.array(adminPaymentAnswer), next_cursor: z.string().nullable() });
export type AdminPaymentsAnswer = z.infer<typeof adminPaymentsAnswer>;

export const refundBody = z.strictObject({
  amount: z.int().positive().optional().meta({ description: "Minor units; without it all that is left of it." }),
  reason,
});
export type RefundBody = z.infer<typeof refundBody>;

export const resolveBody = z.strictObject({ note: reason.meta({ description: "What was found and done." }) });

export const creditReceiptBody = z.strictObject({
  payment_id: idSchema("payment"),
  payer_phone: z
    .string()
    .regex(/^\+?[\d*xX -]{9,20}$/, "a phone number, with a star for each digit that is hidden")
    .meta({ description: "The payer's number as M-Pesa's portal shows it: 2547****1149. At least six digits of it." }),
  reason,
});
export type CreditReceiptBody = z.infer<typeof creditReceiptBody>;

export const settleReceiptBody = z.strictObject({
  reason: reason.meta({ description: "What was found and done: it stays with the receipt. Name nobody." }),
});
export type SettleReceiptBody = z.infer<typeof settleReceiptBody>;

export const strayReceiptAnswer = z.object({
  receipt: z.string(),
  amount: z.int().meta({ description: "Cents of shillings." }),
  reference: z.string().nullable().meta({ description: "The account that the payer named." }),
  paid_at: z.string(),
  found_at: z.string(),
});
export type StrayReceiptAnswer = z.infer<typeof strayReceiptAnswer>;

export const settledReceiptAnswer = z.object({
  stray_receipt: strayReceiptAnswer.extend({
    resolution: z.string().meta({ description: "How it ended: for people." }),
  }),
});
export type SettledReceiptAnswer = z.infer<typeof settledReceiptAnswer>;

export const adminVideosQuery = listQuery.extend({ status: z.enum(videoStatuses).optional() });
export type AdminVideosQuery = z.infer<typeof adminVideosQuery>;

export const adminVideoAnswer = z.object({
  id: idSchema("video"),
  tenant_id: idSchema("tenant"),
  user_id: idSchema("user"),
  status: z.enum(videoStatuses),
  title: z.string(),
  queue: z.string(),
  credits: z.int().nonnegative(),
  attempts: z.int().nonnegative(),
  error_code: z.enum(problemCodes).nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  settled_at: z.string().nullable(),
  deleted_at: z.string().nullable(),
});
export type AdminVideoAnswer = z.infer<typeof adminVideoAnswer>;
export const adminVideosAnswer = z.object({ data: z.array(adminVideoAnswer), next_cursor: z.string().nullable() });
export type AdminVideosAnswer = z.infer<typeof adminVideosAnswer>;

export const auditLogQuery = listQuery.extend({
  tenant_id: idSchema("tenant").optional(),
  actor: z.string().min(1).max(60).optional().meta({ description: "A user's id, `system` or `anonymous`." }),
  action: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]*)?$/, "an action such as payment.paid, or the first part of one")
    .max(60)
    .optional()
    .meta({ description: "`payment.paid`, or `payment` for all that begin with it." }),
});
export type AuditLogQuery = z.infer<typeof auditLogQuery>;

export const auditLogAnswer = z.object({
  data: z.array(
    z.object({
      id: idSchema("audit"),
      tenant_id: z.string().nullable(),
      actor: z.string(),
      action: z.string(),
      target: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
      address: z.string().nullable(),
      request_id: z.string(),
      created_at: z.string(),
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type AuditLogAnswer = z.infer<typeof auditLogAnswer>;

/** The oldest first, at most 50 of each; `count` is of all. */
const stuck = <Item extends z.ZodType>(item: Item) => z.object({ count: z.int().nonnegative(), data: z.array(item) });

export const stuckAnswer = z.object({
  events: stuck(
    z.object({
      id: z.string(),
      provider: z.enum(paymentProviders),
      type: z.string(),
      attempts: z.int(),
      received_at: z.string(),
      next_try_at: z.string(),
    }),
  ).meta({ description: "What providers told more than five minutes ago, and nobody has handled." }),
  unfulfilled: stuck(adminPaymentAnswer).meta({ description: "Paid, and nothing given for it yet." }),
  unsettled_claims: stuck(adminClaimAnswer).meta({ description: "Refunds and disputes the ledger does not know of." }),
  attention: stuck(adminPaymentAnswer).meta({ description: "Payments that a person has to look at." }),
  stray_receipts: stuck(strayReceiptAnswer).meta({
    description: "Money that M-Pesa received and no payment explains.",
  }),
  unsettled_videos: stuck(adminVideoAnswer).meta({ description: "Ended, and not charged or given back yet." }),
  waiting_videos: stuck(adminVideoAnswer).meta({ description: "Queued for more than a quarter of an hour." }),
});
export type StuckAnswer = z.infer<typeof stuckAnswer>;

const byCurrency = z.array(
  z.object({ provider: z.enum(paymentProviders), currency: z.enum(currencies), paid: z.int(), returned: z.int() }),
);

export const statsAnswer = z.object({
  users: z.object({ total: z.int(), new_today: z.int() }),
  videos: z.record(z.string(), z.int()).meta({ description: "How many in each status." }),
  payments: z.record(z.string(), z.int()).meta({ description: "How many in each state." }),
  /** Of all time, from the copy of the ledgers' entries. */
  credits: z.object({
    bought: z.int(),
    given: z.int().meta({ description: "Bonuses, what operators gave, and what came back of refunds and disputes." }),
    spent: z.int().meta({ description: "What was given back is taken off." }),
    taken: z.int().meta({ description: "By refunds, disputes and operators." }),
  }),
  revenue: byCurrency.meta({ description: "Of all time; `returned` went back by refunds and lost disputes." }),
  /** The last 30 UTC days, today last. */
  days: z.array(
    z.object({
      date: z.string(),
      new_users: z.int(),
      videos: z.int(),
      credits_spent: z.int(),
      payments: z.int(),
      revenue: byCurrency,
    }),
  ),
});
export type StatsAnswer = z.infer<typeof statsAnswer>;
