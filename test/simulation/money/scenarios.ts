/** The ways that money takes, each told once as nothing but good luck would have it: what may befall it is for others to say. */
import { confirmPayment } from "../../../src/core/payments/cards/confirm-payment.ts";
import { visitCheckout } from "../../../src/core/payments/cards/visit-checkout.ts";
import { cancelSubscription } from "../../../src/core/plans/cancel-subscription.ts";
import { changePlan } from "../../../src/core/plans/change-plan.ts";
import { creditStray, refundAsOperator } from "./operator-acts.ts";
import { checkOut } from "./plan-acts.ts";
import type { Play } from "./play.ts";
import {
  amina,
  boughtStarter,
  dayMs,
  disputeOf,
  insist,
  insistOn,
  intentOf,
  live,
  loseLetters,
  madeVideo,
  minuteMs,
  payOnPhone,
  payStarter,
  steady,
  strayOf,
  strayOnPhone,
  subscribed,
  subscribedTwice,
  untilPaid,
} from "./scenario-steps.ts";
import { orderVideo } from "./video-acts.ts";

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
  { name: "a plan by phone", least: 10, way: (play) => payOnPhone(play, "pro", "normal") },
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
    name: "a stray receipt that an operator gives to its payment",
    least: 3,
    before: strayOnPhone,
    way: async (play) => {
      await insist(play, () => creditStray(play, { ...strayOf(play), key: "stray" }, play.fate(steady)));
      await live(play);
    },
  },
  {
    name: "two pages to subscribe, both paid",
    least: 20,
    before: subscribedTwice,
    way: async (play) => {
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
    name: "a video that costs nothing, ordered by somebody who owes credits",
    least: 2,
    before: async (play) => {
      await boughtStarter(play);
      await madeVideo(play, 12);
      play.world.providers.stripe.refund({ paymentIntent: intentOf(play).id });
      await live(play);
      await payOnPhone(play, "premium", "normal");
    },
    way: async (play) => {
      const word = await insist(play, () =>
        orderVideo(play, amina(play), { key: "free", scenes: 3 }, play.fate(steady)),
      );
      if (word !== "account_on_hold") throw new Error(`somebody who owes was ${word}`);
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
