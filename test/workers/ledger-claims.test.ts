import { beforeEach, describe, expect, it } from "vitest";
import type { HoldRequest } from "../../src/core/credits/ledger.ts";
import { failureInside, ledgerOf, readBooks, setClock, visibleAmount } from "../simulation/ledger-world.ts";
import { readProblem, signUp } from "../support/api-client.ts";
import { bodyOf, readMoney, tenantIdOf } from "../support/videos.ts";

/** What refunds and disputes take back, each named after what went wrong where others built it. */

const noon = Date.UTC(2031, 4, 10, 12);
const usage = { images: 1, speech_seconds: 10, render_seconds: 10 };
const paid = 9_99;

let tenants = 0;

/** A tenant that has paid 9.99 USD for 50 credits. */
async function buyer(grant: { credits?: number; bonus?: number } = {}) {
  tenants += 1;
  const tenantId = `ten_claims_${tenants}`;
  const ledger = ledgerOf(tenantId);
  await ledger.grant({
    id: "pay_1",
    type: "purchase",
    credits: 50,
    description: "Starter",
    paymentId: "pay_1",
    ...grant,
  });
  return { tenantId, ledger };
}

const claim = (id: string, amount: number) =>
  ({ id, paymentId: "pay_1", amount, paid, description: `Claim ${id}` }) as const;
const won = (id: string) => ({ id, paymentId: "pay_1", description: `Won ${id}` });
const holdOf = (id: string, credits: number, more: Partial<HoldRequest> = {}): HoldRequest => ({
  id,
  credits,
  plan: "enterprise",
  description: `Video ${id}`,
  usage,
  ...more,
});

/** What the customer sees happen, the oldest first. */
async function linesOf(tenantId: string) {
  const { entries } = await readBooks(tenantId);
  return entries
    .filter((entry) => entry.transaction_number !== null)
    .map((entry) => [entry.type, visibleAmount(entry), entry.description]);
}

beforeEach(() => setClock(noon));

describe("parallel overspend", () => {
  it("40 holds, two refunds and a dispute at once spend and take no credit twice", async () => {
    const { tenantId, ledger } = await buyer();
    const holds = Array.from({ length: 40 }, (_, i) => ledger.hold(holdOf(`vid_${i}`, 3)));
    const claims = [claim("re_1", 3_00), claim("re_2", 3_00), claim("dp_1", 9_99)].map((one) => ledger.reclaim(one));
    const [held, taken] = [await Promise.all(holds), await Promise.all(claims)];
    const spent = held.filter((answer) => answer.ok).length * 3;
    const back = taken.reduce((sum, answer) => sum + (answer.ok ? answer.taken : 0), 0);
    expect(spent).toBe(48);
    expect(back).toBe(50);
    const statement = await ledger.readStatement({ afterSequence: 0, limit: 1 });
    expect(statement).toMatchObject({ isProven: true, balance: 0, held: 48, owed: 48 });
    expect(await ledger.readBalance()).toMatchObject({ balance: 0, held: 48, owed: 48 });
    expect((await linesOf(tenantId)).filter(([type]) => type === "adjustment")).toEqual([
      ["adjustment", -2, "Claim re_1"],
    ]);
  });
});

describe("a refund after the credits were spent", () => {
  it("takes what is there, writes down the rest, and holds spending until it is settled", async () => {
    const { tenantId, ledger } = await buyer();
    await ledger.hold(holdOf("vid_1", 40));
    await ledger.capture({ holdId: "vid_1", credits: 40, usage });
    expect(await ledger.reclaim(claim("re_1", paid))).toEqual({
      ok: true,
      taken: 50,
      owed: 40,
      balance: 0,
      isRepeat: false,
    });
    const onHold = { ok: false, code: "account_on_hold", owed: 40, reason: "owed" };
    expect(await ledger.hold(holdOf("vid_2", 1))).toEqual(onHold);
    expect(await ledger.hold(holdOf("vid_3", 0))).toEqual(onHold);

    expect(await ledger.grant({ id: "pay_2", type: "topup", credits: 60, description: "Top-up" })).toMatchObject({
      ok: true,
      balance: 20,
    });
    expect(await ledger.readBalance()).toMatchObject({ balance: 20, owed: 0 });
    expect(await linesOf(tenantId)).toEqual([
      ["purchase", 50, "Starter"],
      ["usage", -40, "Video vid_1"],
      ["adjustment", -10, "Claim re_1"],
      ["topup", 60, "Top-up"],
      ["adjustment", -40, "Collected: credits owed since a refund or a dispute"],
    ]);
    expect(await ledger.hold(holdOf("vid_2", 1))).toEqual(onHold);
    expect(await ledger.hold(holdOf("vid_4", 1))).toMatchObject({ ok: true, balance: 19 });
  });

  it("is collected from a hold that comes back, whole or in part", async () => {
    const { tenantId, ledger } = await buyer();
    for (const id of ["vid_1", "vid_2"]) await ledger.hold(holdOf(id, 25));
    expect(await ledger.reclaim(claim("re_1", paid))).toMatchObject({ taken: 50, owed: 50, balance: 0 });
    expect(await ledger.capture({ holdId: "vid_1", credits: 20, usage })).toMatchObject({ balance: 0 });
    expect(await ledger.readBalance()).toMatchObject({ balance: 0, held: 25, owed: 45 });
    expect(await ledger.release({ holdId: "vid_2", reason: "The video failed" })).toMatchObject({ balance: 0 });
    expect(await ledger.readBalance()).toMatchObject({ balance: 0, held: 0, owed: 20 });
    const words = "Collected: credits owed since a refund or a dispute";
    expect((await linesOf(tenantId)).slice(3)).toEqual([
      ["refund", 5, "Given back: the video cost less than quoted"],
      ["adjustment", -5, words],
      ["refund", 25, "The video failed"],
      ["adjustment", -25, words],
    ]);
  });

  it("is collected from what an operator gives, and forgiven when it is waived", async () => {
    const { tenantId, ledger } = await buyer();
    await ledger.hold(holdOf("vid_1", 50));
    await ledger.reclaim(claim("re_1", paid));
    const gift = { id: "adj_1", credits: 20, description: "For the trouble" };
    expect(await ledger.adjust(gift)).toEqual({ ok: true, balance: 0, isRepeat: false });
    expect(await ledger.adjust({ id: "adj_2", credits: -1, description: "Too much" })).toEqual({
      ok: false,
      code: "insufficient_credits",
      needed: 1,
      available: 0,
    });
    const before = (await linesOf(tenantId)).length;
    const waiver = { id: "wvr_1", description: "Settled by post" };
    expect(await ledger.waive(waiver)).toEqual({ ok: true, waived: 30, isRepeat: false });
    expect(await ledger.waive(waiver)).toEqual({ ok: true, waived: 30, isRepeat: true });
    expect(await ledger.waive({ id: "wvr_2", description: "Again" })).toMatchObject({ waived: 0 });
    expect(await ledger.readBalance()).toMatchObject({ balance: 0, owed: 0 });
    // A video whose credits came back is whole again: nothing is owed any more.
    expect(await ledger.release({ holdId: "vid_1", reason: "The video failed" })).toMatchObject({ balance: 50 });
    expect(await linesOf(tenantId)).toHaveLength(before + 1);
  });
});

describe("refunds and disputes of one payment", () => {
  it("a won dispute is netted before a later refund takes the same credits again", async () => {
    const { ledger } = await buyer();
    expect(await ledger.reclaim(claim("dp_1", paid))).toMatchObject({ taken: 50, balance: 0 });
    expect(await ledger.restore(won("dp_1"))).toMatchObject({ returned: 50, balance: 50 });
    expect(await ledger.reclaim(claim("re_1", paid))).toMatchObject({ taken: 50, balance: 0, owed: 0 });
    expect(await ledger.restore(won("dp_1"))).toMatchObject({ returned: 50, isRepeat: true });
    expect(await ledger.readBalance()).toMatchObject({ balance: 0, owed: 0 });
  });

  it("a dispute after a refund takes only what is left, and its winning gives back only that", async () => {
    const { ledger } = await buyer();
    expect(await ledger.reclaim(claim("re_1", 5_00))).toMatchObject({ taken: 25 });
    expect(await ledger.reclaim(claim("dp_1", paid))).toMatchObject({ taken: 25, balance: 0, owed: 0 });
    expect(await ledger.restore(won("dp_1"))).toMatchObject({ returned: 25, balance: 25 });
  });

  it("take the same in every order, with repeats in between", async () => {
    const steps = ["re_1", "re_2", "dp_1", "won"] as const;
    const orders = steps.flatMap((a) =>
      steps.flatMap((b) => steps.flatMap((c) => steps.map((d) => [a, b, c, d] as const))),
    );
    const amounts = { re_1: 3_33, re_2: 1_01, dp_1: 5_00 };
    const whole = orders.filter((order) => new Set(order).size === 4);
    expect(whole).toHaveLength(24);
    for (const order of whole) {
      const { ledger } = await buyer({ bonus: 7 });
      for (const step of [...order, ...order]) {
        if (step === "won") await ledger.restore(won("dp_1"));
        else await ledger.reclaim(claim(step, amounts[step]));
      }
      // 57 credits × 4.34 ÷ 9.99, rounded down: 24.
      expect(await ledger.readBalance(), order.join()).toMatchObject({ balance: 33, owed: 0 });
    }
  });

  it("never mix credits with money: 5.00 of 9.99 USD back are 25 of 50 credits, not 500 and not 5", async () => {
    const { ledger } = await buyer();
    expect(await ledger.reclaim(claim("re_1", 5_00))).toMatchObject({ taken: 25, balance: 25 });
  });

  it("take the bonus first, each part as a line of its own", async () => {
    const { tenantId, ledger } = await buyer({ credits: 150, bonus: 10 });
    expect(await ledger.reclaim(claim("re_1", 60))).toMatchObject({ taken: 9 });
    expect(await ledger.reclaim(claim("re_2", 40))).toMatchObject({ taken: 7 });
    expect((await linesOf(tenantId)).slice(0, 2)).toEqual([
      ["purchase", 150, "Starter"],
      ["bonus", 10, "Bonus: Starter"],
    ]);
    expect((await linesOf(tenantId)).slice(2)).toEqual([
      ["adjustment", -9, "Bonus: Claim re_1"],
      ["adjustment", -1, "Bonus: Claim re_2"],
      ["adjustment", -6, "Claim re_2"],
    ]);
    const { entries } = await readBooks(tenantId);
    expect(new Set(entries.map((entry) => entry.payment_id))).toEqual(new Set(["pay_1"]));
  });

  it("round a part down and take the whole exactly, however many parts it came in", async () => {
    const { ledger } = await buyer({ credits: 7 });
    const taken: number[] = [];
    for (let cent = 1; cent <= 3; cent += 1) {
      const answer = await ledger.reclaim({ ...claim(`re_${cent}`, 3_33), paid });
      if (answer.ok) taken.push(answer.taken);
    }
    expect(taken).toEqual([2, 2, 3]);
    expect(await ledger.reclaim(claim("re_over", 5_00))).toMatchObject({ taken: 0, owed: 0, balance: 0 });
  });

  it("are exact where numbers are not", async () => {
    const { ledger } = await buyer({ credits: 999_999_999 });
    // 999,999,999 × 29,322,548,029 ÷ 999,999,999,989 is less than 29,322,548 by a 999,999,999,989th, which a float rounds away.
    const refund = { ...claim("re_1", 29_322_548_029), paid: 999_999_999_989 };
    expect(await ledger.reclaim(refund)).toMatchObject({ taken: 29_322_547 });
  });

  it("given back first, a claim is spent: when it comes it takes nothing, and holds nothing up", async () => {
    const { tenantId, ledger } = await buyer();
    expect(await ledger.restore(won("dp_1"))).toEqual({ ok: true, returned: 0, owed: 0, balance: 50, isRepeat: false });
    expect(await ledger.reclaim(claim("dp_1", paid))).toEqual({
      ok: true,
      taken: 0,
      owed: 0,
      balance: 50,
      isRepeat: false,
    });
    expect(await ledger.reclaim(claim("dp_1", paid))).toMatchObject({ taken: 0, isRepeat: true });
    expect(await linesOf(tenantId)).toHaveLength(1);
  });

  it("given back while credits are still owed, all of it comes back and the debt is taken from it", async () => {
    const { tenantId, ledger } = await buyer();
    await ledger.hold(holdOf("vid_1", 40));
    await ledger.reclaim(claim("dp_1", paid));
    expect(await ledger.restore(won("dp_1"))).toEqual({
      ok: true,
      returned: 50,
      owed: 0,
      balance: 10,
      isRepeat: false,
    });
    expect((await linesOf(tenantId)).slice(2)).toEqual([
      ["adjustment", -10, "Claim dp_1"],
      ["adjustment", 50, "Won dp_1"],
      ["adjustment", -40, "Collected: credits owed since a refund or a dispute"],
    ]);
  });

  it("are known by their ids: another amount, payment or price is refused, other words are not", async () => {
    const { tenantId, ledger } = await buyer();
    await ledger.grant({ id: "pay_2", type: "topup", credits: 9, description: "Top-up", paymentId: "pay_2" });
    const first = await ledger.reclaim(claim("re_1", 5_00));
    const before = await readBooks(tenantId);
    for (const other of [{ amount: 5_01 }, { paymentId: "pay_2" }, { paid: 9_98 }]) {
      expect(await ledger.reclaim({ ...claim("re_1", 5_00), ...other })).toMatchObject({ code: "id_reused" });
    }
    expect(await ledger.reclaim({ ...claim("re_2", 1_00), paid: 9_98 })).toMatchObject({ code: "id_reused" });
    expect(await ledger.reclaim(claim("pay_2", 1_00))).toMatchObject({ code: "id_reused" });
    expect(await ledger.restore({ ...won("re_1"), paymentId: "pay_2" })).toEqual({
      ok: false,
      code: "unknown_payment",
    });
    expect(await ledger.reclaim({ ...claim("re_1", 5_00), description: "Said otherwise" })).toEqual({
      ...first,
      isRepeat: true,
    });
    expect(await ledger.grant({ id: "re_1", type: "bonus", credits: 1, description: "x" })).toMatchObject({
      code: "id_reused",
    });
    expect(await readBooks(tenantId)).toEqual(before);
  });

  it("of a payment nobody knows move nothing, and are taken once it was granted", async () => {
    const { ledger } = await buyer();
    const early = { ...claim("re_9", 5_00), paymentId: "pay_9" };
    expect(await ledger.reclaim(early)).toEqual({ ok: false, code: "unknown_payment" });
    expect(await ledger.restore({ ...won("re_8"), paymentId: "pay_9" })).toEqual({
      ok: false,
      code: "unknown_payment",
    });
    await ledger.grant({ id: "pay_9", type: "topup", credits: 50, description: "Top-up", paymentId: "pay_9" });
    expect(await ledger.reclaim(early)).toMatchObject({ taken: 25, isRepeat: false });
  });

  it("a payment grants once, under whatever id it comes", async () => {
    const { tenantId, ledger } = await buyer();
    const before = await readBooks(tenantId);
    const again = {
      id: "pay_again",
      type: "purchase",
      credits: 50,
      description: "Starter",
      paymentId: "pay_1",
    } as const;
    const answers = await Promise.all(Array.from({ length: 5 }, () => ledger.grant(again)));
    for (const answer of answers) {
      expect(answer).toEqual({ ok: false, code: "id_reused", detail: "this payment was granted under another id" });
    }
    expect(await readBooks(tenantId)).toEqual(before);
  });

  it.each([
    ["no money", { amount: 0 }],
    ["part of a cent", { amount: 0.5 }],
    ["money back", { amount: -1 }],
    ["a price of nothing", { paid: 0 }],
  ])("throw for %s, and move nothing", async (_name, change) => {
    const { tenantId } = await buyer();
    const before = await readBooks(tenantId);
    const sent = { ...claim("re_1", 1), ...change };
    expect(await failureInside(tenantId, (ledger) => ledger.reclaim(sent))).toContain(Object.keys(change).join());
    expect(await readBooks(tenantId)).toEqual(before);
  });
});

describe("an open dispute", () => {
  const dispute = { id: "dp_1", reason: "A payment is disputed" };

  it("holds spending, also what costs nothing, until the last one is decided", async () => {
    const { ledger } = await buyer();
    await ledger.hold(holdOf("vid_running", 5));
    await ledger.freeze(dispute);
    await ledger.freeze(dispute);
    await ledger.freeze({ ...dispute, id: "dp_2" });
    const onHold = { ok: false, code: "account_on_hold", owed: 0, reason: "dispute" };
    expect(await ledger.hold(holdOf("vid_1", 1))).toEqual(onHold);
    expect(await ledger.hold(holdOf("vid_2", 0, { plan: "premium" }))).toEqual(onHold);
    // What runs already is finished and paid.
    expect(await ledger.capture({ holdId: "vid_running", credits: 5, usage })).toMatchObject({ status: "captured" });
    await ledger.unfreeze({ id: "dp_1" });
    expect(await ledger.hold(holdOf("vid_3", 1))).toEqual(onHold);
    await ledger.unfreeze({ id: "dp_2" });
    await ledger.unfreeze({ id: "dp_2" });
    expect(await ledger.hold(holdOf("vid_4", 1))).toMatchObject({ ok: true });
    expect(await ledger.hold(holdOf("vid_1", 1))).toEqual(onHold);
  });

  it("that was decided before it was heard of freezes nothing", async () => {
    const { ledger } = await buyer();
    await ledger.unfreeze({ id: "dp_1" });
    await ledger.freeze(dispute);
    expect(await ledger.readBalance()).toMatchObject({ isFrozen: false });
    expect(await ledger.hold(holdOf("vid_1", 1))).toMatchObject({ ok: true });
  });
});

describe("a caller whose account is on hold", () => {
  it("is told so, and of what to do, for a video and for an image; nothing is charged", async () => {
    const amina = await signUp();
    const ledger = ledgerOf(await tenantIdOf(amina));
    await ledger.freeze({ id: "dp_1", reason: "A payment is disputed" });
    const words = "A payment is disputed, and nothing can be spent until that is decided. Nothing was charged.";
    expect(readProblem(await amina.post("/api/videos", bodyOf("plain")), "account_on_hold").detail).toBe(words);
    const image = { prompt: "A boat" };
    expect(readProblem(await amina.post("/api/images", image), "account_on_hold").detail).toBe(words);
    expect(JSON.parse((await amina.get("/api/credits/balance")).text)).toMatchObject({ owed: 0, on_hold: true });

    await ledger.unfreeze({ id: "dp_1" });
    await ledger.grant({ id: "pay_1", type: "topup", credits: 4, description: "Top-up", paymentId: "pay_1" });
    await ledger.hold(holdOf("vid_1", 14));
    await ledger.reclaim({ ...claim("re_1", paid), paymentId: "pay_1" });
    const owed = await amina.post("/api/videos", bodyOf("plain"));
    expect(readProblem(owed, "account_on_hold").detail).toBe(
      "A refund or a dispute took back 4 credits that were spent already. Nothing was charged; buy credits, and the first 4 settle it.",
    );
    expect(JSON.parse(owed.text)).toMatchObject({ owed: 4 });
    expect(JSON.parse((await amina.get("/api/credits/balance")).text)).toMatchObject({ owed: 4, on_hold: true });
    expect(await readMoney(amina)).toEqual({ balance: 0, held: 14, amounts: [10, 4, -14] });
  });
});

describe("the history of use", () => {
  it("tells each day's videos, quota and credits, as they are held or were charged, and nothing that was given back", async () => {
    const { ledger } = await buyer();
    await ledger.hold(holdOf("vid_old", 1));
    setClock(noon + 86_400_000);
    for (const id of ["vid_1", "vid_2", "vid_3"]) await ledger.hold(holdOf(id, 8));
    await ledger.hold(
      holdOf("img_1", 5, { isVideo: false, usage: { images: 1, speech_seconds: 0, render_seconds: 0 } }),
    );
    await ledger.capture({ holdId: "vid_1", credits: 5, usage: { images: 1, speech_seconds: 7, render_seconds: 9 } });
    await ledger.release({ holdId: "vid_2", reason: "The video failed" });
    setClock(noon + 2 * 86_400_000);
    await ledger.hold(holdOf("vid_late", 1));
    await ledger.release({ holdId: "vid_late", reason: "The video failed" });
    const today = { day: "2031-05-11", videos: 2, images: 3, speech_seconds: 17, render_seconds: 19, credits: 18 };
    expect(await ledger.readHistory({ fromDay: "2031-05-11" })).toEqual([today]);
    expect(await ledger.readHistory({ fromDay: "2031-05-10" })).toEqual([
      { day: "2031-05-10", videos: 1, images: 1, speech_seconds: 10, render_seconds: 10, credits: 1 },
      today,
    ]);
    expect(await ledger.readHistory({ fromDay: "2031-05-12" })).toEqual([]);
  });
});
