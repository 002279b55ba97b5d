import { declineCode } from "./bodies.ts";
import { button, html, type Markup, money, pageOf } from "./html.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { refuse } from "./stripe-fault.ts";
import type { Session } from "./wire.ts";

/** The hosted page, where a buyer pays, is declined, or leaves. */
export function checkoutPage(standIn: StandInStripe, id: string, note: string | null): string {
  const session = standIn.world.session(id);
  const { lines } = standIn.world.basket(id);
  const rows = lines.map(
    ({ description, quantity, amount_total: amount, currency }) =>
      html`<tr><td>${quantity} × ${description}</td><td>${money(amount, currency)}</td></tr>`,
  );
  return pageOf(
    "Pay",
    html`<p class="soft">Stand-in Stripe: no money moves here.</p>
      ${note === null ? null : html`<p class="note" role="alert">${note}</p>`}
      <section><h1>Pay</h1><p class="amount">${money(session.amount_total, session.currency)}</p>
      <table>${rows}</table></section>
      ${session.status === "open" ? openPart(standIn, session) : endedPart(session)}`,
    "narrow",
  );
}

function openPart(standIn: StandInStripe, session: Session): Markup {
  const action = `/c/pay/${session.id}`;
  const waiting = waitingIntent(standIn, session);
  if (waiting)
    return html`<section><h2>Your bank wants to know whether it is you</h2>
      ${button(action, "Yes, it is me", { press: "authenticate" })}${button(action, "No", { press: "deny" })}</section>`;
  const choices = [
    ["Pay by bank debit (settles later)", "later"],
    ["Card is declined", "card_declined"],
    ["Card has insufficient funds", "insufficient_funds"],
    ["Card has expired", "expired_card"],
    ["Bank asks for 3-D Secure", "action"],
  ] as const;
  return html`<section><form method="post" action="${action}"><input type="hidden" name="press" value="pay">
    ${session.customer === null ? emailField() : null}${session.allow_promotion_codes === true ? promotionField() : null}
    <button class="strong">Pay ${money(session.amount_total, session.currency)}</button></form>
    ${choices.map(([words, press]) => button(action, words, { press }))}
    <p>${button(action, "Leave without paying", { press: "leave" })}</p></section>`;
}

function emailField(): Markup {
  return html`<p><label>Email<br><input type="email" name="email" value="buyer@example.com"></label></p>`;
}

function promotionField(): Markup {
  return html`<p><label>Promotion code worth (cents)<br><input name="discountAmount" inputmode="numeric"></label></p>`;
}

function endedPart(session: Session): Markup {
  const words = session.status === "complete" ? "This session is complete." : "This session has expired.";
  return html`<section><p>${words}</p><a class="button" href="${returnTo(session)}">Back to the shop</a></section>`;
}

function waitingIntent(standIn: StandInStripe, session: Session): string | null {
  const { started } = standIn.world.basket(session.id);
  const intents = standIn.world
    .all<{ id: string; status: string; customer: string | null }>("payment_intent")
    .filter(({ status }) => status === "requires_action");
  if (started === null) return intents.find(({ id }) => id === session.payment_intent)?.id ?? null;
  return intents.find(({ customer }) => customer === started.subscription.customer)?.id ?? null;
}

/** Does what was pressed; where the buyer goes next. */
export function pressCheckout(standIn: StandInStripe, id: string, fields: Record<string, string>): string {
  const session = standIn.world.session(id);
  const { press = "", email = "", discountAmount = "" } = fields;
  const again = (note: string) => `/c/pay/${id}?note=${encodeURIComponent(note)}`;
  if (press === "leave") return session.cancel_url ?? again("This shop named no page to go back to.");
  if (press === "action") {
    standIn.requireActionOnSession({ session: id });
    return `/c/pay/${id}`;
  }
  if (press === "authenticate" || press === "deny") {
    const paymentIntent = waitingIntent(standIn, session) ?? refuse("No bank waits for this buyer.");
    standIn.completeAction({ paymentIntent, isAuthenticated: press === "authenticate" });
    return press === "authenticate"
      ? returnTo(session)
      : again("Your bank did not recognise you. Nothing was charged.");
  }
  const code = declineCode.safeParse(press);
  if (code.success) {
    standIn.declineSession({ session: id, code: code.data });
    return again("Your card was declined. Nothing was charged: try another one.");
  }
  const who = email === "" ? {} : { email };
  if (press === "later") standIn.paySessionLater({ session: id, ...who });
  else if (press === "pay")
    standIn.paySession({
      session: id,
      ...who,
      ...(discountAmount !== "" && { discountAmount: Number(discountAmount) }),
    });
  else refuse("There is no such button.");
  return returnTo(session);
}

function returnTo(session: Session): string {
  const back = session.status === "expired" ? session.cancel_url : session.success_url;
  return (back ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}
