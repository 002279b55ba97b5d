import type { Context } from "../../context.ts";
import { syncSubscription } from "../../plans/sync-subscription.ts";
import { endSecond } from "./end-second.ts";
import { recordInvoice } from "./record-invoice.ts";
import { requireCards } from "./require-cards.ts";
import { tenantOfCustomer } from "./require-customer.ts";

export type InvoiceOutcome = "paid" | "not_paid" | "not_ours" | "not_understood";

/**
 * A subscription's invoice: once it is paid it stands among the tenant's payments, once, with what was refunded or disputed
 * of it. The plan it pays for is the subscription's to say, and is read from there, whatever the invoice has become.
 */
export async function syncInvoice(context: Context, invoiceId: string): Promise<InvoiceOutcome> {
  const { deps } = context;
  const cards = requireCards(deps);
  const invoice = await cards.readInvoice(invoiceId);
  const tenantId = await tenantOfCustomer(deps, invoice?.customerId ?? null);
  if (invoice === null || tenantId === null || invoice.isLive !== cards.isLive) return "not_ours";
  const { subscriptionId } = invoice;
  // An invoice that somebody wrote at the dashboard is for something else than a plan.
  if (subscriptionId === null) return "not_ours";
  const paymentId = invoice.status === "paid" ? await recordInvoice(context, tenantId, invoice) : null;
  await syncSubscription(context, subscriptionId);
  if (invoice.status !== "paid") return "not_paid";
  if (paymentId === null) return "not_understood";
  await endSecond(context, { tenantId, customerId: invoice.customerId, subscriptionId, paymentId });
  return "paid";
}
