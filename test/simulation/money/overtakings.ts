/** What may stand still at any of its calls while the world goes on: each with the news that overtakes it. */
import { orderOfPackage } from "../../../src/core/payments/orders.ts";
import { cancelSubscription } from "../../../src/core/plans/cancel-subscription.ts";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import { orderByCard } from "./card-acts.ts";
import { runCronOnce } from "./jobs.ts";
import { time } from "./money-world.ts";
import { refundAsOperator } from "./operator-acts.ts";
import { startOnPhone } from "./phone-acts.ts";
import type { Play } from "./play.ts";
import {
  amina,
  boughtStarter,
  disputeOf,
  intentOf,
  live,
  payOnPhone,
  payStarter,
  steady,
  subscribed,
  untilPaid,
} from "./scenario-steps.ts";
import { orderVideo } from "./video-acts.ts";

export type Overtaking = {
  name: string;
  before: (play: Play) => Promise<unknown>;
  /** What stands still, once at each of its calls. */
  slow: (play: Play) => Promise<unknown>;
  /** Of what makes so few that one that went missing would not be noticed: all of them. */
  calls?: readonly string[];
  news: (play: Play) => Promise<unknown>;
};

const phone = "254708374149";
const hourMs = 3_600_000;

const stripeOf = (play: Play) => play.world.providers.stripe;

function lastRefund(play: Play): string {
  const [refund] = stripeOf(play).world.all<Wire.Refund>("refund");
  if (refund === undefined) throw new Error("nothing was refunded");
  return refund.id;
}

function subscriptionOf(play: Play): string {
  const [subscription] = stripeOf(play).world.all<Wire.Subscription>("subscription");
  if (subscription === undefined) throw new Error("nobody subscribes");
  return subscription.id;
}

/** At a provider, and then told to us and worked on. */
const told = (act: (play: Play) => unknown) => async (play: Play) => {
  act(play);
  await live(play, 1_000);
};

function answerOpenPrompt(play: Play): void {
  const { daraja } = play.world.providers;
  const [prompt] = daraja.listPrompts({ isOpen: true });
  if (prompt !== undefined) daraja.decide(prompt.checkoutRequestId, "paid");
}

export const overtakings: Overtaking[] = [
  {
    name: "a refund that fails while it is recorded",
    before: async (play) => {
      await boughtStarter(play);
      stripeOf(play).refund({ paymentIntent: intentOf(play).id, amount: 500, status: "pending" });
    },
    slow: (play) => live(play),
    news: told((play) => stripeOf(play).failRefund({ refund: lastRefund(play) })),
  },
  {
    name: "a dispute that is won while its freeze is recorded",
    before: async (play) => {
      await boughtStarter(play);
      stripeOf(play).openDispute({ paymentIntent: intentOf(play).id, withdraws: false });
    },
    slow: (play) => live(play),
    news: told((play) => stripeOf(play).closeDispute({ dispute: disputeOf(play), status: "won" })),
  },
  {
    name: "a dispute that is won while what it took is recorded",
    before: async (play) => {
      await boughtStarter(play);
      stripeOf(play).openDispute({ paymentIntent: intentOf(play).id });
    },
    slow: (play) => live(play),
    news: told((play) => stripeOf(play).closeDispute({ dispute: disputeOf(play), status: "won" })),
  },
  {
    name: "a payment that succeeds while its failure is recorded",
    before: async (play) => {
      await payStarterNot(play);
      stripeOf(play).declineIntent({ paymentIntent: intentOf(play).id });
    },
    slow: (play) => live(play),
    news: told((play) => stripeOf(play).payIntent({ paymentIntent: intentOf(play).id })),
  },
  {
    name: "a payment that is refunded while it is credited",
    before: payStarter,
    slow: (play) => live(play),
    news: told((play) => stripeOf(play).refund({ paymentIntent: intentOf(play).id })),
  },
  {
    name: "an order that is paid while it expires",
    before: async (play) => {
      await payStarterNot(play);
      time.nowMs += 24 * hourMs;
    },
    slow: (play) => runCronOnce(play, play.fate(steady)),
    news: told((play) => {
      const { id, status } = intentOf(play);
      if (status !== "canceled") stripeOf(play).payIntent({ paymentIntent: id });
    }),
  },
  {
    name: "an order that is repeated while it is made",
    before: async () => undefined,
    slow: (play) =>
      orderByCard(play, amina(play), { key: "first", body: { package_id: "starter" } }, play.fate(steady)),
    news: async (play) => {
      const [asked] = play.asked;
      if (asked !== undefined) await play.repeat(asked, play.fate(steady));
    },
  },
  {
    name: "a subscription that ends while it is read",
    before: async (play) => {
      await subscribed(play);
      stripeOf(play).cancelSubscription({ subscription: subscriptionOf(play), when: "period_end" });
    },
    slow: (play) => live(play),
    news: told((play) => {
      const subscription = subscriptionOf(play);
      if (stripeOf(play).world.subscription(subscription).status !== "canceled") {
        stripeOf(play).cancelSubscription({ subscription, when: "now" });
      }
    }),
  },
  {
    name: "a subscription that is cancelled here while it renews",
    before: subscribed,
    slow: (play) =>
      play.world.request(amina(play), "cancels", play.fate(steady), (context) => cancelSubscription(context)),
    news: (play) => live(play, 31 * 24 * hourMs),
  },
  {
    name: "a payment by phone that is answered while it is asked for",
    before: async () => undefined,
    slow: (play) =>
      startOnPhone(
        play,
        amina(play),
        { key: "first", order: orderOfPackage("starter", "KES"), phone },
        play.fate(steady),
      ),
    news: told(answerOpenPrompt),
  },
  {
    name: "a payment by phone that is paid while M-Pesa is asked about it",
    before: async (play) => {
      await startOnPhone(
        play,
        amina(play),
        { key: "first", order: orderOfPackage("starter", "KES"), phone },
        play.fate(steady),
      );
      time.nowMs += 80_000;
    },
    slow: (play) => runCronOnce(play, play.fate(steady)),
    news: told((play) => {
      const [prompt] = play.world.providers.daraja.listPrompts();
      if (prompt !== undefined && prompt.result?.code !== "0") {
        play.world.providers.daraja.decide(prompt.checkoutRequestId, "paid");
      }
    }),
  },
  {
    name: "a refund by an operator that another one asks for, too",
    before: boughtStarter,
    slow: async (play) => refundAsOperator(play, await untilPaid(play), { key: "one", amount: 600 }, play.fate(steady)),
    news: async (play) => {
      await refundAsOperator(play, await untilPaid(play), { key: "two", amount: 600 }, play.fate(steady));
    },
  },
  {
    name: "a reversal that another operator asks for, too",
    before: async (play) => payOnPhone(play, "starter", "normal"),
    slow: async (play) =>
      refundAsOperator(play, await untilPaid(play), { key: "one", amount: null }, play.fate(steady)),
    news: async (play) => {
      await refundAsOperator(play, await untilPaid(play), { key: "two", amount: null }, play.fate(steady));
      await live(play);
    },
  },
  {
    name: "a video that is ordered while the credits for it are refunded",
    before: boughtStarter,
    slow: (play) => orderVideo(play, amina(play), { key: "video", scenes: 12 }, play.fate(steady)),
    calls: ["select plan_periods", "hold", "batch: insert videos, insert audit_log"],
    news: told((play) => stripeOf(play).refund({ paymentIntent: intentOf(play).id })),
  },
];

/** Ordered, and left to its buyer. */
async function payStarterNot(play: Play): Promise<void> {
  await orderByCard(play, amina(play), { key: "first", body: { package_id: "starter" } }, play.fate(steady));
}
