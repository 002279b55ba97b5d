import { findOwner } from "../../accounts/find-owner.ts";
import { auditRow } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { idFromDigest } from "../../ids.ts";
import { postLetter, writeLetter } from "../../mail/write-letter.ts";
import { findOtherLive } from "../../plans/find-other-live.ts";
import { planRank } from "../../plans/plans.ts";
import { syncSubscription } from "../../plans/sync-subscription.ts";
import { statusOf } from "../payment-state.ts";
import { refundPayment } from "../refund-payment.ts";
import { findClaim, findPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { SubscriptionFacts } from "./card-payments.ts";
import { noteAttention } from "./card-store.ts";
import { recordInvoice } from "./record-invoice.ts";
import { requireCards } from "./require-cards.ts";

/** Stripe ends a page by itself after 24 hours; two of them can be paid so far apart, and a bank may take its time. */
const pagesMs = 25 * 3_600_000;
const paidStatuses = ["active", "trialing", "past_due"];

type Paid = { tenantId: string; customerId: string | null; subscriptionId: string; paymentId: string };

/**
 * Two pages to subscribe that were open at once make two subscriptions, and both are paid; nobody wants two. The higher plan
 * stays, of equal ones the first; the other ends, all its money goes back, and the buyer is told. Whichever of the two is
 * looked at, and however often, it is the same one. What is no such pair is a person's.
 */
export async function endSecond(context: Context, paid: Paid): Promise<void> {
  const { deps } = context;
  const { tenantId, customerId, subscriptionId, paymentId } = paid;
  const other = await findOtherLive(deps, tenantId, subscriptionId);
  if (other === null || customerId === null) return;
  const listed = await requireCards(deps).listSubscriptions(customerId);
  const [kept, ...rest] = listed.filter(({ status }) => paidStatuses.includes(status)).toSorted(byWorth);
  if (kept === undefined) return;
  for (const second of rest) {
    const payment = await findItsPayment(context, tenantId, kept, second);
    if (payment !== null) await end(context, { kept, second, payment });
    else await tellOfTwo(context, paymentId, [kept.id, second.id]);
  }
}

function byWorth(one: SubscriptionFacts, other: SubscriptionFacts): number {
  const rank = (facts: SubscriptionFacts) => (facts.plan === null ? 0 : planRank(facts.plan));
  return rank(other) - rank(one) || one.begunAtMs - other.begunAtMs || (one.id < other.id ? -1 : 1);
}

/** What the second one has taken, if that was all it ever took and all of it is still here. null: a person decides. */
async function findItsPayment(
  context: Context,
  tenantId: string,
  kept: SubscriptionFacts,
  second: SubscriptionFacts,
): Promise<PaymentRow | null> {
  const { deps } = context;
  if (second.latestInvoiceId === null || Math.abs(kept.begunAtMs - second.begunAtMs) > pagesMs) return null;
  const invoice = await requireCards(deps).readInvoice(second.latestInvoiceId);
  if (invoice === null || !invoice.isFirst || invoice.status !== "paid" || invoice.paymentIntentId === null)
    return null;
  // Its own news may still be on its way.
  const paymentId = await recordInvoice(context, tenantId, invoice);
  const payment = paymentId === null ? null : await findPayment(deps, paymentId);
  if (payment === null) return null;
  const claim = await findClaim(deps, await claimIdOf(context, second));
  const isOurs = claim !== null && claim.state !== "returned";
  return isOurs || (claim === null && statusOf(payment) === "paid") ? payment : null;
}

async function claimIdOf({ deps }: Context, { id }: SubscriptionFacts): Promise<string> {
  return idFromDigest("claim", await deps.digests.sha256(`second:${id}`));
}

/** The money first: who dies in between finds the subscription still on, and does both again under the same names. */
async function end(
  context: Context,
  { kept, second, payment }: { kept: SubscriptionFacts; second: SubscriptionFacts; payment: PaymentRow },
): Promise<void> {
  const { deps } = context;
  const { tenantId, amount, currency } = payment;
  const claimId = await claimIdOf(context, second);
  await refundPayment(context, { paymentId: payment.id, reason: "A second subscription, ended at once", claimId });
  const answer = await requireCards(deps).cancelNow(second.id);
  await syncSubscription(context, second.id);
  // A refusal means that it has ended already: whoever did that tells of it.
  if (!answer.ok) return;
  const { email: to } = await findOwner(deps, tenantId);
  const values = { plan: kept.plan ?? "paid", amount: `${currency} ${(amount / 100).toFixed(2)}` };
  const letter = writeLetter(context, { to, language: "en", template: "second_subscription", values });
  const details = { kept: kept.id, refunded: amount };
  await deps.db.batch([
    auditRow(context, { action: "plan.end_second", target: second.id, tenantId, details }),
    letter.statement,
  ]);
  await postLetter(context, letter.mailId);
}

async function tellOfTwo({ deps }: Context, paymentId: string, [one, two]: [string, string]): Promise<void> {
  deps.log.write("error", "payment_needs_a_person", { paymentId, why: "two subscriptions" });
  await noteAttention(
    deps,
    paymentId,
    `This account has two subscriptions, ${one} and ${two}, and pays both: cancel one, and refund what it took`,
  );
}
