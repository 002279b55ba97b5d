import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { currencies, paymentProviders } from "../../contract/payments.ts";
import { packageIds } from "../credits/packages.ts";
import { plans } from "../plans/plans.ts";
import { claimStates, disputeStates, openStates, paymentStates } from "./payment-state.ts";

/** An order of ours with a snapshot of its price: what is credited always comes from here, never from a provider. */
export const payments = sqliteTable(
  "payments",
  {
    /** Also the id of its grant in the ledger. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    provider: text({ enum: paymentProviders }).notNull(),
    purpose: text({ enum: ["package", "amount", "plan"] }).notNull(),
    packageId: text("package_id", { enum: packageIds }),
    plan: text({ enum: plans }),
    credits: integer().notNull(),
    /** Credits on top, not paid for. */
    bonus: integer().notNull(),
    /** Minor units, of shillings too. */
    amount: integer().notNull(),
    currency: text({ enum: currencies }).notNull(),

    state: text({ enum: paymentStates }).notNull(),
    /** The provider's own code of why it failed last. */
    failureCode: text("failure_code"),
    /** Minor units that refunds have taken back; what disputes have taken is not in it. */
    refundedAmount: integer("refunded_amount").notNull().default(0),
    disputeState: text("dispute_state", { enum: disputeStates }).notNull().default("none"),
    /** What a person has to look at, in words; null: nothing. */
    attention: text(),

    /** Stripe's names of it. */
    paymentIntentId: text("payment_intent_id").unique(),
    checkoutSessionId: text("checkout_session_id").unique(),
    invoiceId: text("invoice_id").unique(),

    /** M-Pesa's. The phone as 2547…, twelve digits. */
    phone: text(),
    checkoutRequestId: text("checkout_request_id").unique(),
    merchantRequestId: text("merchant_request_id"),
    /** SHA-256, hexadecimal, of the secret in the path of its callback. */
    callbackSecretHash: text("callback_secret_hash").unique(),
    /** Scheme and host that M-Pesa was told to call back: a refund's result comes there too. */
    callbackOrigin: text("callback_origin"),

    /** M-Pesa's receipt number, or Stripe's charge; what a callback claims is kept here only once the provider has confirmed it. */
    receipt: text(),
    /** A receipt that a callback told before the provider has confirmed the payment. */
    claimedReceipt: text("claimed_receipt"),

    /** How often the provider was asked what has become of it, when last, and when it is asked next; null: not any more. */
    checks: integer().notNull().default(0),
    checkedAtMs: integer("checked_at_ms"),
    nextCheckAtMs: integer("next_check_at_ms"),
    createdAtMs: integer("created_at_ms").notNull(),
    paidAtMs: integer("paid_at_ms"),
    /** When its credits, or its plan, were given; null on a paid one means the cron still has to. */
    fulfilledAtMs: integer("fulfilled_at_ms"),
  },
  (table) => [
    index("payments_by_tenant").on(table.tenantId, table.createdAtMs),
    index("payments_by_age").on(table.createdAtMs),
    index("payments_to_check").on(table.nextCheckAtMs).where(sql`${table.nextCheckAtMs} is not null`),
    index("payments_unfulfilled")
      .on(table.paidAtMs)
      .where(sql`${table.state} = 'paid' and ${table.fulfilledAtMs} is null`),
    index("payments_for_a_person").on(table.createdAtMs).where(sql`${table.attention} is not null`),
    // Daraja has no idempotency key: a phone rings for one payment at a time, and this holds it (facts of the field).
    uniqueIndex("payments_one_prompt_a_phone")
      .on(table.phone)
      .where(sql.raw(`"phone" is not null and "state" in (${openStates.map((state) => `'${state}'`).join(", ")})`)),
    uniqueIndex("payments_by_receipt").on(table.provider, table.receipt),
    check("payments_amount", sql`${table.amount} >= 0 and ${table.credits} >= 0 and ${table.bonus} >= 0`),
  ],
);
export type PaymentRow = typeof payments.$inferSelect;

/** What takes money of a payment back: a refund or a dispute. Forward only, and the ledger is told until it has heard. */
export const paymentClaims = sqliteTable(
  "payment_claims",
  {
    /** The provider's id of the refund or dispute, or ours where we asked for the refund; also the claim's id in the ledger. */
    id: text().primaryKey(),
    paymentId: text("payment_id")
      .notNull()
      .references(() => payments.id),
    tenantId: text("tenant_id").notNull(),
    kind: text({ enum: ["refund", "dispute"] }).notNull(),
    /** Minor units. */
    amount: integer().notNull(),
    state: text({ enum: claimStates }).notNull(),
    /** The state the ledger knows; another one than `state` means it is still to be told. */
    settledState: text("settled_state", { enum: claimStates }).notNull().default("noted"),
    /** The provider's own word: for people, nothing is decided by it. */
    providerStatus: text("provider_status").notNull(),
    /** The provider's id, where the claim is ours and the provider has answered. */
    providerId: text("provider_id"),
    /** Why, and who: of refunds that an operator asked for. */
    reason: text(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("payment_claims_by_payment").on(table.paymentId),
    index("payment_claims_unsettled").on(table.updatedAtMs).where(sql`${table.state} <> ${table.settledState}`),
    check("payment_claims_amount", sql`${table.amount} > 0`),
  ],
);
export type PaymentClaimRow = typeof paymentClaims.$inferSelect;

/** The inbox: what providers tell is stored as it came, answered, and worked on afterwards, as often as it takes. */
export const providerEvents = sqliteTable(
  "provider_events",
  {
    /** Stripe's event id; for M-Pesa the digest of payment and body, so that a repeat is the same row. */
    id: text().primaryKey(),
    provider: text({ enum: paymentProviders }).notNull(),
    type: text().notNull(),
    /** The provider's object that it tells of; the truth is read from there. */
    objectId: text("object_id"),
    /** M-Pesa's callbacks name their payment by the secret in their path. */
    paymentId: text("payment_id"),
    /** As it came, at most 64 kB. */
    body: text().notNull(),
    receivedAtMs: integer("received_at_ms").notNull(),
    attempts: integer().notNull().default(0),
    /** When it is put on the queue again, unless it has been handled. */
    nextTryAtMs: integer("next_try_at_ms").notNull(),
    handledAtMs: integer("handled_at_ms"),
    /** What came of it: a word for people and counts. */
    outcome: text(),
  },
  (table) => [
    index("provider_events_unhandled").on(table.nextTryAtMs).where(sql`${table.handledAtMs} is null`),
    index("provider_events_by_age").on(table.receivedAtMs),
  ],
);
export type ProviderEventRow = typeof providerEvents.$inferSelect;

/** Who a tenant is at Stripe: made before the first order, so that every event leads back to a tenant. */
export const stripeCustomers = sqliteTable("stripe_customers", {
  tenantId: text("tenant_id").primaryKey(),
  customerId: text("customer_id").notNull().unique(),
  createdAtMs: integer("created_at_ms").notNull(),
});

/** Money of M-Pesa's that no payment of ours explains: one row a receipt, for a person. */
export const strayReceipts = sqliteTable("stray_receipts", {
  receipt: text().primaryKey(),
  amount: integer().notNull(),
  reference: text(),
  paidAtMs: integer("paid_at_ms").notNull(),
  foundAtMs: integer("found_at_ms").notNull(),
  /** Whose it is, or what a person has decided; null: nobody has yet. */
  resolution: text(),
});
export type StrayReceiptRow = typeof strayReceipts.$inferSelect;

/** What was asked of M-Pesa for a claim of ours: to send money back. One row a claim, so that it is asked once. */
export const phoneReversals = sqliteTable(
  "phone_reversals",
  {
    claimId: text("claim_id").primaryKey(),
    paymentId: text("payment_id")
      .notNull()
      .references(() => payments.id),
    /** Minor units. */
    amount: integer().notNull(),
    reason: text().notNull(),
    /** SHA-256, hexadecimal, of the secret in the path of its result. */
    secretHash: text("secret_hash").unique(),
    conversationId: text("conversation_id"),
    createdAtMs: integer("created_at_ms").notNull(),
    /** null: M-Pesa has not been asked yet. */
    askedAtMs: integer("asked_at_ms"),
    /** When it is known what became of it. */
    endedAtMs: integer("ended_at_ms"),
    /** When a person has to look, should nothing be heard; null: one has been told, or it has ended. */
    overdueAtMs: integer("overdue_at_ms"),
  },
  (table) => [
    index("phone_reversals_unasked").on(table.createdAtMs).where(sql`${table.askedAtMs} is null`),
    index("phone_reversals_overdue").on(table.overdueAtMs).where(sql`${table.overdueAtMs} is not null`),
  ],
);
export type PhoneReversalRow = typeof phoneReversals.$inferSelect;

/** That M-Pesa's books were asked by the receipt that a callback has claimed: once a payment. */
export const phoneStatusAsks = sqliteTable("phone_status_asks", {
  paymentId: text("payment_id")
    .primaryKey()
    .references(() => payments.id),
  /** The one that was claimed then. */
  receipt: text().notNull(),
  /** SHA-256, hexadecimal, of the secret in the path of its result. */
  secretHash: text("secret_hash").notNull().unique(),
  conversationId: text("conversation_id"),
  askedAtMs: integer("asked_at_ms").notNull(),
  /** What came of it, in a word; null: nothing has been heard. */
  outcome: text(),
});
export type PhoneStatusAskRow = typeof phoneStatusAsks.$inferSelect;

/** When M-Pesa's list of what it has received is read next: one row. */
export const receiptPulls = sqliteTable("receipt_pulls", {
  id: integer().primaryKey(),
  nextAtMs: integer("next_at_ms").notNull(),
});
