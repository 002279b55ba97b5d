import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Usage } from "../../src/core/plans/plans.ts";
import {
  crashDuring,
  failureInside,
  ledgerOf,
  readBooks,
  readHistory,
  setClock,
  setHistoryWeather,
  statementOf,
} from "../simulation/ledger-world.ts";

const noon = Date.UTC(2031, 4, 10, 12);
const usage: Usage = { images: 1, speech_seconds: 10, render_seconds: 10 };
const grantOf = (id: string, credits = 10) => ({ id, type: "topup", credits, description: `Top-up ${id}` }) as const;

let tenants = 0;
const newTenant = () => `ten_outbox_${++tenants}`;

async function expectCopied(tenantId: string, count: number): Promise<void> {
  const history = await readHistory(tenantId);
  expect(history).toEqual(statementOf(tenantId, await readBooks(tenantId)));
  expect(history).toHaveLength(count);
}

const alarmDelayMs = async (tenantId: string) => ((await readBooks(tenantId)).alarmAtMs ?? Number.NaN) - Date.now();

beforeEach(() => {
  setClock(noon);
  setHistoryWeather("up");
});
afterEach(() => setHistoryWeather("up"));

describe("the copy in D1", () => {
  it("is made by the alarm a second later, whole, with captures left out", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    await ledger.grant({ ...grantOf("pay_1"), paymentId: "pay_1" });
    await ledger.hold({ id: "vid_1", credits: 8, plan: "pro", description: "Video", usage });
    await ledger.capture({ holdId: "vid_1", credits: 5, usage });
    expect(await readHistory(tenantId)).toEqual([]);
    expect(await alarmDelayMs(tenantId)).toBe(1000);

    expect(await runDurableObjectAlarm(ledger)).toBe(true);
    await expectCopied(tenantId, 3);
    const lines = (await readHistory(tenantId)).map((line) => [
      line.sequence,
      line.type,
      line.amount,
      line.balance_after,
    ]);
    expect(lines).toEqual([
      [1, "topup", 10, 10],
      [2, "usage", -8, 2],
      [3, "refund", 3, 5],
    ]);
    expect((await readBooks(tenantId)).entries).toHaveLength(4);
    expect((await readBooks(tenantId)).alarmAtMs).toBeNull();
  });

  it("is whole as soon as a drain has answered", async () => {
    const tenantId = newTenant();
    await ledgerOf(tenantId).grant(grantOf("pay_1"));
    await ledgerOf(tenantId).drainOutbox();
    await expectCopied(tenantId, 1);
  });

  it("holds each entry once, however many drains and alarms run at once", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    for (let i = 0; i < 12; i += 1) await ledger.grant(grantOf(`pay_${i}`));
    await Promise.all([
      ledger.drainOutbox(),
      runDurableObjectAlarm(ledger),
      ledger.drainOutbox(),
      ledger.grant(grantOf("pay_late")),
      ledger.drainOutbox(),
    ]);
    await ledger.drainOutbox();
    await runDurableObjectAlarm(ledger);
    await expectCopied(tenantId, 13);
  });

  it.each([1, 9, 10, 18, 19, 451])(
    "takes %d entries at once, within D1's 100 parameters a statement",
    async (count) => {
      const tenantId = newTenant();
      const ledger = ledgerOf(tenantId);
      await Promise.all(Array.from({ length: count }, (_, i) => ledger.grant(grantOf(`pay_${i}`))));
      await ledger.drainOutbox();
      await expectCopied(tenantId, count);
    },
  );

  it("does not mix tenants", async () => {
    const [one, other] = [newTenant(), newTenant()];
    for (const tenantId of [one, other]) await ledgerOf(tenantId).grant(grantOf("pay_1", tenantId === one ? 7 : 9));
    for (const tenantId of [one, other]) await ledgerOf(tenantId).drainOutbox();
    expect((await readHistory(one)).map((line) => line.amount)).toEqual([7]);
    expect((await readHistory(other)).map((line) => line.amount)).toEqual([9]);
  });
});

describe("while D1 is down", () => {
  it("credits move as ever, and the copy follows when it is back", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    setHistoryWeather("down");
    expect(await ledger.grant(grantOf("pay_1"))).toMatchObject({ ok: true, balance: 10 });
    expect(await ledger.hold({ id: "vid_1", credits: 8, plan: "pro", description: "Video", usage })).toMatchObject({
      ok: true,
    });
    expect(await ledger.capture({ holdId: "vid_1", credits: 5, usage })).toMatchObject({ ok: true, balance: 5 });
    expect(await failureInside(tenantId, (one) => one.drainOutbox())).toContain("database is down");

    for (const delayMs of [2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]) {
      expect(await runDurableObjectAlarm(ledger)).toBe(true);
      expect(await alarmDelayMs(tenantId)).toBe(delayMs);
    }
    expect(await readHistory(tenantId)).toEqual([]);

    setHistoryWeather("up");
    expect(await runDurableObjectAlarm(ledger)).toBe(true);
    await expectCopied(tenantId, 3);
    await ledger.grant(grantOf("pay_2"));
    expect(await alarmDelayMs(tenantId)).toBe(1000);
  });

  it("more entries do not put off the alarm that is set", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    await ledger.grant(grantOf("pay_1"));
    setClock(noon + 999);
    await ledger.grant(grantOf("pay_2"));
    expect(await alarmDelayMs(tenantId)).toBe(1);
  });

  it("a batch whose answer was lost is not copied twice", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    for (let i = 0; i < 11; i += 1) await ledger.grant(grantOf(`pay_${i}`));
    setHistoryWeather("answer_lost");
    await runDurableObjectAlarm(ledger);
    await runDurableObjectAlarm(ledger);
    expect((await readBooks(tenantId)).copiedThrough).toBe(0);
    await evictDurableObject(ledger);
    setHistoryWeather("up");
    await runDurableObjectAlarm(ledgerOf(tenantId));
    await expectCopied(tenantId, 11);
    expect((await readBooks(tenantId)).copiedThrough).toBe(11);
  });
});

describe("an alarm", () => {
  it("outlives an eviction", async () => {
    const tenantId = newTenant();
    await ledgerOf(tenantId).grant(grantOf("pay_1"));
    await evictDurableObject(ledgerOf(tenantId));
    expect(await runDurableObjectAlarm(ledgerOf(tenantId))).toBe(true);
    await expectCopied(tenantId, 1);
  });

  it("is there after a crash if the entry is, and not otherwise", async () => {
    const [lost, kept] = [newTenant(), newTenant()];
    await crashDuring(lost, "before_commit", (ledger) => ledger.grant(grantOf("pay_1")));
    await crashDuring(kept, "after_commit", (ledger) => ledger.grant(grantOf("pay_1")));
    expect(await readBooks(lost)).toMatchObject({ entries: [], operationIds: [], alarmAtMs: null });
    expect(await readBooks(kept)).toMatchObject({ operationIds: ["pay_1"], alarmAtMs: noon + 1000 });
    expect(await runDurableObjectAlarm(ledgerOf(kept))).toBe(true);
    await expectCopied(kept, 1);
  });

  it("that the platform lost is set again when the ledger wakes, and by the next request", async () => {
    const tenantId = newTenant();
    const loseAlarm = () => runInDurableObject(ledgerOf(tenantId), (_ledger, { storage }) => storage.deleteAlarm());
    await ledgerOf(tenantId).grant(grantOf("pay_1"));
    await loseAlarm();
    await evictDurableObject(ledgerOf(tenantId));
    expect(await alarmDelayMs(tenantId)).toBe(1000);

    await loseAlarm();
    setClock(noon + 60_000);
    expect(await ledgerOf(tenantId).grant(grantOf("pay_1"))).toMatchObject({ isRepeat: true });
    expect(await alarmDelayMs(tenantId)).toBe(0);
    await runDurableObjectAlarm(ledgerOf(tenantId));
    await expectCopied(tenantId, 1);
  });
});
