/** What buyers do with cards, the dashboard with refunds, banks with disputes, and Stripe's post with its letters. */
import type { CreateIntentBody } from "../../../src/contract/payments.ts";
import { confirmPayment } from "../../../src/core/payments/cards/confirm-payment.ts";
import { createIntent } from "../../../src/core/payments/cards/create-intent.ts";
import { receiveStripeEvent } from "../../../src/core/payments/cards/receive-stripe-event.ts";
import { readPayment } from "../../../src/core/payments/read-payment.ts";
import type { Delivery } from "../../stand-ins/stripe/mailbox.ts";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import type { Chance } from "./chance.ts";
import { type Tenant, time } from "./money-world.ts";
import type { Letter, Play } from "./play.ts";
import type { FateOf } from "./processes.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function drawIntentBody(chance: Chance): CreateIntentBody {
  if (chance.is(0.4)) return { package_id: chance.pick(["starter", "pro", "business", "enterprise"] as const) };
  // Few credits are soon spent, and then there are none to be taken back.
  return { amount: 20 * chance.pick([1, 3, 5, 7, 11, 333]) };
}

export function orderByCard(
  play: Play,
  tenant: Tenant,
  order: { key: string; body: CreateIntentBody },
  fateOf: FateOf,
): Promise<string> {
  return play.ask(
    {
      what: "pays by card",
      tenant,
      key: order.key,
      work: async (context) => {
        const answer = await createIntent(context, { body: order.body, idempotencyKey: order.key });
        play.payable.add(answer.payment_intent_id);
        return { id: answer.payment_intent_id };
      },
    },
    fateOf,
  );
}

/** Of those whose secret has reached a buyer: nobody else can pay. */
function payableIntents(play: Play): Wire.PaymentIntent[] {
  const { world } = play.world.providers.stripe;
  return [...play.payable].filter((id) => id.startsWith("pi_")).map((id) => world.intent(id));
}

/** The buyer before a payment intent. What cannot be done in its state is nothing that happens. */
export function payIntent(play: Play, chance: Chance): string {
  const { stripe } = play.world.providers;
  const open = payableIntents(play).filter(({ status }) => status !== "succeeded" && status !== "canceled");
  const intent = chance.pickOrNull(open);
  if (intent === null) return "nothing to pay";
  const paymentIntent = intent.id;
  const act = chance.weighted([
    [6, "pays"],
    [2, "declined"],
    [1, "must prove"],
    [1, "bank works"],
    [1, "leaves"],
  ]);
  const is = (status: string) => intent.status === status;
  if (is("processing")) stripe.settleIntent({ paymentIntent, outcome: act === "declined" ? "failed" : "succeeded" });
  else if (is("requires_action")) stripe.completeAction({ paymentIntent, isAuthenticated: act !== "declined" });
  else if (act === "pays") stripe.payIntent({ paymentIntent });
  else if (act === "declined") stripe.declineIntent({ paymentIntent });
  else if (act === "must prove") stripe.requireAction({ paymentIntent });
  else if (act === "bank works") stripe.processIntent({ paymentIntent });
  play.note(`intent ${act}, ${stripe.world.intent(paymentIntent).status}`);
  return `${paymentIntent} ${act}: ${stripe.world.intent(paymentIntent).status}`;
}

export async function confirmIntent(play: Play, chance: Chance): Promise<string> {
  const id = chance.pickOrNull([...play.payable].filter((one) => one.startsWith("pi_")));
  if (id === null) return "nothing to confirm";
  const confirm = () => {
    const tenant = chance.pick(play.world.tenants);
    return {
      name: `confirm of ${tenant.name}`,
      fateOf: play.fate(chance),
      work: async () => confirmPayment(await play.world.userContext(tenant), id),
    };
  };
  const jobs = Array.from({ length: chance.between(1, 3) }, confirm);
  const outcomes = await play.world.processes.runTogether(jobs, chance);
  for (const outcome of outcomes) {
    play.note(`confirm ${outcome.kind === "answered" ? outcome.value.status : play.wordOf(outcome)}`);
  }
  return outcomes.map((outcome) => play.wordOf(outcome)).join(", ");
}

/** Banks come to an end with what they work on. */
export function decideAtBanks({ world }: Play, chance: Chance): void {
  const { stripe } = world.providers;
  for (const { id, status } of stripe.world.all<Wire.PaymentIntent>("payment_intent")) {
    if (status !== "processing") continue;
    stripe.settleIntent({ paymentIntent: id, outcome: chance.pick(["succeeded", "failed"] as const) });
  }
}

/** Somebody looks at a payment: their own, or another one's by its id. */
export async function readSome(play: Play, chance: Chance): Promise<string> {
  const row = chance.pickOrNull(
    play.world.rows<{ id: string; tenant_id: string }>("SELECT id, tenant_id FROM payments ORDER BY id"),
  );
  if (row === null) return "nothing to read";
  const reader = chance.pick(play.world.tenants);
  const outcome = await play.world.request(reader, "reads a payment", play.fate(chance), (context) =>
    readPayment(context, row.id),
  );
  const word = play.wordOf(outcome);
  if (row.tenant_id !== reader.tenantId && word === "answered") throw new Error("another tenant's payment was told");
  play.note(`reads ${outcome.kind === "answered" ? outcome.value.status : word}`);
  return word;
}

function paidIntents(play: Play): Wire.PaymentIntent[] {
  return play.world.providers.stripe.world
    .all<Wire.PaymentIntent>("payment_intent")
    .filter(({ status }) => status === "succeeded");
}

/** Somebody at the dashboard sends money back, in part or whole; a bank may refuse it later. */
export function refundAtDashboard(play: Play, chance: Chance): string {
  const { stripe } = play.world.providers;
  const made = chance.pickOrNull(stripe.world.all<Wire.Refund>("refund"));
  if (made !== null && chance.is(0.4)) return turnRefund(play, made, chance);
  const intent = chance.pickOrNull(paidIntents(play));
  if (intent === null) return "nothing to refund";
  const left = leftOf(play, intent);
  if (left === 0) return "nothing left";
  const amount = chance.is(0.4) ? left : chance.between(1, left);
  const status = chance.pick(["succeeded", "succeeded", "pending"] as const);
  const refund = stripe.refund({ paymentIntent: intent.id, amount, status });
  play.note(`refund ${status}${amount === left ? " of all that was left" : " in part"}`);
  return `${refund.id} of ${intent.id}: ${amount} of ${left}, ${status}`;
}

function turnRefund(play: Play, { id, status }: Wire.Refund, chance: Chance): string {
  const { stripe } = play.world.providers;
  if (status === "pending") {
    const turn = chance.pick(["succeeded", "failed", "canceled"] as const);
    if (turn === "succeeded") stripe.succeedRefund({ refund: id });
    else if (turn === "failed") stripe.failRefund({ refund: id });
    else stripe.cancelRefund({ refund: id });
    play.note(`refund pending, then ${turn}`);
    return `${id} ${turn}`;
  }
  if (status !== "succeeded") return `${id} is ${status}`;
  stripe.failRefund({ refund: id });
  play.note("refund succeeded, then failed");
  return `${id} failed after all`;
}

/** What neither refunds nor disputes have taken. */
function leftOf(play: Play, intent: Wire.PaymentIntent): number {
  const { world } = play.world.providers.stripe;
  const refunded = world
    .all<Wire.Refund>("refund")
    .filter(
      ({ payment_intent, status }) => payment_intent === intent.id && status !== "failed" && status !== "canceled",
    );
  const disputed = world.all<Wire.Dispute>("dispute").filter(({ payment_intent }) => payment_intent === intent.id);
  const isAway = ({ balance_transactions }: Wire.Dispute) => balance_transactions.length === 1;
  const gone = [...refunded, ...disputed.filter(isAway)].reduce((total, { amount }) => total + amount, 0);
  return Math.max(0, intent.amount_received - gone);
}

export function disputeAtBank(play: Play, chance: Chance): string {
  const { stripe } = play.world.providers;
  const open = stripe.world.all<Wire.Dispute>("dispute").filter(({ status }) => !isClosed(status));
  const dispute = chance.pickOrNull(open);
  if (dispute !== null && chance.is(0.7)) return moveDispute(play, dispute, chance);
  const intent = chance.pickOrNull(paidIntents(play));
  if (intent === null) return "nothing to dispute";
  const left = leftOf(play, intent);
  if (left === 0) return "nothing left to dispute";
  const status = chance.pick(["needs_response", "needs_response", "warning_needs_response"] as const);
  const opened = stripe.openDispute({
    paymentIntent: intent.id,
    status,
    ...(chance.is(0.3) ? { amount: chance.between(1, left) } : {}),
    ...(status === "needs_response" && chance.is(0.4) ? { withdraws: false } : {}),
  });
  play.note(`dispute ${status}${opened.balance_transactions.length > 0 ? ", withdrawn" : ""}`);
  return `${opened.id} of ${intent.id}: ${opened.amount}, ${status}`;
}

function isClosed(status: string): boolean {
  return ["won", "lost", "warning_closed", "prevented"].includes(status);
}

function moveDispute(play: Play, dispute: Wire.Dispute, chance: Chance): string {
  const { stripe } = play.world.providers;
  const isInquiry = dispute.status.startsWith("warning_");
  const isWithdrawn = dispute.balance_transactions.length > 0;
  const { id } = dispute;
  const move = chance.pick(["withdrawn", "updated", "closed", "closed"] as const);
  if (move === "withdrawn" && !isWithdrawn) {
    stripe.withdrawDisputeFunds({ dispute: id });
    play.note("dispute withdrawn later");
    return `${id} withdrawn`;
  }
  if (move !== "closed") {
    stripe.updateDispute({ dispute: id, status: isInquiry ? "warning_under_review" : "under_review" });
    return `${id} updated`;
  }
  const status = isInquiry ? "warning_closed" : chance.pick(["won", "won", "lost", "prevented"] as const);
  const reinstates = status === "won" && isWithdrawn ? chance.is(0.8) : undefined;
  stripe.closeDispute({ dispute: id, status, ...(reinstates === undefined ? {} : { reinstates }) });
  if (reinstates === false) stripe.reinstateDisputeFunds({ dispute: id });
  play.note(`dispute ${status}${isWithdrawn ? " after withdrawal" : ""}`);
  return `${id} ${status}`;
}

/** What a webhook endpoint of ours would be set up for; all others are ignored, and a schedule may get them all the same. */
export const eventsOfInterest = [
  ...["completed", "async_payment_succeeded", "async_payment_failed", "expired"].map(
    (what) => `checkout.session.${what}`,
  ),
  ...["succeeded", "payment_failed", "canceled", "processing"].map((what) => `payment_intent.${what}`),
  ...["charge.refunded", "refund.created", "refund.updated", "refund.failed"],
  ...["created", "funds_withdrawn", "funds_reinstated", "updated", "closed"].map((what) => `charge.dispute.${what}`),
  ...["created", "updated", "deleted", "paused", "resumed"].map((what) => `customer.subscription.${what}`),
  ...["invoice.paid", "invoice.payment_failed", "invoice.voided"],
];

/** Letters that nobody could do without: what they tell is told by nothing else. Stripe tries them again for days. */
const needed = /^(refund|charge|customer|invoice|radar|invoice_payment)\b/;

/** What Stripe wants to tell us goes into the post: lost for good, late, twice. Without chance nothing gets lost. */
export function collectEvents(play: Play, chance: Chance | null): void {
  for (const delivery of play.world.providers.stripe.takeDeliveries()) {
    if (chance === null) {
      play.letters.push(toLetter(play, delivery, time.nowMs));
      continue;
    }
    const isNeeded = needed.test(delivery.type);
    if (!isNeeded && chance.is(0.15)) {
      play.note("webhook lost");
      continue;
    }
    const delayMs = chance.weighted([
      [6, 0],
      [3, chance.below(hourMs)],
      [1, chance.below(3 * dayMs)],
    ]);
    play.letters.push(toLetter(play, delivery, time.nowMs + delayMs));
    if (chance.is(0.15)) play.letters.push(toLetter(play, delivery, time.nowMs + delayMs + chance.below(5 * dayMs)));
  }
}

/** Signed as it is sent, since a signature is good for minutes. */
function toLetter(play: Play, { eventId, type }: Delivery, dueMs: number): Letter {
  const { stripe } = play.world.providers;
  return {
    from: "stripe",
    id: eventId,
    words: `${type} ${eventId}`,
    dueMs,
    deliver: () => hand(play, stripe.resend({ event: eventId })),
  };
}

async function hand(play: Play, { body, headers }: Delivery): Promise<unknown> {
  const signature = headers["Stripe-Signature"] ?? null;
  return receiveStripeEvent(play.world.context({ kind: "anonymous" }), { rawBody: body, signature });
}

/** A stranger's, or an old one again: none is to get in. */
export async function forgeEvent(play: Play, chance: Chance): Promise<string> {
  const { stripe } = play.world.providers;
  const event = chance.pickOrNull(stripe.listEvents());
  if (event === null) return "nothing to forge";
  const how = chance.pick([
    "wrong_secret",
    "too_old",
    "too_far_ahead",
    "altered_body",
    "no_signature",
    "garbled_signature",
  ] as const);
  const forged = stripe.forge({ event: event.id, how });
  const before = play.world.rows("SELECT count(*) AS many FROM provider_events");
  const outcome = await play.world.processes.run("forged webhook", play.fate(chance), () => hand(play, forged));
  const word = play.wordOf(outcome);
  if (word === "answered") throw new Error(`a webhook ${how} was let in`);
  const after = play.world.rows("SELECT count(*) AS many FROM provider_events");
  if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error(`a webhook ${how} was stored`);
  play.note(`forged webhook ${how} ${word}`);
  return `${how}: ${word}`;
}
