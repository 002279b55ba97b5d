/** M-Pesa's own list of what it has received, held against our payments. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { matchReceipts } from "../../src/core/payments/phones/match-receipts.ts";
import type { PhonePayments, ReceivedPayment } from "../../src/core/payments/phones/phone-payments.ts";
import { readEnv } from "../../src/env.ts";
import { systemContext } from "../../src/wiring.ts";
import type { Transaction } from "../stand-ins/daraja/world.ts";
import {
  creditsOf,
  hourMs,
  type MpesaWorld,
  minuteMs,
  mpesaWorld,
  newPhone,
  pullReceipts,
  registerPulls,
  ring,
  rowOf,
  secondMs,
} from "../support/mpesa.ts";

let world: MpesaWorld;
const gained = async () => (await creditsOf(world.amina)).slice(1);

beforeAll(async () => {
  world = await mpesaWorld();
  await registerPulls(world);
});
beforeEach(async () => {
  await world.turnPage();
  await world.daraja.callbacks();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.daraja.act("clear-faults");
  vi.useRealTimers();
});

const pullNow = () => pullReceipts(world);

async function lostPayment() {
  const phone = newPhone();
  const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
  const [prompt] = await world.daraja.prompts({ phone });
  return {
    phone,
    id,
    request: request ?? "",
    reference: prompt?.accountReference ?? "",
    url: prompt?.callBackUrl ?? "",
  };
}
const receiptOf = async (phone: string) =>
  (await world.daraja.transactions()).find((one) => one.phone === phone)?.receipt ?? "";
const strayOf = (receipt: string) =>
  env.DB.prepare("SELECT * FROM stray_receipts WHERE receipt = ?").bind(receipt).first<Record<string, unknown>>();

describe("a receipt on M-Pesa's list", () => {
  it("is filled in where the payment is paid and has none", async () => {
    const { phone, id } = await lostPayment();
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.daraja.callbacks();
    await world.pass(90 * secondMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: null });
    await pullNow();
    expect(await rowOf(id)).toMatchObject({ receipt: await receiptOf(phone), attention: null });
    expect(await strayOf(await receiptOf(phone))).toBeNull();
    await pullNow();
    expect(await gained()).toEqual([100]);
  });

  it("proves a payment paid that everybody took for failed, together with the query", async () => {
    const { phone, id, request, url } = await lostPayment();
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.daraja.callbacks();
    const { callback } = await world.daraja.act<{ callback: { url: string; body: string } }>("forge-callback", {
      which: request,
      resultCode: "1032",
      url,
    });
    await world.post(callback);
    await world.queue.deliverAll();
    await env.DB.prepare("UPDATE payments SET next_check_at_ms = NULL WHERE id = ?").bind(id).run();
    expect(await rowOf(id)).toMatchObject({ state: "failed" });
    await pullNow();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: await receiptOf(phone), failureCode: null });
    expect(await gained()).toEqual([100]);
  });

  it("settles what a callback told of another amount", async () => {
    const { phone, id } = await lostPayment();
    await world.daraja.act("callback-mode", { which: phone, modes: ["wrong_amount"] });
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: "amount_differs" });
    await pullNow();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: await receiptOf(phone) });
    expect(await gained()).toEqual([100]);
  });

  it("of a payment that cannot be asked about is a person's, until its callback comes after all", async () => {
    const phone = newPhone();
    await world.daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "drop", afterWork: true });
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const late = await world.daraja.callbacks();
    await pullNow();
    expect(await rowOf(id)).toMatchObject({ state: "expired", receipt: null });
    expect(await strayOf(await receiptOf(phone))).toMatchObject({ amount: 2500_00, resolution: null });
    for (const delivery of late) await world.post(delivery);
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: await receiptOf(phone) });
    await pullNow();
    expect(await strayOf(await receiptOf(phone))).toMatchObject({ resolution: `belongs to ${id}` });
    expect(await gained()).toEqual([100]);
  });

  it("of nobody's payment is a person's, once", async () => {
    const { transaction } = await world.daraja.act<{ transaction: Transaction }>("pay-c2b", {
      phone: newPhone(),
      amount: 777,
      account: "my rent",
    });
    await pullNow();
    await pullNow();
    expect(await strayOf(transaction.receipt)).toMatchObject({
      amount: 777_00,
      reference: "my rent",
      resolution: null,
      paid_at_ms: expect.any(Number),
    });
  });

  it("that names a payment which M-Pesa says is not paid is a person's", async () => {
    const { phone, id, reference } = await lostPayment();
    await world.daraja.act("decide", { which: phone, outcome: "cancelled" });
    await world.callBack();
    const paid = { phone, amount: 2500, account: reference };
    const { transaction } = await world.daraja.act<{ transaction: Transaction }>("pay-c2b", paid);
    await pullNow();
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      receipt: null,
      attention: expect.stringContaining(transaction.receipt),
    });
    expect(await strayOf(transaction.receipt)).not.toBeNull();
    expect(await gained()).toEqual([]);
  });

  it("of another amount than its payment is a person's", async () => {
    const { phone, id, reference } = await lostPayment();
    await world.daraja.act("decide", { which: phone, outcome: "cancelled" });
    await world.callBack();
    await world.daraja.act("pay-c2b", { phone, amount: 2499, account: reference.toLowerCase() });
    await pullNow();
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      attention: expect.stringMatching(/KES 2499 .* KES 2500/),
    });
    expect(await gained()).toEqual([]);
  });

  it("that is younger than a quarter of an hour waits for its callback", async () => {
    const { transaction } = await world.daraja.act<{ transaction: Transaction }>("pay-c2b", {
      phone: newPhone(),
      amount: 778,
      account: "x",
    });
    await world.pass(5 * minuteMs);
    await env.DB.prepare("DELETE FROM receipt_pulls").run();
    await world.runCron();
    expect(await strayOf(transaction.receipt)).toBeNull();
  });

  it("is found on whichever page it stands", async () => {
    const receipts: string[] = [];
    for (let count = 0; count < 105; count += 1) {
      const body = { phone: newPhone(), amount: 10, account: `page ${count}` };
      receipts.push((await world.daraja.act<{ transaction: Transaction }>("pay-c2b", body)).transaction.receipt);
    }
    await pullNow();
    for (const receipt of receipts) expect(await strayOf(receipt)).not.toBeNull();
  });
});

describe("the list", () => {
  const nextAtMs = () => env.DB.prepare("SELECT next_at_ms FROM receipt_pulls").first<number>("next_at_ms");

  it("is read twice a day", async () => {
    await world.runCron();
    expect(await nextAtMs()).toBe(world.now() + 12 * hourMs);
    await world.pass(hourMs);
    await world.runCron();
    expect(await nextAtMs()).toBe(world.now() + 11 * hourMs);
    await world.pass(11 * hourMs);
    await world.runCron();
    expect(await nextAtMs()).toBe(world.now() + 12 * hourMs);
  });

  it.each([["html"], ["drop"], ["empty"]])("that does not come (%s) is asked for again in an hour", async (kind) => {
    await world.daraja.act("fault", { path: "/pulltransactions/v1/query", times: 1, kind });
    await world.runCron();
    expect(await nextAtMs()).toBe(world.now() + hourMs);
  });

  it("that is not to be had, as in the sandbox, is left alone for half a day", async () => {
    const sandbox = await mpesaWorld();
    await sandbox.runCron();
    expect(await nextAtMs()).toBe(sandbox.now() + 12 * hourMs);
    await world.pass(0);
  });
});

describe("a receipt without a reference, as tills have them,", () => {
  /** The list as a till's is: nothing in it names a payment. */
  async function pullRows(rows: Omit<ReceivedPayment, "reference">[]): Promise<void> {
    const context = systemContext(readEnv({ ...env, MPESA_API_BASE: world.daraja.base }), "a test");
    const { phones } = context.deps;
    if (phones === null) throw new Error("M-Pesa is set up in tests");
    const till: PhonePayments = { ...phones, pull: async () => rows.map((row) => ({ ...row, reference: null })) };
    await env.DB.prepare("DELETE FROM receipt_pulls").run();
    await matchReceipts({ ...context, deps: { ...context.deps, phones: till } });
  }
  async function paidWithoutReceipt() {
    const { phone, id } = await lostPayment();
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.daraja.callbacks();
    const paidAtMs = world.now();
    await world.pass(90 * secondMs);
    await world.runCron();
    return { phone, id, paidAtMs };
  }
  const masked = (phone: string) => `${phone.slice(0, 4)} ***** ${phone.slice(-3)}`;

  it("belongs to the one payment of its amount, time and what is shown of the phone", async () => {
    const { phone, id, paidAtMs } = await paidWithoutReceipt();
    const receipt = `STILL${id.slice(-5)}`.toUpperCase();
    await pullRows([{ receipt, amount: 2500, phone: masked(phone), paidAtMs }]);
    expect(await rowOf(id)).toMatchObject({ receipt });
  });

  it.each([
    ["another phone", { phone: masked("254799999998") }],
    ["no phone at all", { phone: null }],
    ["another amount", { amount: 2475 }],
    ["another time", { paidAtMs: 0 }],
  ])("belongs to none by %s, and is a person's", async (_what, differs) => {
    const { phone, id, paidAtMs } = await paidWithoutReceipt();
    const receipt = `SNONE${id.slice(-5)}`.toUpperCase();
    await pullRows([{ receipt, amount: 2500, phone: masked(phone), paidAtMs, ...differs }]);
    expect(await rowOf(id)).toMatchObject({ receipt: null });
    expect(await strayOf(receipt)).not.toBeNull();
  });
});
