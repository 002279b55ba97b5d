import { button, html, type Markup, money, pageOf, timeText } from "./html.ts";
import { nameOf } from "./invoice-lines.ts";
import { itemOf } from "./new-subscription.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { endedStatuses } from "./standing.ts";
import { refuse } from "./stripe-fault.ts";
import type { Invoice, PortalSession, Price, Subscription } from "./wire.ts";

/** The customer portal: cancel, go on, switch plan, pay what is open. */
export function portalPage(standIn: StandInStripe, id: string, note: string | null): string {
  const { world } = standIn;
  const sessions = world.all<PortalSession>("billing_portal.session");
  const portal = sessions.find((session) => session.id === id) ?? refuse("There is no such portal session.");
  const subscriptions = ofCustomer(world.all<Subscription>("subscription"), portal.customer);
  const invoices = ofCustomer(world.all<Invoice>("invoice"), portal.customer);
  const back = `/p/session/${id}`;
  const living = subscriptions.filter(({ status }) => !endedStatuses.includes(status));
  return pageOf(
    "Your plan",
    html`<h1>Your plan</h1>${note === null ? null : html`<p class="note" role="status">${note}</p>`}
      ${living.length === 0 ? html`<section><p>You have no plan.</p></section>` : null}
      ${living.map((subscription) => planPart(standIn, subscription, back))}
      <section><h2>Invoices</h2><table>${invoices.map((invoice) => invoiceRow(invoice, back))}</table></section>
      ${portal.return_url === null ? null : html`<a class="button" href="${portal.return_url}">Back to the shop</a>`}`,
    "narrow",
  );
}

function ofCustomer<Thing extends { customer: string }>(things: Thing[], customer: string): Thing[] {
  return things.filter((thing) => thing.customer === customer);
}

function planPart({ world }: StandInStripe, subscription: Subscription, back: string): Markup {
  const item = itemOf(subscription);
  const { id, cancel_at_period_end: isEnding } = subscription;
  const others = world
    .all<Price>("price")
    .filter(
      (price) =>
        price.active &&
        price.recurring !== null &&
        price.currency === subscription.currency &&
        price.id !== item.price.id,
    );
  const ending = isEnding
    ? button("/press/keep-subscription", "Keep the plan", { subscription: id, back })
    : button("/press/cancel-subscription", "Cancel at the period's end", {
        subscription: id,
        when: "period_end",
        back,
      });
  const switches = others.map((price) =>
    button("/press/switch-plan", `Switch to ${nameOf(world, price)} (${money(price.unit_amount, price.currency)})`, {
      subscription: id,
      price: price.id,
      prorationBehavior: "always_invoice",
      back,
    }),
  );
  return html`<section><h2>${nameOf(world, item.price)} <span class="state">${subscription.status}</span></h2>
    <p>${money(item.price.unit_amount, item.price.currency)} a ${item.price.recurring?.interval ?? "month"},
    ${isEnding ? "ends" : "renews"} ${timeText(item.current_period_end)}</p>${ending}${switches}</section>`;
}

function invoiceRow(invoice: Invoice, back: string): Markup {
  const pay =
    invoice.status === "open"
      ? button("/press/pay-invoice", "Pay", { invoice: invoice.id, back })
      : html`${invoice.status}`;
  return html`<tr><td>${timeText(invoice.created)}</td><td>${money(invoice.total, invoice.currency)}</td><td>${pay}</td></tr>`;
}
