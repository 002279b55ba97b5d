import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newEmail, type Reply, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { watchDatabase } from "../support/broken-database.ts";
import {
  claimsOf,
  creditsOf,
  eventsOf,
  hourMs,
  type MpesaWorld,
  minuteMs,
  mpesaWorld,
  newPhone,
  ring,
  rowOf,
} from "../support/mpesa.ts";

let world: MpesaWorld;
let operator: Tenant;
let signedInAtMs = 0;
const email = newEmail();
const credits = () => creditsOf(world.amina);

beforeAll(async () => {
  world = await mpesaWorld({ ADMIN_EMAILS: email });
  operator = await signUp({ send: world.queue.send, email });
});
beforeEach(async () => {
  await world.turnPage();
  await world.daraja.callbacks();
  operator = await signInAgain();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.daraja.act("clear-faults");
  vi.useRealTimers();
});

/** 100 credits, paid and credited. */
async function pay(): Promise<string> {
  const phone = newPhone();
  const { payment_id: id } = await ring(world.amina, phone);
  await world.daraja.act("decide", { which: phone, outcome: "paid" });
  await world.callBack();
  expect(await credits()).toEqual([10, 100]);
  return id;
}

const refund = (id: string, { key = id, ...body }: { key?: string; amount?: number } = {}): Promise<Reply> =>
  operator.post(
    `/api/admin/payments/${id}/refund`,
    { reason: "asked for by mail", ...body },
    { "Idempotency-Key": key },
  );

const statusOf = async (id: string) => {
  const body = JSON.parse((await world.amina.get(`/api/payments/${id}`)).text);
  return (body.payment ?? body).status;
};

describe("a refund by M-Pesa", () => {
  it("takes the credits first, then the money goes, and that is all", async () => {
    const id = await pay();
    const [receipt] = (await world.daraja.transactions()).slice(-1);
    expect((await refund(id)).status).toBe(200);
    expect(await credits()).toEqual([10, 100, -100]);
    expect(await claimsOf(id)).toMatchObject([{ state: "taken", settledState: "taken", amount: 2500_00 }]);
    const [paid] = (await world.daraja.transactions()).slice(-1);
    expect(paid).toMatchObject({ receipt: receipt?.receipt, reversedBy: expect.any(String) });
    expect(await world.callBack()).toBe(1);
    expect(await claimsOf(id)).toMatchObject([
      { state: "taken", providerStatus: "reversed", providerId: paid?.reversedBy },
    ]);
    expect(await statusOf(id)).toBe("refunded");
    expect(await credits()).toEqual([10, 100, -100]);
    expect(await rowOf(id)).toMatchObject({ attention: null });
    await world.pass(30 * hourMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ attention: null });
  });

  it("is asked for once, whatever is repeated: the request, at once or later, and the result", async () => {
    const id = await pay();
    await world.daraja.act("plan-reversal", { mode: "twice" });
    await Promise.all([refund(id), refund(id), refund(id)]);
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = ?").bind(id).run();
    await refund(id);
    expect(await world.callBack()).toBe(2);
    expect(await claimsOf(id)).toHaveLength(1);
    expect(await credits()).toEqual([10, 100, -100]);
    readProblem(await refund(id, { key: `${id}-again` }), "not_refundable");
  });

  it("and another one at the same time cannot send more than was paid", async () => {
    const id = await pay();
    const replies = await Promise.all(["one", "two", "three"].map((name) => refund(id, { key: `${id}-${name}` })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await world.callBack();
    await world.pass(2 * minuteMs);
    await world.runCron();
    expect((await claimsOf(id)).filter(({ state }) => state === "taken")).toHaveLength(1);
    expect(await credits()).toEqual([10, 100, -100]);
  });

  it("that was done before by other hands (R000001) stays", async () => {
    const id = await pay();
    await world.daraja.act("plan-reversal", { result: { code: "R000001", description: "Already reversed." } });
    await refund(id);
    await world.callBack();
    expect(await claimsOf(id)).toMatchObject([{ state: "taken", providerStatus: "reversed" }]);
    expect(await rowOf(id)).toMatchObject({ attention: null });
  });

  it.each([
    ["1", /too little money/],
    ["11", /not active/],
    ["21", /Org Reversals Initiator/],
    ["2001", /90 days/],
    ["2006", /not active/],
    ["2028", /may not reverse/],
    ["8006", /locked/],
    ["R000002", /does not know this receipt/],
    ["7777", /did not do it/],
  ])("that M-Pesa refuses later (%s) gives the credits back, and a person is told why", async (code, words) => {
    const id = await pay();
    await world.daraja.act("plan-reversal", { result: { code, description: "No." } });
    await refund(id);
    expect(await credits()).toEqual([10, 100, -100]);
    await world.callBack();
    expect(await claimsOf(id)).toMatchObject([{ state: "returned", settledState: "returned", providerStatus: code }]);
    expect(await credits()).toEqual([10, 100, -100, 100]);
    expect((await rowOf(id)).attention).toMatch(words);
    expect(await statusOf(id)).toBe("paid");
    // A result that says otherwise afterwards changes nothing.
    const [event] = (await eventsOf(id)).slice(-1);
    expect(event?.outcome).toBe(`returned, ${code}`);
  });

  it("that M-Pesa refuses at once gives the credits back, and the operator is told", async () => {
    const id = await pay();
    await world.daraja.fault({ path: "/mpesa/reversal/", times: 1, kind: "error", errorCode: "400.002.02" });
    readProblem(await refund(id), "not_refundable");
    expect(await claimsOf(id)).toMatchObject([{ state: "returned" }]);
    expect(await credits()).toEqual([10, 100, -100, 100]);
    // Nothing was sent: it may be tried anew.
    expect((await refund(id, { key: `${id}-anew` })).status).toBe(200);
    await world.callBack();
    expect(await credits()).toEqual([10, 100, -100, 100, -100]);
  });

  it.each([
    ["a broken connection", { kind: "drop" }],
    ["an HTML page", { kind: "html" }],
    ["an internal error", { kind: "error", errorCode: "500.003.1001" }],
  ] as const)("whose answer is lost (%s) is not asked for again; its result is understood", async (_name, fault) => {
    const id = await pay();
    await world.daraja.fault({ path: "/mpesa/reversal/", times: 1, afterWork: true, ...fault });
    expect((await refund(id)).status).toBe(200);
    await world.pass(2 * minuteMs);
    await world.runCron();
    expect(await credits()).toEqual([10, 100, -100]);
    expect(await world.callBack()).toBe(1);
    expect(await claimsOf(id)).toMatchObject([{ state: "taken", providerStatus: "reversed" }]);
  });

  it.each([["none"], ["timeout"]])(
    "of which nothing certain is heard (%s) is for a person, and stays taken",
    async (mode) => {
      const id = await pay();
      await world.daraja.act("plan-reversal", { mode });
      await refund(id);
      await world.callBack();
      await world.pass(20 * hourMs);
      await world.runCron();
      expect((await rowOf(id)).attention === null).toBe(mode === "none");
      await world.pass(5 * hourMs);
      await world.runCron();
      expect((await rowOf(id)).attention).toMatch(/see in its portal/);
      expect(await claimsOf(id)).toMatchObject([{ state: "taken" }]);
    },
  );

  it("is refused where it cannot be, and nothing is taken", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    readProblem(await refund(id), "not_refundable");
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.daraja.callbacks();
    await world.pass(2 * minuteMs);
    await world.runCron();
    // Found paid by the query, which tells no receipt.
    expect(readProblem(await refund(id, { key: "2" }), "not_refundable").detail).toMatch(/receipt/);
    const other = await mpesaWorld({ ADMIN_EMAILS: email, MPESA_INITIATOR_NAME: "" });
    const paid = await ring(other.amina, newPhone());
    await other.daraja.act("decide", { which: paid.checkout_request_id ?? "", outcome: "paid" });
    await other.callBack();
    const { send } = other.queue;
    const again = await signUp({ send, email: newEmail() });
    expect(again.email).not.toBe(email);
    const path = `/api/admin/payments/${paid.payment_id}/refund`;
    const session = await again
      .withToken(null)
      .post("/api/auth/login", { email, password: "korosho na chai ya asubuhi" });
    const chief = again.withToken(JSON.parse(session.text).access_token);
    expect(readProblem(await chief.post(path, { reason: "by mail" }), "not_refundable").detail).toMatch(/initiator/);
    expect(await claimsOf(paid.payment_id)).toEqual([]);
    expect(await creditsOf(other.amina)).toEqual([10, 100]);
    await world.pass(0);
  });

  it("of a result that names another conversation changes nothing", async () => {
    const id = await pay();
    await refund(id);
    const [delivery] = await world.daraja.callbacks();
    const forged = JSON.parse(delivery?.body ?? "{}");
    forged.Result.ResultCode = 21;
    forged.Result.ConversationID = "AG_20310101_0000";
    await world.post({ url: delivery?.url ?? "", body: JSON.stringify(forged) });
    await world.queue.deliverAll();
    expect(await claimsOf(id)).toMatchObject([{ state: "taken", providerStatus: "requested" }]);
    if (delivery !== undefined) await world.post(delivery);
    await world.queue.deliverAll();
    expect(await claimsOf(id)).toMatchObject([{ state: "taken", providerStatus: "reversed" }]);
  });

  it("goes on after the database died at any call of its request, and sends the money once", async () => {
    for (let call = 1; ; call += 1) {
      const place = `dead at call ${call}`;
      await world.turnPage();
      operator = await signInAgain();
      const id = await pay();
      await world.daraja.callbacks();
      const database = watchDatabase();
      database.breakAt(call);
      await refund(id);
      const isDone = database.calls() < call;
      database.mend();
      vi.restoreAllMocks();
      await world.pass(2 * minuteMs);
      await world.runCron();
      await refund(id);
      await world.callBack();
      await world.pass(2 * minuteMs);
      await world.runCron();
      await world.callBack();
      const [claim, ...others] = await claimsOf(id);
      expect(others, place).toEqual([]);
      expect(claim, place).toMatchObject({ state: "taken", settledState: "taken" });
      expect(await credits(), place).toEqual([10, 100, -100]);
      const [money] = (await world.daraja.transactions()).slice(-1);
      expect(money?.reversedBy, place).toEqual(expect.any(String));
      if (isDone) {
        expect(call).toBeGreaterThan(8);
        return;
      }
    }
  });
});

/** Sessions end after a day. */
async function signInAgain(): Promise<Tenant> {
  if (world.now() - signedInAtMs < 12 * hourMs) return operator;
  signedInAtMs = world.now();
  const body = { email, password: "korosho na chai ya asubuhi" };
  const reply = await operator.withToken(null).post("/api/auth/login", body);
  return { ...operator, ...operator.withToken(JSON.parse(reply.text).access_token) };
}
