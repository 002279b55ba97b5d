import { OutsideError } from "../../core/deps.ts";
import type { CardPayments } from "../../core/payments/cards/card-payments.ts";
import type { StripeClient } from "./client.ts";
import { idOf, toDisputeFacts, toIntentFacts, toRefundFacts } from "./facts.ts";

/** Pages of a list that is read whole; a charge has few refunds and fewer disputes. */
const pageSize = 100;

/** What is asked of and about single payments. `payment_method_types` is refused since 2026-09-30: Stripe chooses the ways to pay. */
export function createIntentCalls(
  client: StripeClient,
): Pick<
  CardPayments,
  | "createCustomer"
  | "forgetCustomer"
  | "createPaymentIntent"
  | "cancelPaymentIntent"
  | "readPaymentIntent"
  | "paymentIntentOf"
  | "refund"
  | "readRefund"
  | "readDispute"
  | "listRefunds"
  | "listDisputes"
> {
  const readIntent = (id: string) => client.read((stripe) => stripe.paymentIntents.retrieve(id));
  return {
    async createCustomer({ tenantId, email, name }) {
      const known = { metadata: { tenant_id: tenantId }, ...(name === null ? {} : { name }) };
      const made = await client.attempt((stripe) =>
        stripe.customers.create({ ...known, email }, { idempotencyKey: `customer:${tenantId}` }),
      );
      if (made.ok) return made.made.id;
      if (made.code !== "email_invalid") throw new OutsideError(`Stripe refused a customer: ${made.code}`, false);
      // Stripe is stricter about addresses than mail is. A corrected request needs a key of its own: refusals are kept, too.
      const customer = await client.ask((stripe) =>
        stripe.customers.create(known, { idempotencyKey: `customer-without-email:${tenantId}` }),
      );
      return customer.id;
    },
    async forgetCustomer(customerId) {
      // Not deleted: what was paid has to stay on record there, but whose it was need not.
      // A refusal means that it was deleted there already.
      await client.attempt((stripe) =>
        stripe.customers.update(customerId, { email: "", name: "", phone: "", description: "" }),
      );
    },
    async createPaymentIntent({ paymentId, tenantId, customerId, amount, currency, description }) {
      const answer = await client.attempt((stripe) =>
        stripe.paymentIntents.create(
          {
            amount,
            currency: currency.toLowerCase(),
            customer: customerId,
            description,
            automatic_payment_methods: { enabled: true },
            metadata: { payment_id: paymentId, tenant_id: tenantId },
          },
          { idempotencyKey: paymentId },
        ),
      );
      return answer.ok ? { ok: true, made: toIntentFacts(answer.made) } : answer;
    },
    async cancelPaymentIntent(id) {
      const answer = await client.attempt((stripe) => stripe.paymentIntents.cancel(id));
      if (answer.ok) return toIntentFacts(answer.made);
      const intent = await readIntent(id);
      if (intent === null) throw new OutsideError("Stripe has lost a payment intent", false);
      return toIntentFacts(intent);
    },
    async readPaymentIntent(id) {
      const intent = await readIntent(id);
      return intent === null ? null : toIntentFacts(intent);
    },
    async paymentIntentOf(chargeId) {
      const charge = await client.read((stripe) => stripe.charges.retrieve(chargeId));
      return idOf(charge?.payment_intent);
    },
    async refund({ claimId, paymentIntentId, amount }) {
      const refund = { payment_intent: paymentIntentId, amount, metadata: { claim_id: claimId } };
      const answer = await client.attempt((stripe) => stripe.refunds.create(refund, { idempotencyKey: claimId }));
      return answer.ok ? { ok: true, made: toRefundFacts(answer.made) } : answer;
    },
    async readRefund(id) {
      const refund = await client.read((stripe) => stripe.refunds.retrieve(id));
      return refund === null ? null : toRefundFacts(refund);
    },
    async readDispute(id) {
      const dispute = await client.read((stripe) => stripe.disputes.retrieve(id));
      return dispute === null ? null : toDisputeFacts(dispute);
    },
    async listRefunds(paymentIntentId) {
      const refunds = await client.ask((stripe) =>
        stripe.refunds
          .list({ payment_intent: paymentIntentId, limit: pageSize })
          .autoPagingToArray({ limit: 10 * pageSize }),
      );
      return refunds.map(toRefundFacts);
    },
    async listDisputes(paymentIntentId) {
      const disputes = await client.ask((stripe) =>
        stripe.disputes
          .list({ payment_intent: paymentIntentId, limit: pageSize })
          .autoPagingToArray({ limit: 10 * pageSize }),
      );
      return disputes.map(toDisputeFacts);
    },
  };
}
