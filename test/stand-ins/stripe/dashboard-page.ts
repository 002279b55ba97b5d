import { button, html, type Markup, money, pageOf, timeText } from "./html.ts";
import { nameOf } from "./invoice-lines.ts";
import { itemOf } from "./new-subscription.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { endedStatuses } from "./standing.ts";
import type { Charge, Dispute, Invoice, PaymentIntent, Refund, Session, Subscription } from "./wire.ts";

const hourMs = 3_600_000;
const shownMax = 30;

/** All that there is, newest first, with what may be done to each. */
export function dashboardPage(standIn: StandInStripe, note: string | null): string {
  const { world } = standIn;
  const part = <Thing>(title: string, heads: string[], object: string, row: (thing: Thing) => Markup) =>
    table(title, heads, world.all<Thing>(object).slice(0, shownMax).map(row));
  return pageOf(
    "Stand-in Stripe",
    html`<h1>Stand-in Stripe</h1>${note === null ? null : html`<p class="note" role="status">${note}</p>`}
      ${clockPart(standIn)}
      ${part<Session>("Checkout sessions", ["Amount", "State", "What may happen"], "checkout.session", sessionRow)}
      ${part<PaymentIntent>("Payments", ["Amount", "State", "What may happen"], "payment_intent", (intent) => intentRow(standIn, intent))}
      ${part<Refund>("Refunds", ["Amount", "State", "What may happen"], "refund", refundRow)}
      ${part<Dispute>("Disputes", ["Amount", "State", "What may happen"], "dispute", disputeRow)}
      ${part<Subscription>("Subscriptions", ["Plan", "State", "What may happen"], "subscription", (one) => planRow(standIn, one))}
      ${part<Invoice>("Invoices", ["Amount", "State", "What may happen"], "invoice", invoiceRow)}
      ${webhooksPart(standIn)}`,
  );
}

function table(title: string, heads: string[], rows: Markup[]): Markup {
  const body =
    rows.length === 0
      ? html`<p class="soft">None yet.</p>`
      : html`<table><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr>${rows}</table>`;
  return html`<section><h2>${title}</h2>${body}</section>`;
}

function row(amount: string, id: string, state: string, buttons: Markup[]): Markup {
  return html`<tr><td>${amount}<br><code>${id}</code></td><td><span class="state">${state}</span></td><td>${buttons}</td></tr>`;
}

function clockPart(standIn: StandInStripe): Markup {
  const steps: [string, number][] = [
    ["1 hour on", hourMs],
    ["1 day on", 24 * hourMs],
    ["31 days on", 31 * 24 * hourMs],
  ];
  return html`<section><h2>The clock</h2><p>${timeText(standIn.nowMs() / 1000)} (UTC), Stripe's own</p>
    ${steps.map(([words, ms]) => button("/press/advance", words, { ms }))}</section>`;
}

function sessionRow(session: Session): Markup {
  const { id: one, status } = session;
  const buttons =
    status === "open"
      ? [
          html`<a class="button" href="/c/pay/${one}">Open its page</a>`,
          button("/press/pay-session", "Pay", { session: one }),
          button("/press/pay-session-later", "Pay by bank debit", { session: one }),
          button("/press/decline-session", "Decline", { session: one }),
          button("/press/expire-session", "Expire", { session: one }),
        ]
      : [];
  const state = `${session.mode}, ${status ?? ""}, ${session.payment_status}`;
  return row(money(session.amount_total, session.currency), one, state, buttons);
}

function intentRow({ world }: StandInStripe, intent: PaymentIntent): Markup {
  const { id: paymentIntent, status, amount, currency } = intent;
  const buttons: Markup[] = [];
  if (status === "processing") {
    buttons.push(button("/press/settle-intent", "Settles", { paymentIntent, outcome: "succeeded" }));
    buttons.push(button("/press/settle-intent", "Fails", { paymentIntent, outcome: "failed" }));
  } else if (status === "requires_action") {
    buttons.push(button("/press/complete-action", "Authenticated", { paymentIntent, isAuthenticated: "true" }));
    buttons.push(button("/press/complete-action", "Not authenticated", { paymentIntent, isAuthenticated: "false" }));
  } else if (status.startsWith("requires_")) {
    buttons.push(button("/press/pay-intent", "Pay", { paymentIntent }));
    buttons.push(button("/press/decline-intent", "Decline", { paymentIntent }));
  } else if (status === "succeeded") {
    const size = html`<input name="amount" size="6" placeholder="all" inputmode="numeric" aria-label="Cents to refund">`;
    buttons.push(button("/press/refund", "Refund", { paymentIntent }, size));
    buttons.push(button("/press/refund", "Refund, pending", { paymentIntent, status: "pending" }));
    buttons.push(button("/press/open-dispute", "Dispute", { paymentIntent }));
    buttons.push(button("/press/open-dispute", "Inquiry", { paymentIntent, status: "warning_needs_response" }));
    buttons.push(button("/press/warn-of-fraud", "Fraud warning", { paymentIntent }));
  }
  const charge = intent.latest_charge === null ? null : (world.find(intent.latest_charge) as unknown as Charge);
  const refunded =
    charge !== null && charge.amount_refunded > 0 ? `, ${money(charge.amount_refunded, currency)} refunded` : "";
  return row(money(amount, currency), paymentIntent, `${status}${refunded}`, buttons);
}

function refundRow({ id: refund, amount, currency, status }: Refund): Markup {
  const buttons = [];
  if (status === "pending") {
    buttons.push(button("/press/succeed-refund", "Succeeds", { refund }));
    buttons.push(button("/press/cancel-refund", "Is canceled", { refund }));
  }
  if (status === "pending" || status === "succeeded") buttons.push(button("/press/fail-refund", "Fails", { refund }));
  return row(money(amount, currency), refund, status, buttons);
}

function disputeRow({ id: dispute, amount, currency, status, reason }: Dispute): Markup {
  const close = (words: string, how: string) => button("/press/close-dispute", words, { dispute, status: how });
  const buttons: Record<string, Markup[]> = {
    warning: [
      button("/press/update-dispute", "Becomes a chargeback", { dispute, status: "needs_response" }),
      close("Inquiry closed", "warning_closed"),
      close("Prevented", "prevented"),
    ],
    chargeback: [
      button("/press/update-dispute", "Evidence sent", { dispute, status: "under_review" }),
      button("/press/withdraw-dispute-funds", "Funds withdrawn", { dispute }),
      close("Won", "won"),
      close("Lost", "lost"),
    ],
    ended: [],
  };
  const isEnded = ["won", "lost", "prevented", "warning_closed"].includes(status);
  const kind = isEnded ? "ended" : status.startsWith("warning") ? "warning" : "chargeback";
  return row(money(amount, currency), dispute, `${status}, ${reason}`, buttons[kind] ?? []);
}

function planRow({ world }: StandInStripe, one: Subscription): Markup {
  const { id: subscription, status, cancel_at_period_end: isEnding } = one;
  const item = itemOf(one);
  const renew = (words: string, mood: string) => button("/press/renew-subscription", words, { subscription, mood });
  const buttons = endedStatuses.includes(status)
    ? []
    : [
        renew("Renew", "pays"),
        renew("Fail renewal", "card_declined"),
        renew("Renewal needs 3-D Secure", "authentication_required"),
        isEnding
          ? button("/press/keep-subscription", "Keep", { subscription })
          : button("/press/cancel-subscription", "Cancel at period end", { subscription, when: "period_end" }),
        button("/press/cancel-subscription", "Cancel now", { subscription, when: "now" }),
        status === "paused"
          ? button("/press/resume-subscription", "Resume", { subscription })
          : button("/press/pause-subscription", "Pause", { subscription }),
        button("/press/fail-next-finalization", "Next invoice cannot be finalized", { subscription }),
      ];
  const state = `${status}${isEnding ? ", ends" : ""} ${timeText(item.current_period_end)}`;
  return row(nameOf(world, item.price), subscription, state, buttons);
}

function invoiceRow({ id: invoice, total, currency, status, billing_reason: reason }: Invoice): Markup {
  const pay = button("/press/pay-invoice", "Pay", { invoice });
  const voids = button("/press/void-invoice", "Void", { invoice });
  const buttons: Record<string, Markup[]> = {
    draft: [button("/press/finalize-invoice", "Finalize", { invoice })],
    open: [
      pay,
      voids,
      button("/press/mark-invoice-uncollectible", "Uncollectible", { invoice }),
      button("/press/mark-invoice-overdue", "Overdue", { invoice }),
    ],
    uncollectible: [pay, voids],
  };
  return row(money(total, currency), invoice, `${status}, ${reason ?? ""}`, buttons[status] ?? []);
}

function webhooksPart({ world }: StandInStripe): Markup {
  const tries = world.mailbox.attempts.slice(-shownMax).reverse();
  const rows = tries.map(
    ({ eventId, type, attempt, outcome }) =>
      html`<tr><td>${type}<br><code>${eventId}</code></td><td>try ${attempt}: ${outcome}</td></tr>`,
  );
  const waiting = world.mailbox.pending({}).length;
  return html`<section><h2>Webhooks</h2><p>${waiting} not taken yet</p><table>${rows}</table></section>`;
}
