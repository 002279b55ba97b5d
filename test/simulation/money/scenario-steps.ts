/** What scenarios are made of: people who insist, and time that passes with everything that is due in it. */
import { orderOfPackage, orderOfPlan } from "../../../src/core/payments/orders.ts";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import { orderByCard } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { consumeOne, deliver, runCronOnce, takeDue } from "./jobs.ts";
import { type Tenant, time } from "./money-world.ts";
import type { PaymentRow } from "./payment-watch.ts";
import { startOnPhone } from "./phone-acts.ts";
import { subscribe } from "./plan-acts.ts";
import type { Play } from "./play.ts";
import { endVideo, orderVideo, unfinishedVideos } from "./video-acts.ts";

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
const phone = "254708374149";
export const steady = new Chance(1);

export const amina = ({ world }: Play): Tenant => {
  const [first] = world.tenants;
  if (first === undefined) throw new Error("nobody is here");
  return first;
};

/** Time passes, and everything that is due has its turn once: letters, messages, alarms, the cron. */
export async function live(play: Play, ms = 2 * minuteMs): Promise<void> {
  const { world } = play;
  time.nowMs += ms;
  world.providers.stripe.settleDue();
  play.collect();
  for (const letter of takeDue(play)) await deliver(play, letter, play.fate(steady));
  for (let left = world.queue.length; left > 0; left -= 1) await consumeOne(play, play.fate(steady));
  for (const tenantId of world.ledgers.dueAlarms(time.nowMs)) await world.ledgers.ring(tenantId);
  await runCronOnce(play, play.fate(steady));
}

/** Until there is an answer, or a refusal that repeating does not change. */
export async function insist(play: Play, first: () => Promise<string>): Promise<string> {
  let word = await first();
  const asked = play.asked.at(-1);
  for (
    let tries = 0;
    tries < 5 && asked !== undefined && ["died", "failed", "service_unavailable"].includes(word);
    tries += 1
  ) {
    await live(play);
    word = await play.repeat(asked, play.fate(steady));
  }
  return word;
}

export async function insistOn(play: Play, name: string, work: (tenant: Tenant) => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const word = await work(amina(play));
    play.tell(`${name}: ${word}`);
    if (word !== "died" && word !== "failed") return;
    await live(play);
  }
}

export function intentOf(play: Play): Wire.PaymentIntent {
  const id = [...play.payable].find((one) => one.startsWith("pi_"));
  if (id === undefined) throw new Error("there is no payment intent");
  return play.world.providers.stripe.world.intent(id);
}

export async function payStarter(play: Play): Promise<void> {
  await insist(play, () =>
    orderByCard(play, amina(play), { key: "first", body: { package_id: "starter" } }, play.fate(steady)),
  );
  play.world.providers.stripe.payIntent({ paymentIntent: intentOf(play).id });
}

export async function boughtStarter(play: Play): Promise<void> {
  await payStarter(play);
  await live(play);
  await live(play);
}

export function loseLetters(play: Play): void {
  play.world.providers.stripe.dropDeliveries();
  play.world.providers.daraja.takeCallbacks({ includesLater: true });
}

/** The phone rings, or is made to ring once more; then its owner pays. */
export async function payOnPhone(
  play: Play,
  what: "starter" | "pro" | "premium",
  mode: "normal" | "none" | "early",
): Promise<void> {
  const { daraja } = play.world.providers;
  const order = what === "starter" ? orderOfPackage("starter", "KES") : orderOfPlan(what, "KES");
  if (mode === "early") daraja.planNext(phone, { outcome: "paid", modes: ["early"] });
  for (const key of ["first", "second"]) {
    await insist(play, () => startOnPhone(play, amina(play), { key, order, phone }, play.fate(steady)));
    if (daraja.listPrompts({ phone }).length > 0) break;
    // It never rang: the payer tries again when the phone is free.
    await live(play, 6 * minuteMs);
  }
  const [prompt] = daraja.listPrompts({ isOpen: true });
  if (prompt !== undefined) {
    daraja.setCallbackMode(prompt.checkoutRequestId, mode === "none" ? "none" : "normal");
    daraja.decide(prompt.checkoutRequestId, "paid");
  } else {
    const [ended] = daraja.listPrompts();
    if (ended !== undefined && ended.result?.code !== "0") daraja.decide(ended.checkoutRequestId, "paid");
  }
  await live(play, 5_000);
  await live(play);
}

/** The phone rings, and neither that nor that it paid is ever told: M-Pesa's list alone has the money. */
export async function strayOnPhone(play: Play): Promise<void> {
  const { daraja } = play.world.providers;
  daraja.addFault({ path: "/mpesa/stkpush/", times: 1, kind: "drop", afterWork: true });
  await payOnPhone(play, "starter", "none");
  await live(play, 6 * minuteMs);
  await live(play, 25 * 60 * minuteMs);
}

/** The money on the list, and the payment that it is of. */
export function strayOf(play: Play): { receipt: string; paymentId: string } {
  const [stray] = play.world.rows<{ receipt: string }>("SELECT receipt FROM stray_receipts");
  const [payment] = play.world.rows<{ id: string }>("SELECT id FROM payments");
  if (stray === undefined || payment === undefined) throw new Error("nothing is astray");
  return { receipt: stray.receipt, paymentId: payment.id };
}

/** Two pages to subscribe that are open at once, and both are paid. */
export async function subscribedTwice(play: Play): Promise<void> {
  const { stripe } = play.world.providers;
  for (const key of ["first", "second"]) {
    await insist(play, () => subscribe(play, amina(play), { key, plan: "pro" }, play.fate(steady)));
  }
  for (const session of [...play.payable].filter((id) => id.startsWith("cs_"))) stripe.paySession({ session });
}

function paidRow(play: Play): PaymentRow {
  const [row] = play.world.rows<PaymentRow>("SELECT * FROM payments WHERE state = 'paid'");
  if (row === undefined) throw new Error("nothing is paid");
  return row;
}

/** A payment that is known to be paid, whatever it took. */
export async function untilPaid(play: Play): Promise<PaymentRow> {
  for (let tries = 0; tries < 8; tries += 1) {
    if (play.world.rows("SELECT id FROM payments WHERE state = 'paid'").length > 0) break;
    await live(play, 20 * minuteMs);
  }
  return paidRow(play);
}

export async function subscribed(play: Play): Promise<void> {
  const { stripe } = play.world.providers;
  await insist(play, () => subscribe(play, amina(play), { key: "first", plan: "pro" }, play.fate(steady)));
  const session = [...play.payable].find((id) => id.startsWith("cs_"));
  if (session === undefined) throw new Error("there is no page to pay on");
  stripe.paySession({ session });
  await live(play);
  await live(play);
}

export function disputeOf(play: Play): string {
  const [dispute] = play.world.providers.stripe.world.all<Wire.Dispute>("dispute");
  if (dispute === undefined) throw new Error("nothing is disputed");
  return dispute.id;
}

export async function madeVideo(play: Play, scenes: number): Promise<void> {
  await insist(play, () => orderVideo(play, amina(play), { key: "video", scenes }, play.fate(steady)));
  for (let tries = 0; tries < 4 && unfinishedVideos(play).length > 0; tries += 1) {
    for (const video of unfinishedVideos(play)) {
      const { world } = play;
      play.tell(`video: ${await endVideo(play, video, null)}`);
      if (world.rows("SELECT id FROM videos WHERE settled_at_ms IS NULL").length > 0) await live(play);
    }
  }
  await live(play);
}
