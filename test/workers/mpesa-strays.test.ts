/** Money that no payment explains, and what an operator does about it. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { adminPaymentEnvelope, settledReceiptAnswer, stuckAnswer } from "../../src/contract/admin.ts";
import type { Transaction } from "../stand-ins/daraja/world.ts";
import { type Reply, read, readProblem, type Tenant } from "../support/api-client.ts";
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
} from "../support/mpesa.ts";
import { signUpOperator } from "../support/payment-rows.ts";

let world: MpesaWorld;
let operator: Tenant;
const gained = async () => (await creditsOf(world.amina)).slice(1);
const strayOf = (receipt: string) =>
  env.DB.prepare("SELECT resolution FROM stray_receipts WHERE receipt = ?").bind(receipt).first<string>("resolution");
const auditsOf = async (receipt: string) =>
  (await env.DB.prepare("SELECT action, details FROM audit_log WHERE target = ?").bind(receipt).all()).results;

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

const act = (verb: "credit" | "settle", receipt: string, body: object, headers = {}): Promise<Reply> =>
  operator.post(`/api/admin/stray-receipts/${receipt}/${verb}`, body, headers);
const masked = (phone: string) => `0${phone.slice(3, 6)}****${phone.slice(-3)}`;
const creditBody = (payment: { id: string; phone: string }) => ({
  payment_id: payment.id,
  payer_phone: masked(payment.phone),
  reason: "the payer showed its message",
});

/** Paid by a prompt whose request was never answered and whose callback is held back: M-Pesa's list alone has it. */
async function strayPayment(order: Parameters<typeof ring>[2] = {}) {
  const phone = newPhone();
  await world.daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "drop", afterWork: true });
  const { payment_id: id } = await ring(world.amina, phone, order);
  await world.daraja.act("decide", { which: phone, outcome: "paid" });
  const late = await world.daraja.callbacks();
  await pullReceipts(world);
  operator = await signUpOperator();
  const receipt = (await world.daraja.transactions()).find((one) => one.phone === phone)?.receipt ?? "";
  expect(await rowOf(id)).toMatchObject({ state: "expired", receipt: null });
  expect(await strayOf(receipt)).toBeNull();
  return { id, phone, receipt, late };
}

/** What somebody paid by hand. */
async function payByHand(phone: string, amount: number, account: string): Promise<string> {
  const paid = { phone, amount, account };
  const { transaction } = await world.daraja.act<{ transaction: Transaction }>("pay-c2b", paid);
  return transaction.receipt;
}

async function failedPayment() {
  const phone = newPhone();
  const { payment_id: id } = await ring(world.amina, phone);
  const [prompt] = await world.daraja.prompts({ phone });
  await world.daraja.act("decide", { which: phone, outcome: "cancelled" });
  await world.callBack();
  expect(await rowOf(id)).toMatchObject({ state: "failed" });
  return { id, phone, reference: prompt?.accountReference ?? "" };
}

async function deliver(deliveries: { url: string; body: string }[]): Promise<void> {
  for (const delivery of deliveries) await world.post(delivery);
  await world.queue.deliverAll();
}

describe("a stray receipt that an operator gives to its payment", () => {
  it("credits it once, whoever repeats it and whatever M-Pesa tells later, and is off the list", async () => {
    const stray = await strayPayment();
    const { id, receipt, late } = stray;
    const replies = await Promise.all([1, 2, 3].map(() => act("credit", receipt, creditBody(stray))));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { payment } = read(await act("credit", receipt, creditBody(stray)), 200, adminPaymentEnvelope);
    expect(payment).toMatchObject({ id, status: "paid", receipt, tenant_id: (await rowOf(id)).tenantId });
    expect(await rowOf(id)).toMatchObject({ state: "paid", failureCode: null, nextCheckAtMs: null });
    expect(await gained()).toEqual([100]);
    await deliver(late);
    await pullReceipts(world);
    expect(await gained()).toEqual([100]);
    expect(await strayOf(receipt)).toBe(`belongs to ${id}`);
    expect(await auditsOf(receipt)).toEqual([
      {
        action: "receipt.credit",
        details: JSON.stringify({ payment: id, amount: 2500_00, reason: "the payer showed its message" }),
      },
    ]);
    operator = await signUpOperator();
    const stuck = read(await operator.get("/api/admin/stuck"), 200, stuckAnswer);
    expect(stuck.stray_receipts.data.map((one) => one.receipt)).not.toContain(receipt);
  });

  it("is the payment's that the payer named by hand, hours after its prompt", async () => {
    const { id, phone, reference } = await failedPayment();
    await world.pass(3 * hourMs);
    const receipt = await payByHand(phone, 2500, reference);
    await pullReceipts(world);
    operator = await signUpOperator();
    read(await act("credit", receipt, creditBody({ id, phone })), 200, adminPaymentEnvelope);
    expect(await gained()).toEqual([100]);
  });

  it("only names the receipt of a payment that is paid already", async () => {
    const { id, phone, receipt, late } = await strayPayment();
    const withoutReceipt = late.map(({ url, body }) => ({
      url,
      body: body.replaceAll("MpesaReceiptNumber", "Unknown"),
    }));
    await env.DB.prepare("UPDATE payments SET claimed_receipt = NULL WHERE id = ?").bind(id).run();
    await deliver(withoutReceipt);
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: null });
    read(await act("credit", receipt, creditBody({ id, phone })), 200, adminPaymentEnvelope);
    expect(await rowOf(id)).toMatchObject({ receipt });
    expect(await strayOf(receipt)).toBe(`belongs to ${id}`);
    expect(await gained()).toEqual([100]);
  });

  it("of two payments that fit goes to one alone, also at the same moment", async () => {
    const first = await failedPayment();
    const receipt = await payByHand(first.phone, 2500, "my rent");
    const { payment_id: id } = await ring(world.amina, first.phone);
    await world.daraja.act("decide", { which: first.phone, outcome: "cancelled" });
    await world.callBack();
    await pullReceipts(world);
    operator = await signUpOperator();
    const replies = await Promise.all([
      act("credit", receipt, creditBody(first)),
      act("credit", receipt, creditBody({ id, phone: first.phone })),
      act("settle", receipt, { reason: "sent back at the portal" }),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const owners = [await rowOf(first.id), await rowOf(id)].filter((row) => row.receipt === receipt);
    const isSettled = (await strayOf(receipt))?.startsWith("by hand");
    expect(owners).toHaveLength(isSettled ? 0 : 1);
    expect(await gained()).toEqual(isSettled ? [] : [100]);
    expect(await auditsOf(receipt)).toHaveLength(1);
  });

  it.each<[string, (stray: { id: string; phone: string }) => Partial<ReturnType<typeof creditBody>>]>([
    [
      "another payer",
      ({ phone }) => ({ payer_phone: masked(`${phone.slice(0, -1)}${(Number(phone.at(-1)) + 1) % 10}`) }),
    ],
    ["too few digits of a payer", ({ phone }) => ({ payer_phone: `*******${phone.slice(-3)}` })],
  ])("is refused with %s, and nothing is credited", async (_, differs) => {
    const stray = await strayPayment();
    const reply = await act("credit", stray.receipt, { ...creditBody(stray), ...differs(stray) });
    expect(readProblem(reply, "receipt_refused").detail).toContain(`asked for on ${stray.phone}`);
    expect(await gained()).toEqual([]);
    expect(await strayOf(stray.receipt)).toBeNull();
    expect(await rowOf(stray.id)).toMatchObject({ state: "expired" });
  });

  it("is refused with another amount, another time, another reference, and a payment that has a receipt", async () => {
    const failed = await failedPayment();
    const other = await failedPayment();
    const dear = await payByHand(failed.phone, 2501, failed.reference);
    const foreign = await payByHand(failed.phone, 2500, other.reference);
    await world.pass(30 * minuteMs);
    const unnamed = await payByHand(failed.phone, 2500, "x");
    await world.pass(2 * minuteMs);
    const { payment_id: paidId } = await ring(world.amina, failed.phone);
    await world.daraja.act("decide", { which: failed.phone, outcome: "paid" });
    await world.callBack();
    await pullReceipts(world);
    operator = await signUpOperator();
    const refusalOf = async (receipt: string, payment: { id: string; phone: string }) =>
      readProblem(await act("credit", receipt, creditBody(payment)), "receipt_refused").detail;
    expect(await refusalOf(dear, failed)).toContain("KES 2501");
    expect(await refusalOf(foreign, failed)).toContain("another payment of ours");
    expect(await refusalOf(unnamed, failed)).toContain("does not name that payment");
    expect(await refusalOf(unnamed, { id: paidId, phone: failed.phone })).toContain("has a receipt already");
    expect(await gained()).toEqual([100]);
  });

  it("and payments of unknown names are not found", async () => {
    const stray = await strayPayment();
    readProblem(await act("credit", "NOSUCH0000", creditBody(stray)), "not_found");
    const nobody = { ...creditBody(stray), payment_id: "pay_00000000000000000000000000" };
    readProblem(await act("credit", stray.receipt, nobody), "not_found");
    readProblem(await act("settle", "NOSUCH0000", { reason: "none" }), "not_found");
  });
});

describe("a stray receipt that an operator has dealt with elsewhere", () => {
  const reason = { reason: "sent back at the portal" };

  it("is off the list with its reason, once, and cannot be credited any more", async () => {
    const stray = await strayPayment();
    for (const _ of [1, 2]) {
      const { stray_receipt: settled } = read(await act("settle", stray.receipt, reason), 200, settledReceiptAnswer);
      expect(settled).toMatchObject({
        receipt: stray.receipt,
        amount: 2500_00,
        resolution: "by hand: sent back at the portal",
      });
    }
    expect(readProblem(await act("settle", stray.receipt, { reason: "another" }), "receipt_refused").detail).toContain(
      "off the list already",
    );
    expect(readProblem(await act("credit", stray.receipt, creditBody(stray)), "receipt_refused").detail).toContain(
      "sent back at the portal",
    );
    expect(await auditsOf(stray.receipt)).toEqual([
      { action: "receipt.settle", details: JSON.stringify({ amount: 2500_00, ...reason }) },
    ]);
    expect(await gained()).toEqual([]);
  });

  it("buys nothing when its callback comes after all, nor by the next day's list: a person is told", async () => {
    const { id, receipt, late } = await strayPayment();
    read(await act("settle", receipt, reason), 200, settledReceiptAnswer);
    await deliver(late);
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: "expired", failureCode: "settled_by_hand", receipt: null, nextCheckAtMs: null });
    expect(row.attention).toContain(`the receipt ${receipt}, which an operator has dealt with: «${reason.reason}»`);
    await pullReceipts(world);
    expect(await gained()).toEqual([]);
    expect(await strayOf(receipt)).toBe(`by hand: ${reason.reason}`);
  });

  it("is refused while M-Pesa is still being asked about the payment that it names", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    const [prompt] = await world.daraja.prompts({ phone });
    await world.daraja.act("keep-query-pending", { which: phone, calls: 100 });
    const receipt = await payByHand(phone, 2500, prompt?.accountReference ?? "");
    await pullReceipts(world);
    operator = await signUpOperator();
    expect(readProblem(await act("settle", receipt, reason), "receipt_refused").detail).toContain(
      `The payer named ${id}`,
    );
    expect(await strayOf(receipt)).toBeNull();
    await world.pass(2 * hourMs);
    await world.runCron();
    operator = await signUpOperator();
    read(await act("settle", receipt, reason), 200, settledReceiptAnswer);
    expect(await rowOf(id)).toMatchObject({ state: "expired", claimedReceipt: receipt, nextCheckAtMs: null });
  });
});
