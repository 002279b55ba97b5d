/** Money on its way while everything is killed: packages by card and by phone, paid or declined, told late, twice or not at all. */
import { randomUUID } from "node:crypto";
import type { Chance } from "../simulation/money/chance.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import type { Customer } from "./customer.ts";

export async function buyByCard(world: ChaosWorld, customer: Customer, chance: Chance): Promise<void> {
  const isPaid = chance.is(0.75);
  const { body } = await customer.insist(
    "POST",
    "/api/payments/create-intent",
    { package_id: "starter" },
    randomUUID(),
  );
  const [paymentIntent, payment] = [String(body.payment_intent_id), String(body.payment_id)];
  customer.payments.add(payment);
  world.journal.note(`${customer.name} ${isPaid ? "pays" : "is declined"} by card (${payment})`);
  if (isPaid) world.stripe.standIn.payIntent({ paymentIntent });
  else world.stripe.standIn.cancelIntent({ paymentIntent });
  if (chance.is(0.5)) await customer.insist("POST", "/api/payments/confirm", { payment_intent_id: paymentIntent });
}

export async function buyByPhone(world: ChaosWorld, customer: Customer, chance: Chance): Promise<void> {
  const outcome = chance.is(0.75) ? "paid" : "cancelled";
  const mode = chance.pick(["normal", "twice", "none", "reordered"] as const);
  const order = { package_id: "starter", phone_number: newPhone(chance) };
  await decide(world, customer, { path: "/api/payments/mpesa", order, outcome, mode });
}

/** Videos of the pro plan go through a queue of their own. */
export async function buyPlan(world: ChaosWorld, customer: Customer, chance: Chance): Promise<void> {
  const order = { plan: "pro", phone_number: newPhone(chance) };
  await decide(world, customer, { path: "/api/billing/mpesa", order, outcome: "paid", mode: "normal" });
}

type PhoneOrder = {
  path: string;
  order: { phone_number: string };
  outcome: "paid" | "cancelled";
  mode: "normal" | "twice" | "none" | "reordered";
};

async function decide(
  world: ChaosWorld,
  customer: Customer,
  { path, order, outcome, mode }: PhoneOrder,
): Promise<void> {
  const { body } = await customer.insist("POST", path, order, randomUUID());
  // A push whose answer was lost waits five minutes for its callback: longer than anybody does here.
  if (body.checkout_request_id !== null) customer.payments.add(String(body.payment_id));
  world.journal.note(`${customer.name}: a phone's prompt is ${outcome}, told ${mode} (${String(body.payment_id)})`);
  const { daraja } = world.daraja;
  const prompt = daraja.listPrompts({ isOpen: true }).find(({ phone }) => phone === order.phone_number);
  // The push never got to Safaricom: the order expires by itself.
  if (prompt === undefined) return;
  daraja.setCallbackMode(prompt.checkoutRequestId, mode);
  daraja.decide(prompt.checkoutRequestId, outcome);
}

function newPhone(chance: Chance): string {
  return `2547${String(chance.between(10_000_000, 39_999_999))}`;
}
