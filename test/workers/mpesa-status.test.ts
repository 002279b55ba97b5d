/** Where a callback claims a receipt and M-Pesa's query stays undecided, its books are asked by the receipt. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { creditsOf, eventsOf, type MpesaWorld, minuteMs, mpesaWorld, newPhone, ring, rowOf } from "../support/mpesa.ts";

let world: MpesaWorld;
const gained = async () => (await creditsOf(world.amina)).slice(1);
const askOf = (id: string) =>
  env.DB.prepare("SELECT * FROM phone_status_asks WHERE payment_id = ?").bind(id).first<Record<string, unknown>>();

/** Of the books, on their way to us; taken out of the post with whatever else is in it. */
const answers = async () => (await world.daraja.callbacks()).filter(({ kind }) => kind === "status_result");

beforeAll(async () => {
  world = await mpesaWorld();
});
beforeEach(() => world.turnPage());
afterEach(async () => {
  vi.restoreAllMocks();
  await world.daraja.act("clear-faults");
  vi.useRealTimers();
});

async function passWithCron(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await world.pass(minuteMs);
    await world.runCron();
  }
}

/** Paid and told so, and the query says so often that it is still being processed. */
async function claimed(pendingQueries = 100): Promise<{ id: string; phone: string; receipt: string }> {
  const phone = newPhone();
  const { payment_id: id } = await ring(world.amina, phone);
  await world.daraja.act("keep-query-pending", { which: phone, calls: pendingQueries });
  await world.daraja.act("decide", { which: phone, outcome: "paid" });
  await world.callBack();
  const { state, claimedReceipt } = await rowOf(id);
  expect(state).toBe("confirming");
  return { id, phone, receipt: claimedReceipt ?? "" };
}

type Told = {
  Result: { ConversationID: string; ResultParameters: { ResultParameter: { Key: string; Value?: string }[] } };
};

/** The answer of the books, taken from the post and not delivered yet. */
async function heldAnswer() {
  await passWithCron(3);
  const [delivery] = await answers();
  if (delivery === undefined) throw new Error("nothing was asked");
  return { ...delivery, told: JSON.parse(delivery.body) as Told };
}

const withValue = (told: Told, key: string, value: string): string => {
  const parameters = told.Result.ResultParameters.ResultParameter.map((one) =>
    one.Key === key ? { ...one, Value: value } : one,
  );
  return JSON.stringify({ Result: { ...told.Result, ResultParameters: { ResultParameter: parameters } } });
};

describe("a claimed receipt that the query does not decide", () => {
  it("is asked about after two minutes, once, and credited once by what the books say", async () => {
    const { id, receipt } = await claimed();
    await passWithCron(1);
    expect(await askOf(id)).toBeNull();
    const { url, body } = await heldAnswer();
    expect(await askOf(id)).toMatchObject({ receipt, outcome: null });
    expect(await gained()).toEqual([]);
    await Promise.all([world.post({ url, body }), world.post({ url, body })]);
    await world.queue.deliverAll();
    await world.post({ url, body });
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt, attention: null });
    expect(await askOf(id)).toMatchObject({ outcome: "paid" });
    expect(await gained()).toEqual([100]);
    await passWithCron(90);
    expect(await answers()).toEqual([]);
    expect(await gained()).toEqual([100]);
  });

  it.each([
    ["receipt", "ReceiptNo", "ABCDE12345"],
    ["amount", "Amount", "2501"],
    ["payer", "DebitPartyName", "254700000001 - Juma"],
    ["payer", "DebitPartyName", "Amina Wanjiru"],
    ["payee", "CreditPartyName", "999999 - Somebody else"],
    ["moment", "InitiatedTime", "20200101120000"],
    ["moment", "InitiatedTime", "soon"],
  ])("is not credited where the books have another %s (%s: %s), and a person is told", async (what, key, value) => {
    const { id, receipt } = await claimed();
    const { url, told } = await heldAnswer();
    await world.post({ url, body: withValue(told, key, value) });
    await world.queue.deliverAll();
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: "confirming", receipt: null });
    expect(row.attention).toContain(
      `receipt ${receipt}, which a callback claimed for this payment, with another ${what}`,
    );
    expect(await gained()).toEqual([]);
  });

  it("of somebody else's payment is not credited: the payer is another", async () => {
    const other = newPhone();
    await ring(world.amina, other);
    await world.daraja.act("decide", { which: other, outcome: "paid" });
    const [theirs] = (await world.daraja.transactions()).filter((one) => one.phone === other);
    await world.callBack();
    expect(await gained()).toEqual([100]);
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("keep-query-pending", { which: phone, calls: 100 });
    await env.DB.prepare("UPDATE payments SET state = 'confirming', claimed_receipt = ?2 WHERE id = ?1")
      .bind(id, theirs?.receipt)
      .run();
    await passWithCron(3);
    await world.callBack();
    expect((await rowOf(id)).state).toBe("confirming");
    expect(await askOf(id)).toMatchObject({ outcome: "differs, payer" });
    expect(await gained()).toEqual([100]);
  });

  it.each([
    ["that the books do not have", { result: { code: "2033", description: "no such receipt" } }, "not_found, 2033"],
    ["where the queue gave up", { mode: "timeout" }, "unclear"],
  ])("%s stays on the ladder, and ends with a person", async (_, plan, outcome) => {
    const { id } = await claimed();
    await world.daraja.act("plan-status", plan);
    await passWithCron(3);
    await world.callBack();
    expect(await askOf(id)).toMatchObject({ outcome });
    expect((await rowOf(id)).state).toBe("confirming");
    await passWithCron(70);
    expect((await rowOf(id)).state).toBe("expired");
    expect((await rowOf(id)).attention).toContain("M-Pesa has not confirmed it");
    expect(await gained()).toEqual([]);
  });

  it.each([
    ["has it already", false],
    ["was paid without one, so that it may have it", true],
  ])("proves nothing where another payment of this phone and amount %s", async (_, isUntold) => {
    const phone = newPhone();
    const { payment_id: paid } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const [{ receipt } = { receipt: "" }] = (await world.daraja.transactions()).filter((one) => one.phone === phone);
    await world.callBack();
    if (isUntold) await env.DB.prepare("UPDATE payments SET receipt = NULL WHERE id = ?").bind(paid).run();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("keep-query-pending", { which: phone, calls: 100 });
    await env.DB.prepare("UPDATE payments SET state = 'confirming', claimed_receipt = ?2 WHERE id = ?1")
      .bind(id, receipt)
      .run();
    await passWithCron(3);
    await world.callBack();
    expect(await askOf(id)).toMatchObject({ receipt, outcome: "differs, owner" });
    expect(await rowOf(id)).toMatchObject({ state: "confirming", attention: expect.stringContaining(paid) });
    expect(await gained()).toEqual([100]);
    await passWithCron(20);
    expect(await answers()).toEqual([]);
  });

  it("proves nothing once M-Pesa has denied the claim: a person decides between the two", async () => {
    const { id, receipt } = await claimed();
    const { url, body } = await heldAnswer();
    await env.DB.prepare("UPDATE payments SET state = 'failed', claimed_receipt = NULL WHERE id = ?").bind(id).run();
    await world.post({ url, body });
    await world.queue.deliverAll();
    expect(await askOf(id)).toMatchObject({ outcome: "differs, denied" });
    expect(await rowOf(id)).toMatchObject({ state: "failed", attention: expect.stringContaining(receipt) });
    expect(await gained()).toEqual([]);
  });

  it.each([
    ["was refused for the moment", { kind: "error", errorCode: "500.003.02" }, "refused, 500.003.02"],
    ["got lost", { kind: "drop" }, null],
    ["was answered and the answer got lost", { kind: "drop", afterWork: true }, null],
  ] as const)("is asked about anew where the question %s, and credited once", async (_, fault, outcome) => {
    const { id } = await claimed();
    await world.daraja.fault({ path: "/mpesa/transactionstatus/", times: 1, ...fault });
    await passWithCron(3);
    const lost = await answers();
    expect(await askOf(id)).toMatchObject({ outcome });
    await passWithCron(8);
    expect(await answers()).toEqual([]);
    await passWithCron(6);
    expect(await world.callBack()).toBe(1);
    for (const delivery of lost) await world.post(delivery);
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid", attention: null });
    expect(await askOf(id)).toMatchObject({ outcome: "paid" });
    expect(await gained()).toEqual([100]);
  });

  it("leaves nobody's name and number behind", async () => {
    const { id } = await claimed();
    const { url, told } = await heldAnswer();
    await world.post({ url, body: withValue(told, "DebitPartyName", "254700000001 - Juma") });
    await world.queue.deliverAll();
    const [event] = (await eventsOf(id)).filter(({ type }) => type === "status_result");
    expect(event).toMatchObject({ outcome: "differs, payer", body: "" });
  });

  it("is found by the query meanwhile: the answer of the books then changes nothing", async () => {
    const { id } = await claimed(4);
    const { url, body } = await heldAnswer();
    expect(await rowOf(id)).toMatchObject({ state: "confirming" });
    await passWithCron(60);
    expect(await rowOf(id)).toMatchObject({ state: "paid" });
    await world.post({ url, body });
    await world.queue.deliverAll();
    expect(await askOf(id)).toMatchObject({ outcome: "already_paid" });
    expect(await gained()).toEqual([100]);
  });

  it("of another conversation, and at a guessed address, counts for nothing", async () => {
    const { id } = await claimed();
    const { url, told } = await heldAnswer();
    const forged = JSON.stringify({ Result: { ...told.Result, ConversationID: "AG_20310512_0000" } });
    await world.post({ url, body: forged });
    await world.post({ url: url.replace(/[^/]+$/, "guessed-guessed-guessed-guessed-gue"), body: JSON.stringify(told) });
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "confirming" });
    expect(await askOf(id)).toMatchObject({ outcome: null });
    expect(await gained()).toEqual([]);
    await world.post({ url, body: JSON.stringify(told) });
    await world.queue.deliverAll();
    expect(await gained()).toEqual([100]);
    expect((await eventsOf(id)).filter(({ type }) => type === "status_result")).toHaveLength(2);
  });

  it("is not asked about where there is no initiator to ask with", async () => {
    world = await mpesaWorld({ MPESA_INITIATOR_NAME: "", MPESA_SECURITY_CREDENTIAL: "" });
    const { id } = await claimed();
    await passWithCron(5);
    expect(await askOf(id)).toBeNull();
    expect(await answers()).toEqual([]);
  });
});
