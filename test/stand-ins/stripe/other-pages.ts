import { button, html, money, pageOf } from "./html.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";

/** The buyer's bank, for a payment intent that was confirmed by a server. */
export function authenticatePage({ world }: StandInStripe, id: string): string {
  const intent = world.intent(id);
  const back = world.owner(id).returnUrl ?? "/";
  const answer = (words: string, isAuthenticated: string) =>
    button("/press/complete-action", words, { paymentIntent: id, isAuthenticated, back });
  const choices = html`${answer("Yes, it is me", "true")}${answer("No", "false")}`;
  return pageOf(
    "Your bank",
    html`<section><h1>Your bank wants to know whether it is you</h1>
      <p class="amount">${money(intent.amount, intent.currency)}</p>
      ${intent.status === "requires_action" ? choices : html`<p>This payment is ${intent.status}.</p>`}</section>`,
    "narrow",
  );
}

export function invoicePage({ world }: StandInStripe, id: string, note: string | null): string {
  const invoice = world.invoice(id);
  const rows = invoice.lines.data.map(
    ({ description, amount, currency }) =>
      html`<tr><td>${description ?? ""}</td><td>${money(amount, currency)}</td></tr>`,
  );
  const isPayable = invoice.status === "open" || invoice.status === "uncollectible";
  return pageOf(
    "Invoice",
    html`${note === null ? null : html`<p class="note" role="status">${note}</p>`}
      <section><h1>Invoice ${invoice.number ?? ""} <span class="state">${invoice.status}</span></h1>
      <p class="amount">${money(invoice.amount_due, invoice.currency)}</p><table>${rows}</table>
      ${isPayable ? button("/press/pay-invoice", "Pay", { invoice: id, back: `/i/${id}` }) : null}</section>`,
    "narrow",
  );
}

export function receiptPage({ world }: StandInStripe, id: string): string {
  const charge = world.charge(id);
  return pageOf(
    "Receipt",
    html`<section><h1>Receipt</h1><p class="amount">${money(charge.amount, charge.currency)}</p>
      <p>${charge.description ?? ""}</p><p class="soft">Refunded: ${money(charge.amount_refunded, charge.currency)}</p>
      <code>${charge.id}</code></section>`,
    "narrow",
  );
}
