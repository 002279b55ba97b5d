import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { HoldRequest, HoldResult } from "../../src/core/credits/ledger.ts";
import type { Usage } from "../../src/core/plans/plans.ts";
import { failureInside, ledgerOf, readBooks, setClock, statementOf } from "../simulation/ledger-world.ts";

const noon = Date.UTC(2031, 4, 10, 12);
const usage: Usage = { images: 4, speech_seconds: 60, render_seconds: 60 };
const nothingOwed = { owed: 0, isFrozen: false };
const nothing: Usage = { images: 0, speech_seconds: 0, render_seconds: 0 };

let tenants = 0;
const newTenant = () => `ten_race_${++tenants}`;

function holdOf(id: string, credits: number, more: Partial<HoldRequest> = {}): HoldRequest {
  return { id, credits, plan: "pro", description: `Video ${id}`, usage, ...more };
}

async function tenantWith(credits: number): Promise<string> {
  const tenantId = newTenant();
  await ledgerOf(tenantId).grant({ id: "welcome", type: "bonus", credits, description: "Welcome" });
  return tenantId;
}

const refund = (holdId: string) => ({ holdId, reason: "The video failed" });
const usedOn = async (tenantId: string) => {
  const { daily, monthly } = await ledgerOf(tenantId).readUsage("pro");
  return [daily.used, ...monthly.map((metric) => metric.used)];
};

beforeEach(() => setClock(noon));

describe("holds at once", () => {
  it("never spend the same credit twice: 40 holds of 1 to 4 credits against 10", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    const wanted = Array.from({ length: 40 }, (_, i) => holdOf(`vid_${i}`, ((i * 7) % 4) + 1));
    const answers = await Promise.all(wanted.map((request) => ledger.hold(request)));

    let left = 10;
    const fitting = wanted.map(({ credits }) => {
      if (credits > left) return false;
      left -= credits;
      return true;
    });
    expect(answers.map((answer) => answer.ok)).toEqual(fitting);
    expect(left).toBe(0);
    for (const answer of answers) {
      if (!answer.ok) expect(answer).toMatchObject({ code: "insufficient_credits" });
    }
    expect(await ledger.readBalance()).toEqual({ balance: 0, held: 10, totalPurchased: 0, ...nothingOwed });
  });

  it("take one place of the day each, and stop at its limit", async () => {
    const tenantId = await tenantWith(100);
    const ledger = ledgerOf(tenantId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => ledger.hold(holdOf(`vid_${i}`, 1, { plan: "free" }))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(answers[3]).toEqual({
      ok: false,
      code: "quota_exceeded",
      metric: "videos_per_day",
      used: 3,
      limit: 3,
      resetsAtMs: Date.UTC(2031, 4, 11),
    });
    expect((await ledger.readBalance()).balance).toBe(97);
  });

  it("the same id six times at once is one charge and one answer", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    const answers = await Promise.all(Array.from({ length: 6 }, () => ledger.hold(holdOf("vid_1", 4))));
    expect(answers.map((answer) => answer.ok && answer.isRepeat)).toEqual([false, true, true, true, true, true]);
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, isRepeat: null }))).size).toBe(1);
    expect(await ledger.readBalance()).toMatchObject({ balance: 6, held: 4 });
    expect(await usedOn(tenantId)).toEqual([1, 4, 60, 60]);
  });
});

describe("one id, one request", () => {
  it.each<[string, Partial<HoldRequest>, string]>([
    ["other credits", { credits: 5 }, "credits"],
    ["other words", { description: "Other" }, "description"],
    ["other usage", { usage: { ...usage, images: 5 } }, "usage"],
  ])("%s are refused and move nothing", async (_name, change, field) => {
    const tenantId = await tenantWith(20);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 4));
    const before = await readBooks(tenantId);
    expect(await ledger.hold(holdOf("vid_1", 4, change))).toEqual({
      ok: false,
      code: "id_reused",
      detail: `this id already names another hold: ${field} differ`,
    });
    expect(await readBooks(tenantId)).toEqual(before);
    expect(await ledger.hold(holdOf("vid_1", 4))).toMatchObject({ ok: true, isRepeat: true });
  });

  it("the same hold after a change of plan is a repeat, and counts for nothing more", async () => {
    const tenantId = await tenantWith(20);
    const ledger = ledgerOf(tenantId);
    const first = await ledger.hold(holdOf("vid_1", 4));
    expect(first).toMatchObject({ ok: true, daily: { limit: 20 } });
    expect(await ledger.hold(holdOf("vid_1", 4, { plan: "premium" }))).toEqual({ ...first, isRepeat: true });
    expect(await usedOn(tenantId)).toEqual([1, 4, 60, 60]);
  });

  it("a grant's id cannot name a hold, nor the other way round", async () => {
    const tenantId = await tenantWith(20);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 4));
    expect(await ledger.hold(holdOf("welcome", 4))).toMatchObject({ code: "id_reused" });
    const grant = { id: "vid_1", type: "topup", credits: 4, description: "Top-up" } as const;
    expect(await ledger.grant(grant)).toMatchObject({ code: "id_reused" });
    expect((await ledger.readBalance()).balance).toBe(16);
  });

  it("a payment credits once, whatever is repeated, and after being evicted too", async () => {
    const tenantId = newTenant();
    const grant = { id: "pay_1", type: "purchase", credits: 50, description: "Starter", paymentId: "pay_1" } as const;
    const ledger = ledgerOf(tenantId);
    const answers = await Promise.all([ledger.grant(grant), ledger.grant(grant), ledger.grant(grant)]);
    expect(answers.map((answer) => answer.ok && answer.isRepeat)).toEqual([false, true, true]);
    await evictDurableObject(ledger);
    expect(await ledgerOf(tenantId).grant(grant)).toEqual({ ok: true, balance: 50, isRepeat: true });
    expect(await ledgerOf(tenantId).grant({ ...grant, paymentId: "pay_2" })).toMatchObject({ code: "id_reused" });
    expect(await ledgerOf(tenantId).readBalance()).toEqual({
      balance: 50,
      held: 0,
      totalPurchased: 50,
      ...nothingOwed,
    });
  });

  it("a refused hold stays refused after a top-up: its id is burned, another one is not", async () => {
    const tenantId = await tenantWith(3);
    const ledger = ledgerOf(tenantId);
    const refused: HoldResult = { ok: false, code: "insufficient_credits", needed: 4, available: 3 };
    expect(await ledger.hold(holdOf("vid_1", 4))).toEqual(refused);
    await ledger.grant({ id: "pay_1", type: "topup", credits: 50, description: "Top-up" });
    expect(await ledger.hold(holdOf("vid_1", 4))).toEqual(refused);
    expect((await ledger.readBalance()).balance).toBe(53);
    expect(await usedOn(tenantId)).toEqual([0, 0, 0, 0]);
    expect(await ledger.findHold("vid_1")).toBeNull();
    expect(await ledger.hold(holdOf("vid_2", 4))).toMatchObject({ ok: true, balance: 49 });
  });

  it("a hold refused by a limit stays refused the next day", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    for (const id of ["vid_1", "vid_2", "vid_3"]) await ledger.hold(holdOf(id, 1, { plan: "free" }));
    const refused = await ledger.hold(holdOf("vid_4", 1, { plan: "free" }));
    expect(refused).toMatchObject({ metric: "videos_per_day" });
    setClock(noon + 86_400_000);
    expect(await ledger.hold(holdOf("vid_4", 1, { plan: "free" }))).toEqual(refused);
    expect(await ledger.hold(holdOf("vid_5", 1, { plan: "free" }))).toMatchObject({ ok: true });
  });
});

describe("settlements", () => {
  it("of captures and releases at once exactly one happens, and all hear which", async () => {
    for (const isCaptureFirst of [true, false]) {
      const tenantId = await tenantWith(10);
      const ledger = ledgerOf(tenantId);
      await ledger.hold(holdOf("vid_1", 8));
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          (i % 2 === 0) === isCaptureFirst
            ? ledger.capture({ holdId: "vid_1", credits: 5, usage })
            : ledger.release(refund("vid_1")),
        ),
      );
      const [status, creditsCharged, balance] = isCaptureFirst ? ["captured", 5, 5] : ["released", 0, 10];
      const expected = (isRepeat: boolean) => ({ ok: true, status, creditsCharged, balance, isRepeat });
      expect(answers).toEqual([false, true, true, true, true, true].map(expected));
      expect(await ledger.readBalance()).toMatchObject({ balance, held: 0 });
      expect(await ledger.findHold("vid_1")).toEqual({ status, credits: 8, creditsCharged });
    }
  });

  it("answers a later settlement as it answered the first, whatever the balance is by then", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 8));
    await ledger.release(refund("vid_1"));
    await ledger.hold(holdOf("vid_2", 7));
    expect(await ledger.release(refund("vid_1"))).toMatchObject({ balance: 10, isRepeat: true });
    expect(await ledger.capture({ holdId: "vid_1", credits: 8, usage })).toMatchObject({
      status: "released",
      balance: 10,
    });
    expect((await ledger.readBalance()).balance).toBe(3);
  });

  it("charges for what was made, and gives back the rest with its quota", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 8));
    await ledger.capture({ holdId: "vid_1", credits: 5, usage: { images: 4, speech_seconds: 41, render_seconds: 45 } });
    expect(await usedOn(tenantId)).toEqual([1, 4, 41, 45]);
    const statement = statementOf(tenantId, await readBooks(tenantId));
    expect(statement.map((line) => [line.sequence, line.type, line.amount, line.balance_after, line.video_id])).toEqual(
      [
        [1, "bonus", 10, 10, null],
        [2, "usage", -8, 2, "vid_1"],
        [3, "refund", 3, 5, "vid_1"],
      ],
    );
  });

  it("does not know a hold that was never accepted", async () => {
    const tenantId = await tenantWith(1);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 2));
    for (const id of ["vid_1", "vid_2"]) {
      expect(await ledger.capture({ holdId: id, credits: 0, usage: nothing })).toEqual({
        ok: false,
        code: "unknown_hold",
      });
      expect(await ledger.release(refund(id))).toEqual({ ok: false, code: "unknown_hold" });
      expect(await ledger.findHold(id)).toBeNull();
    }
  });

  it("throws when more is captured than was held, and moves nothing", async () => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_1", 4));
    const before = await readBooks(tenantId);
    expect(await failureInside(tenantId, (one) => one.capture({ holdId: "vid_1", credits: 5, usage }))).toContain(
      "at most the credits",
    );
    const tooLong = { ...usage, speech_seconds: 61 };
    expect(
      await failureInside(tenantId, (one) => one.capture({ holdId: "vid_1", credits: 4, usage: tooLong })),
    ).toContain("at most the speech");
    expect(await readBooks(tenantId)).toEqual(before);
    expect(await ledger.findHold("vid_1")).toMatchObject({ status: "held" });
  });

  it("counts a video that costs nothing, and tells of it in the history; nothing of it comes back", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    const free = (id: string) => holdOf(id, 0, { plan: "premium" });
    expect(await ledger.hold(free("vid_1"))).toMatchObject({ ok: true, balance: 0, daily: { used: 1, limit: 50 } });
    await ledger.hold(free("vid_2"));
    await ledger.release(refund("vid_2"));
    expect(await ledger.capture({ holdId: "vid_1", credits: 0, usage: nothing })).toMatchObject({ creditsCharged: 0 });
    expect(await usedOn(tenantId)).toEqual([1, 0, 0, 0]);
    const lines = statementOf(tenantId, await readBooks(tenantId));
    expect(lines.map((line) => [line.type, line.amount, line.balance_after, line.video_id])).toEqual([
      ["usage", 0, 0, "vid_1"],
      ["usage", 0, 0, "vid_2"],
    ]);
  });
});

describe("days and months", () => {
  it("a released hold gives its place back to the day and month it was counted in, not to today's", async () => {
    const tenantId = await tenantWith(100);
    const ledger = ledgerOf(tenantId);
    setClock(Date.UTC(2031, 4, 31, 23, 59, 59, 999));
    await ledger.hold(holdOf("vid_may", 5));
    await ledger.hold(holdOf("vid_may_2", 5));
    expect(await usedOn(tenantId)).toEqual([2, 8, 120, 120]);

    setClock(Date.UTC(2031, 5, 1));
    expect(await usedOn(tenantId)).toEqual([0, 0, 0, 0]);
    await ledger.hold(holdOf("vid_june", 5));
    await ledger.release(refund("vid_may"));
    expect(await usedOn(tenantId)).toEqual([1, 4, 60, 60]);

    await ledger.capture({ holdId: "vid_may_2", credits: 5, usage: { ...usage, images: 1 } });
    setClock(Date.UTC(2031, 4, 31, 12));
    expect(await usedOn(tenantId)).toEqual([1, 1, 60, 60]);
  });

  it("a given-back place can be taken again the same day", async () => {
    const tenantId = await tenantWith(100);
    const ledger = ledgerOf(tenantId);
    const free = (id: string) => holdOf(id, 1, { plan: "free" });
    for (const id of ["vid_1", "vid_2", "vid_3"]) await ledger.hold(free(id));
    await ledger.release(refund("vid_2"));
    expect(await ledger.hold(free("vid_4"))).toMatchObject({ ok: true, daily: { used: 3 } });
    expect(await ledger.hold(free("vid_5"))).toMatchObject({ ok: false, metric: "videos_per_day" });
  });

  it("says when each limit resets", async () => {
    const tenantId = newTenant();
    setClock(Date.UTC(2031, 11, 31, 23));
    const { daily, monthly } = await ledgerOf(tenantId).readUsage("free");
    expect(daily).toEqual({ used: 0, limit: 3, resetsAtMs: Date.UTC(2032, 0, 1) });
    expect(monthly[0]).toEqual({ metric: "images", used: 0, limit: 500, resetsAtMs: Date.UTC(2032, 0, 1) });
  });
});

describe("the second wall", () => {
  const entryOf = (move: string) =>
    `INSERT INTO entries (id, transaction_number, operation_id, balance_after, description, created_at_ms, hash, type, debit, credit, amount)
     VALUES ('trx_x', 99, 'welcome', 0, 'x', 0, printf('%064d', 0), ${move})`;

  it.each([
    ["an entry is changed", "UPDATE entries SET amount = 1"],
    ["an entry is deleted", "DELETE FROM entries"],
    ["an answer is changed", "UPDATE operations SET answer = '{}'"],
    ["an id is forgotten", "DELETE FROM operations"],
    ["a hold is forgotten", "DELETE FROM holds"],
    ["a settled hold is opened again", "UPDATE holds SET status = 'held' WHERE id = 'vid_done'"],
    [
      "more is charged than was held",
      "UPDATE holds SET credits_charged = 5, status = 'captured' WHERE id = 'vid_open'",
    ],
    ["a balance goes below zero", "UPDATE accounts SET debits = credits + 1 WHERE name = 'available'"],
    ["a counter goes below zero", "UPDATE counters SET used = -1"],
    ["more is posted than there is", entryOf("'usage', 'available', 'held', 1000")],
    ["something else than usage moves nothing", entryOf("'adjustment', 'available', 'issued', 0")],
    ["credits move as they never do", entryOf("'adjustment', 'held', 'owed', 1")],
    ["a move that customers see is hidden", entryOf("'shortfall', 'available', 'issued', 1")],
    ["more is owed back than is owed", "UPDATE accounts SET credits = debits + 1 WHERE name = 'owed'"],
    ["a payment is forgotten", "DELETE FROM payments"],
    ["a payment has granted more", "UPDATE payments SET credits = credits + 1"],
    ["more is taken of a payment than it granted", "UPDATE payments SET taken = credits + bonus + 1"],
    ["a payment was paid otherwise", "UPDATE payments SET paid = paid + 1"],
    ["a claim is forgotten", "DELETE FROM claims"],
    ["a claim is of other money", "UPDATE claims SET amount = amount + 1"],
    ["a restored claim stands again", "UPDATE claims SET restore_answer = NULL"],
    ["a freeze is forgotten", "DELETE FROM freezes"],
    ["a freeze that ended is on again", "UPDATE freezes SET is_on = 1"],
  ])("refuses when %s", async (_name, statement) => {
    const tenantId = await tenantWith(10);
    const ledger = ledgerOf(tenantId);
    await ledger.hold(holdOf("vid_open", 4));
    await ledger.hold(holdOf("vid_done", 4));
    await ledger.release(refund("vid_done"));
    await ledger.grant({ id: "pay_1", type: "topup", credits: 10, description: "Top-up", paymentId: "pay_1" });
    const claim = { id: "re_1", paymentId: "pay_1", description: "Refund" };
    await ledger.reclaim({ ...claim, amount: 1, paid: 10 });
    await ledger.restore(claim);
    await ledger.freeze({ id: "dp_1", reason: "Dispute" });
    await ledger.unfreeze({ id: "dp_1" });
    const before = await readBooks(tenantId);
    await runInDurableObject(ledger, (_ledger, { storage }) => {
      expect(() => storage.sql.exec(statement)).toThrow(/append-only|for ever|settles once|ends once|CHECK constraint/);
    });
    expect(await readBooks(tenantId)).toEqual(before);
  });
});
