import { currencies } from "../../../contract/payments.ts";
import { findOwner } from "../../accounts/find-owner.ts";
import type { Context } from "../../context.ts";
import { invariant } from "../../fail.ts";
import { idFromDigest } from "../../ids.ts";
import { fulfilPayment } from "../fulfil-payment.ts";
import { findPayment } from "../store.ts";
import type { InvoiceFacts } from "./card-payments.ts";
import { insertCardPayment } from "./card-store.ts";
import { syncCardClaims } from "./sync-card-claims.ts";

/** A paid invoice among the tenant's payments, once. null: it is for no plan of ours, or in no currency of ours. */
export async function recordInvoice(context: Context, tenantId: string, invoice: InvoiceFacts): Promise<string | null> {
  const { deps } = context;
  const currency = currencies.find((one) => one === invoice.currency);
  if (invoice.plan === null || currency === undefined) {
    const { id, plan, currency: told } = invoice;
    deps.log.write("error", "invoice_not_understood", { invoiceId: id, plan, currency: told });
    return null;
  }
  const id = idFromDigest("payment", await deps.digests.sha256(`invoice:${invoice.id}`));
  const { userId } = await findOwner(deps, tenantId);
  await insertCardPayment(
    context,
    {
      id,
      tenantId,
      userId,
      provider: "stripe",
      purpose: "plan",
      plan: invoice.plan,
      credits: 0,
      bonus: 0,
      amount: invoice.amountPaid,
      currency,
      state: "paid",
      invoiceId: invoice.id,
      paymentIntentId: invoice.paymentIntentId,
      receipt: invoice.chargeId,
      createdAtMs: invoice.createdAtMs,
      paidAtMs: deps.clock.now(),
    },
    "payment.paid",
  );
  const payment = await findPayment(deps, id);
  invariant(payment !== null, "what was inserted is there");
  await fulfilPayment(context, payment);
  // A refund that was told of before the invoice was found no payment then.
  if (invoice.paymentIntentId !== null) await syncCardClaims(context, payment, invoice.paymentIntentId);
  return id;
}
