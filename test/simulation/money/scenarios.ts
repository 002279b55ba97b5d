/** The ways that money takes, each told once as nothing but good luck would have it: what may befall it is for others to say. */
import { confirmPayment } from "../../../src/core/payments/cards/confirm-payment.ts";
import { visitCheckout } from "../../../src/core/payments/cards/visit-checkout.ts";
import { orderOfPackage, orderOfPlan } from "../../../src/core/payments/orders.ts";
import { cancelSubscription } from "../../../src/core/plans/cancel-subscription.ts";
import { changePlan } from "../../../src/core/plans/change-plan.ts";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import { orderByCard } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { type Tenant, time } from "./money-world.ts";
import { refundAsOperator } from "./operator-acts.ts";
import type { PaymentRow } from "./payment-watch.ts";
import { startOnPhone } from "./phone-acts.ts";
import { checkOut, subscribe } from "./plan-acts.ts";
import type { Play } from "./play.ts";
import { consumeOne, deliver, runCronOnce, takeDue } from "./rest.ts";
import { endVideo, orderVideo, unfinishedVideos } from "./video-acts.ts";

export type Scenario = {
  name: string;
  /** What goes well, and is another scenario's to be cut off in. */
  before?: (play: Play) => Promise<unknown>;
  way: (play: Play) => Promise<void>;
  /** Fewer calls than this, and the way was not gone. */
  least: number;
  /** Whether luck decides what comes of it: then the truth alone is what its end is held against. */
  isLucky?: true;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const phone = "254708374149";
const steady = new Chance(1);

const amina = ({ world }: Play): Tenant => {
  const [first] = world.tenants;
  if (first === undefined) throw new Error("nobody is here");
  return first;
};

/** Time passes, and everything that is due has its turn once: letters, messages, alarms, the cron. */
async function live(play: Play, ms = 2 * minuteMs): Promise<void> {
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
async function insist(play: Play, first: () => Promise<string>): Promise<string> {
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

async function insistOn(play: Play, name: string, work: (tenant: Tenant) => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const word = await work(amina(play));
    play.tell(`${name}: ${word}`);
    if (word !== "died" && word !== "failed") return;
    await live(play);
  }
}

function intentOf(play: Play): Wire.PaymentIntent {
  const id = [...play.payable].find((one) => one.startsWith("pi_"));
  if (id === undefined) throw new Error("there is no payment intent");
  return play.world.providers.stripe.world.intent(id);
}

async function payStarter(play: Play): Promise<void> {
  await insist(play, () =>
    orderByCard(play, amina(play), { key: "first", body: { package_id: "starter" } }, play.fate(steady)),
  );
  play.world.providers.stripe.payIntent({ paymentIntent: intentOf(play).id });
}

async function boughtStarter(play: Play): Promise<void> {
  await payStarter(play);
  await live(play);
  await live(play);
}

function loseLetters(play: Play): void {
  play.world.providers.stripe.dropDeliveries();
  play.world.providers.daraja.takeCallbacks({ includesLater: true });
}

/** The phone rings, or is made to ring once more; then its owner pays. */
async function payOnPhone(play: Play, what: "starter" | "pro plan", mode: "normal" | "none" | "early"): Promise<void> {
  const { daraja } = play.world.providers;
  const order = what === "starter" ? orderOfPackage("starter", "KES") : orderOfPlan("pro", "KES");
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

function paidRow(play: Play): PaymentRow {
  const [row] = play.world.rows<PaymentRow>("SELECT * FROM payments WHERE state = 'paid'");
  if (row === undefined) throw new Error("nothing is paid");
  return row;
}

/** A payment that is known to be paid, whatever it took. */
async function untilPaid(play: Play): Promise<PaymentRow> {
  for (let tries = 0; tries < 8; tries += 1) {
    if (play.world.rows("SELECT id FROM payments WHERE state = 'paid'").length > 0) break;
    await live(play, 20 * minuteMs);
  }
  return paidRow(play);
}

async function subscribed(play: Play): Promise<void> {
  const { stripe } = play.world.providers;
  await insist(play, () => subscribe(play, amina(play), { key: "first", plan: "pro" }, play.fate(steady)));
  const session = [...play.payable].find((id) => id.startsWith("cs_"));
  if (session === undefined) throw new Error("there is no page to pay on");
  stripe.paySession({ session });
  await live(play);
  await live(play);
}

function disputeOf(play: Play): string {
  const [dispute] = play.world.providers.stripe.world.all<Wire.Dispute>("dispute");
  if (dispute === undefined) throw new Error("nothing is disputed");
  return dispute.id;
}

async function madeVideo(play: Play, scenes: number): Promise<void> {
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

export const scenarios: Scenario[] = [
  { name: "a payment by card, told by webhooks", least: 10, way: boughtStarter },
  {
    name: "a payment by card, told by nobody but the confirm call",
    least: 10,
    way: async (play) => {
      await payStarter(play);
      loseLetters(play);
      await insistOn(play, "confirms", async (tenant) =>
        play.wordOf(
          await play.world.request(tenant, "confirms", play.fate(steady), (context) =>
            confirmPayment(context, intentOf(play).id),
          ),
        ),
      );
      await live(play);
    },
  },
  {
    name: "a payment by card, found by the cron alone",
    least: 10,
    way: async (play) => {
      await payStarter(play);
      loseLetters(play);
      await live(play, 3 * minuteMs);
      loseLetters(play);
      await live(play, 10 * minuteMs);
    },
  },
  {
    name: "a checkout, its buyer coming back before the webhooks",
    least: 10,
    way: async (play) => {
      await insist(play, () => checkOut(play, amina(play), { key: "first", packageId: "pro" }, play.fate(steady)));
      const session = [...play.payable].find((id) => id.startsWith("cs_")) ?? "";
      play.world.providers.stripe.paySession({ session });
      await play.world.processes.run("comes back", play.fate(steady), () =>
        visitCheckout(play.world.context({ kind: "anonymous" }), session),
      );
      await live(play);
      await live(play);
    },
  },
  { name: "a payment by phone, told by its callback", least: 10, way: (play) => payOnPhone(play, "starter", "normal") },
  {
    name: "a payment by phone whose callback is early",
    least: 10,
    way: (play) => payOnPhone(play, "starter", "early"),
  },
  {
    name: "a payment by phone whose callback is lost",
    least: 10,
    isLucky: true,
    way: async (play) => {
      await payOnPhone(play, "starter", "none");
      await live(play, 3 * minuteMs);
      await live(play, 10 * minuteMs);
    },
  },
  { name: "a plan by phone", least: 10, way: (play) => payOnPhone(play, "pro plan", "normal") },
  {
    name: "a subscription, renewed and cancelled",
    least: 10,
    way: async (play) => {
      await subscribed(play);
      await live(play, 31 * dayMs);
      await live(play);
      await insistOn(play, "cancels", async (tenant) =>
        play.wordOf(
          await play.world.request(tenant, "cancels", play.fate(steady), (context) => cancelSubscription(context)),
        ),
      );
      await live(play);
    },
  },
  {
    name: "a subscription put on another plan",
    least: 10,
    before: subscribed,
    way: async (play) => {
      await live(play, 3 * dayMs);
      await insistOn(play, "changes plan", async (tenant) =>
        play.wordOf(
          await play.world.request(tenant, "changes plan", play.fate(steady), (context) =>
            changePlan(context, { plan: "premium", idempotencyKey: "change" }),
          ),
        ),
      );
      await live(play);
    },
  },
  {
    name: "refunds at the dashboard, in part, then all, of which one fails",
    least: 10,
    before: boughtStarter,
    way: async (play) => {
      const { stripe } = play.world.providers;
      const paymentIntent = intentOf(play).id;
      const part = stripe.refund({ paymentIntent, amount: 300 });
      await live(play);
      stripe.refund({ paymentIntent, status: "pending" });
      await live(play);
      stripe.failRefund({ refund: part.id });
      await live(play);
    },
  },
  {
    name: "a refund by an operator, by card",
    least: 10,
    before: boughtStarter,
    way: async (play) => {
      const row = await untilPaid(play);
      await insist(play, () => refundAsOperator(play, row, { key: "refund", amount: 500 }, play.fate(steady)));
      await live(play);
      await live(play);
    },
  },
  {
    name: "a refund by an operator, by phone",
    least: 10,
    isLucky: true,
    before: (play) => payOnPhone(play, "starter", "normal"),
    way: async (play) => {
      const row = await untilPaid(play);
      await insist(play, () => refundAsOperator(play, row, { key: "refund", amount: null }, play.fate(steady)));
      await live(play);
      await live(play);
    },
  },
  {
    name: "a dispute that takes the money and is won, and a refund after it",
    least: 10,
    before: boughtStarter,
    way: async (play) => {
      const { stripe } = play.world.providers;
      stripe.openDispute({ paymentIntent: intentOf(play).id });
      await live(play);
      stripe.closeDispute({ dispute: disputeOf(play), status: "won" });
      await live(play);
      stripe.refund({ paymentIntent: intentOf(play).id, amount: 500 });
      await live(play);
    },
  },
  {
    name: "a dispute that freezes, takes the money later, and is lost",
    least: 10,
    before: boughtStarter,
    way: async (play) => {
      const { stripe } = play.world.providers;
      stripe.openDispute({ paymentIntent: intentOf(play).id, withdraws: false });
      await live(play);
      stripe.withdrawDisputeFunds({ dispute: disputeOf(play) });
      await live(play);
      stripe.closeDispute({ dispute: disputeOf(play), status: "lost" });
      await live(play);
    },
  },
  {
    name: "a video from its charge to its settlement, of credits that are refunded meanwhile",
    least: 10,
    before: boughtStarter,
    way: async (play) => {
      await insist(play, () => orderVideo(play, amina(play), { key: "video", scenes: 12 }, play.fate(steady)));
      play.world.providers.stripe.refund({ paymentIntent: intentOf(play).id });
      await live(play);
      await madeVideo(play, 12);
    },
  },
  {
    name: "somebody signs up, and makes a video",
    least: 10,
    way: async (play) => {
      const { world } = play;
      for (let tries = 0; tries < 4; tries += 1) {
        const outcome = await world.processes.run("sign-up", play.fate(steady), () => world.signUp("carol"));
        const word = play.wordOf(outcome);
        play.tell(`carol signs up: ${word}`);
        if (word === "answered" || word === "email_taken") break;
        await live(play);
      }
      await live(play);
      await madeVideo(play, 3);
    },
  },
];
