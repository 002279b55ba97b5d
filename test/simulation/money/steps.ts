/** Everything that can happen in a schedule. `weight`: how often, beside the others. */
import {
  confirmIntent,
  disputeAtBank,
  drawIntentBody,
  forgeEvent,
  orderByCard,
  payIntent,
  readSome,
  refundAtDashboard,
} from "./card-acts.ts";
import type { Chance } from "./chance.ts";
import { consumeOne, deliver, passTime, runCronOnce, takeDue } from "./jobs.ts";
import { type Books, balanceOf } from "./ledger-rows.ts";
import { muchAtOnce } from "./meanwhile.ts";
import { time } from "./money-world.ts";
import { adjustSome, endSomeStray, refundSome, waiveSome } from "./operator-acts.ts";
import {
  answerPrompt,
  forgeCallback,
  phoneOrder,
  phonePlan,
  pickPhone,
  pollPhone,
  startOnPhone,
} from "./phone-acts.ts";
import {
  answerSession,
  changeOwnPlan,
  checkOut,
  drawPackage,
  drawPlan,
  moveSubscription,
  returnFromPage,
  subscribe,
} from "./plan-acts.ts";
import type { Play } from "./play.ts";
import { noFate } from "./processes.ts";
import { endVideo, orderVideo, unfinishedVideos } from "./video-acts.ts";

type StepKind = { weight: number; take: (play: Play, chance: Chance) => Promise<string> };

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function newKey(chance: Chance): string {
  return `key_${chance.below(1_000_000)}`;
}

/** Often all that somebody has, so that there is nothing left when it is to go back; and by those who may not spend. */
function orderSome(play: Play, chance: Chance): Promise<string> {
  const { tenants } = play.world;
  const onHold = tenants.filter(({ tenantId }) => isOnHold(play.watch.booksOf(tenantId)));
  const tenant = (chance.is(0.4) ? chance.pickOrNull(onHold) : null) ?? chance.pick(tenants);
  const books = play.watch.booksOf(tenant.tenantId);
  const has = books === undefined ? 0 : balanceOf(books, "available");
  const scenes = chance.is(0.5) ? Math.min(12, Math.max(1, has)) : chance.between(1, 12);
  return orderVideo(play, tenant, { key: newKey(chance), scenes }, play.fate(chance));
}

function isOnHold(books: Books | undefined): boolean {
  return books !== undefined && (books.frozenBy.length > 0 || balanceOf(books, "owed") < 0);
}

const ordinary = {
  "video ordered": { weight: 9, take: orderSome },
  "video ended": {
    weight: 7,
    take: async (play, chance) => {
      const video = chance.pickOrNull(unfinishedVideos(play));
      return video === null ? "none" : endVideo(play, video, chance);
    },
  },
  "phone order": {
    weight: 5,
    take: (play, chance) =>
      startOnPhone(
        play,
        chance.pick(play.world.tenants),
        { key: newKey(chance), order: phoneOrder(chance, "KES"), phone: pickPhone(play, chance) },
        play.fate(chance),
      ),
  },
  "phone plan": {
    weight: 4,
    take: (play, chance) =>
      startOnPhone(
        play,
        chance.pick(play.world.tenants),
        { key: newKey(chance), order: phonePlan(chance), phone: pickPhone(play, chance) },
        play.fate(chance),
      ),
  },
  "card order": {
    weight: 5,
    take: (play, chance) =>
      orderByCard(
        play,
        chance.pick(play.world.tenants),
        { key: newKey(chance), body: drawIntentBody(chance) },
        play.fate(chance),
      ),
  },
  "intent paid": { weight: 14, take: async (play, chance) => payIntent(play, chance) },
  "intent confirmed": { weight: 6, take: confirmIntent },
  "checkout begun": {
    weight: 3,
    take: (play, chance) =>
      checkOut(
        play,
        chance.pick(play.world.tenants),
        { key: newKey(chance), packageId: drawPackage(chance) },
        play.fate(chance),
      ),
  },
  "plan checkout begun": {
    weight: 4,
    take: (play, chance) =>
      subscribe(
        play,
        chance.pick(play.world.tenants),
        { key: newKey(chance), plan: drawPlan(chance) },
        play.fate(chance),
      ),
  },
  "page answered": { weight: 10, take: async (play, chance) => answerSession(play, chance) },
  "page left": { weight: 4, take: returnFromPage },
  "plan changed": { weight: 7, take: changeOwnPlan },
  "subscription moved": { weight: 8, take: async (play, chance) => moveSubscription(play, chance) },
  "dashboard refund": { weight: 9, take: async (play, chance) => refundAtDashboard(play, chance) },
  dispute: { weight: 12, take: async (play, chance) => disputeAtBank(play, chance) },
  "webhook forged": { weight: 2, take: forgeEvent },
  "payment read": { weight: 5, take: readSome },
  "operator refunds": { weight: 6, take: (play, chance) => refundSome(play, chance, newKey(chance)) },
  "operator adjusts": { weight: 3, take: (play, chance) => adjustSome(play, chance, newKey(chance)) },
  "operator waives": { weight: 4, take: (play, chance) => waiveSome(play, chance, newKey(chance)) },
  "operator ends a stray": { weight: 12, take: async (play, chance) => endSomeStray(play, chance, newKey(chance)) },
  "prompt answered": { weight: 14, take: async (play, chance) => answerPrompt(play, chance) },
  "callback forged": { weight: 3, take: async (play, chance) => forgeCallback(play, chance) },
  "phone status": { weight: 5, take: (play, chance) => pollPhone(play, chance) },
  "asked again": {
    weight: 8,
    take: async (play, chance) => {
      const asked = chance.pickOrNull(play.asked);
      if (asked === null) return "nothing was asked";
      return chance.is(0.4) ? play.repeatTwice(asked, chance) : play.repeat(asked, play.fate(chance));
    },
  },
  "message consumed": {
    weight: 6,
    take: async (play, chance) => {
      const words: string[] = [];
      if (chance.is(0.3)) play.world.queue = chance.shuffled(play.world.queue);
      for (let times = chance.between(1, 4); times > 0; times -= 1)
        words.push(await consumeOne(play, play.fate(chance)));
      return words.join(", ");
    },
  },
  "much at once": { weight: 12, take: muchAtOnce },
  "message lost": {
    weight: 2,
    take: async (play) => `lost ${play.world.queue.shift()?.id ?? "none"}`,
  },
  "message doubled": {
    weight: 3,
    take: async (play) => {
      const [message] = play.world.queue;
      if (message !== undefined) play.world.queue.push({ ...message, id: `${message.id} again` });
      return message?.id ?? "none";
    },
  },
  "letters delivered": {
    weight: 6,
    take: async (play, chance) => {
      play.collect(chance);
      const due = takeDue(play);
      for (const letter of chance.is(0.3) ? chance.shuffled(due) : due) await deliver(play, letter, play.fate(chance));
      return `${due.length}`;
    },
  },
  cron: { weight: 8, take: (play, chance) => runCronOnce(play, play.fate(chance)) },
  clock: {
    weight: 10,
    take: async (play, chance) => {
      const [most, unit] = chance.weighted([
        [6, [50, secondMs]],
        [6, [20, minuteMs]],
        [3, [20, hourMs]],
        [2, [4, dayMs]],
      ] as const);
      await passTime(play, chance.between(1, most) * unit + chance.below(unit), chance);
      return new Date(time.nowMs).toISOString();
    },
  },
  "weeks pass": {
    weight: 5,
    take: async (play, chance) => {
      await passTime(play, chance.between(20, 36) * dayMs + chance.below(dayMs), chance);
      return new Date(time.nowMs).toISOString();
    },
  },
  "objects evicted": {
    weight: 4,
    take: async (play, chance) => {
      play.world.ledgers.evictAll();
      if (chance.is(0.5)) play.world.providers.evictToken();
      return "all";
    },
  },
  "object crashes": {
    weight: 3,
    take: async (play, chance) => {
      const { tenantId, name } = chance.pick(play.world.tenants);
      const moment = chance.pick(["before_commit", "after_commit"] as const);
      play.world.ledgers.crashNext(tenantId, moment);
      play.note(`object crashes ${moment}`);
      return `${name}'s ledger, ${moment}`;
    },
  },
  "alarm rings": {
    weight: 3,
    take: async (play, chance) => {
      const { tenantId } = chance.pick(play.world.tenants);
      await play.world.ledgers.ring(tenantId);
      if (chance.is(0.3)) await play.world.ledgers.ring(tenantId);
      return tenantId;
    },
  },
  weather: {
    weight: 4,
    take: async (play, chance) => {
      const kind = chance.pick(["db", "ledger", "queue", "stripe", "daraja"] as const);
      play.weather[kind] = chance.pick([0, 0, 20, 60, 100]);
      play.setObjectFates(chance.is(0.2) ? () => "fails_before" : noFate);
      return `${kind} fails ${play.weather[kind]} of 100 times`;
    },
  },
} satisfies Record<string, StepKind>;

export type StepName = keyof typeof ordinary;

export const steps: Record<StepName, StepKind> = ordinary;
