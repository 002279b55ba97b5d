import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refundPayment } from "../../src/core/payments/refund-payment.ts";
import { type Bindings, readEnv } from "../../src/env.ts";
import { systemContext } from "../../src/wiring.ts";
import { paymentVariables } from "../support/payment-settings.ts";
import { type Buyer, connectStripe, ledgerOf, moneyOf, paid, storedPayment } from "../support/stripe.ts";

const world = connectStripe("claims");

afterEach(async () => {
  vi.useRealTimers();
  await world.setTime(Date.now());
  vi.useRealTimers();
});

/** A starter package (50 credits for USD 9.99), and 10 free ones. */
async function bought(body: object = { package_id: "starter" }) {
  const buyer = await world.buyer();
  const intent = await paid(world, buyer, body);
  return { buyer, id: intent.payment_id, paymentIntent: intent.payment_intent_id };
}

async function spend({ tenantId }: Buyer, credits: number): Promise<void> {
  const usage = { images: 0, speech_seconds: 0, render_seconds: 0 };
  const id = `vid_${crypto.randomUUID().replaceAll("-", "").slice(0, 26)}`;
  const held = await ledgerOf(tenantId).hold({ id, credits, plan: "free", description: "A video", usage });
  expect(held.ok).toBe(true);
  await ledgerOf(tenantId).capture({ holdId: id, credits, usage });
}

const dispute = (paymentIntent: string, given: object = {}) =>
  world.act<{ id: string }>("open-dispute", { paymentIntent, ...given });

describe("a refund", () => {
  it("takes credits for money: half of 9.99 is 25 of 50 credits, and not 5, or 500 (dollars mixed with credits)", async () => {
    const { buyer, id, paymentIntent } = await bought();
    await world.act("refund", { paymentIntent, amount: 5_00 });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 35, owed: 0 });
    expect(await storedPayment(id)).toMatchObject({ refunded_amount: 5_00 });
  });

  it("in parts takes rounded down on each sum, and exactly all with the last one", async () => {
    const { buyer, paymentIntent } = await bought();
    for (const [amount, left] of [
      [3_33, 44],
      [3_33, 27],
      [3_33, 10],
    ]) {
      await world.act("refund", { paymentIntent, amount });
      await world.deliver(buyer);
      expect(await moneyOf(buyer)).toMatchObject({ balance: left });
    }
  });

  it("takes the bonus of the package too", async () => {
    const { buyer, paymentIntent } = await bought({ package_id: "pro" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 170 });
    await world.act("refund", { paymentIntent });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
  });

  it("of what was spent is clamped at zero, and what is missing is owed, not forgotten (clamp at refund)", async () => {
    const { buyer, paymentIntent } = await bought();
    await spend(buyer, 40);
    await world.act("refund", { paymentIntent });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 0, owed: 30 });
  });

  it("told by three events, twice each and in the other order, takes once", async () => {
    const { buyer, paymentIntent } = await bought();
    await world.act("refund", { paymentIntent, amount: 2_00 });
    await world.act("refund", { paymentIntent, amount: 3_00 });
    const deliveries = await world.take({ customer: buyer.customer });
    expect(deliveries.length).toBeGreaterThan(3);
    for (const delivery of [...deliveries.toReversed(), ...deliveries]) {
      await world.post(delivery);
      await world.queue.deliverAll();
    }
    expect(await moneyOf(buyer)).toMatchObject({ balance: 35 });
  });

  it("that fails after it had succeeded gives back what it took", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const refund = await world.act<{ id: string }>("refund", { paymentIntent });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    await world.act("fail-refund", { refund: refund.id });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    expect(await storedPayment(id)).toMatchObject({ refunded_amount: 0, state: "paid" });
  });
});

describe("a dispute", () => {
  it("stops all spending while the money is still here, and lets it go on when it is won", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { id: one } = await dispute(paymentIntent, { withdraws: false });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: true });
    expect(await storedPayment(id)).toMatchObject({ dispute_state: "open" });
    await world.act("close-dispute", { dispute: one, status: "won" });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: false });
    expect(await storedPayment(id)).toMatchObject({ dispute_state: "none" });
  });

  it("after a refund takes only what is left of the payment", async () => {
    const { buyer, paymentIntent } = await bought();
    await world.act("refund", { paymentIntent, amount: 5_00 });
    await world.deliver(buyer);
    // Some banks charge back all of it, as if nothing had been refunded.
    await dispute(paymentIntent, { amount: 9_99 });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10, owed: 0 });
  });

  it("that was won is netted before a later refund takes the payment again (reinstatement netted)", async () => {
    const { buyer, paymentIntent } = await bought();
    const { id: one } = await dispute(paymentIntent);
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    await world.act("close-dispute", { dispute: one, status: "won" });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    await world.act("refund", { paymentIntent });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10, owed: 0 });
  });

  it("whose end is told before its beginning ends the same", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { id: one } = await dispute(paymentIntent);
    await world.act("close-dispute", { dispute: one, status: "won" });
    for (const delivery of (await world.take({ customer: buyer.customer })).toReversed()) {
      await world.post(delivery);
      await world.queue.deliverAll();
    }
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: false, owed: 0 });
    expect(await storedPayment(id)).toMatchObject({ dispute_state: "none" });
  });

  it("that takes again what it had given back is shown to a person", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { id: one } = await dispute(paymentIntent);
    await world.act("reinstate-dispute-funds", { dispute: one });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    await world.act("withdraw-dispute-funds", { dispute: one });
    await world.deliver(buyer);
    expect(await storedPayment(id)).toMatchObject({ attention: expect.stringContaining(one) });
  });

  it("that is an inquiry is told and takes nothing, whatever comes of it", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { id: one } = await dispute(paymentIntent, { status: "warning_needs_response" });
    await world.deliver(buyer);
    expect(await storedPayment(id)).toMatchObject({ dispute_state: "open" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: false });
    await world.act("close-dispute", { dispute: one, status: "warning_closed" });
    await world.deliver(buyer);
    expect(await storedPayment(id)).toMatchObject({ dispute_state: "none" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: false });
  });
});

describe("a refund that an operator asks for", () => {
  const context = () =>
    systemContext(
      readEnv({
        ...(env as Bindings),
        ...paymentVariables("http://stripe-claims.test", "http://daraja-claims.test"),
      }),
      "a test",
    );
  let claims = 0;
  const newClaim = () => {
    claims += 1;
    return `clm_${String(claims).padStart(26, "0")}`;
  };
  const request = (paymentId: string, more: { amount?: number; claimId?: string } = {}) => ({
    paymentId,
    reason: "The video was black",
    claimId: newClaim(),
    ...more,
  });
  const madeBy = async (paymentIntent: string) =>
    (
      await world.act<{ path: string; body: string }[]>("list-requests", {
        pathPrefix: "/v1/refunds",
        match: paymentIntent,
      })
    ).filter(({ path, body }) => path === "/v1/refunds" && body.includes("claim_id"));
  const claimRow = (id: string) =>
    env.DB.prepare("SELECT state, settled_state, provider_status, provider_id FROM payment_claims WHERE id = ?")
      .bind(id)
      .first();

  it("takes the credits first, and the money goes", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const asked = request(id, { amount: 5_00 });
    expect(await refundPayment(context(), asked)).toMatchObject({
      state: "taken",
      providerStatus: "succeeded",
      amount: 5_00,
    });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 35 });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 35 });
    // The same again sends nothing more.
    await refundPayment(context(), asked);
    expect(await madeBy(paymentIntent)).toHaveLength(1);
    expect(await storedPayment(id)).toMatchObject({ refunded_amount: 5_00 });
    const details = await env.DB.prepare(
      "SELECT details FROM audit_log WHERE target = ? AND action = 'payment.refund_asked'",
    )
      .bind(id)
      .first("details");
    expect(JSON.parse(String(details))).toEqual({ amount: 5_00, currency: "USD", reason: "The video was black" });
  });

  it("that Stripe refuses gives the credits back", async () => {
    const { buyer, id, paymentIntent } = await bought();
    await dispute(paymentIntent);
    // We have not heard of the dispute yet, and Stripe refuses for it.
    await expect(refundPayment(context(), request(id))).rejects.toMatchObject({ code: "not_refundable" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
  });

  it("that Stripe does not answer for stays taken, is asked again, and is made once", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { claimId, ...rest } = request(id);
    await world.act("add-fault", {
      pathPrefix: "/v1/refunds",
      method: "POST",
      kind: "answer_lost",
      times: 2,
      match: paymentIntent,
    });
    expect(await refundPayment(context(), { ...rest, claimId })).toMatchObject({ state: "taken", providerId: null });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    // A day and more: Stripe has forgotten the key, so it must be found, and not asked for once more.
    await world.setTime(Date.now() + 30 * 3_600_000);
    await world.queue.runCron();
    expect(await claimRow(claimId)).toMatchObject({
      state: "taken",
      settled_state: "taken",
      provider_status: "succeeded",
    });
    // The first try and the library's own repeat of it; none since.
    expect(await madeBy(paymentIntent)).toHaveLength(2);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
  });

  it("that never reached Stripe is asked for by the cron", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const { claimId, ...rest } = request(id);
    await world.act("add-fault", {
      pathPrefix: "/v1/refunds",
      method: "POST",
      kind: "dropped",
      times: 2,
      match: paymentIntent,
    });
    await refundPayment(context(), { ...rest, claimId });
    await world.setTime(Date.now() + 120_000);
    await world.queue.runCron();
    expect(await claimRow(claimId)).toMatchObject({ provider_id: expect.stringMatching(/^re_/) });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10, owed: 0 });
  });

  it("and that fails at the bank days later gives the credits back", async () => {
    const { buyer, id } = await bought();
    const { claimId, ...rest } = request(id);
    const { providerId: refund } = await refundPayment(context(), { ...rest, claimId });
    await world.act("fail-refund", { refund });
    await world.deliver(buyer);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    expect(await claimRow(claimId)).toMatchObject({ state: "returned", settled_state: "returned" });
  });

  it("is refused for what is not paid, for more than is left, for all that is refunded, and for what is disputed", async () => {
    const refused = (paymentId: string, amount?: number) =>
      expect(
        refundPayment(context(), request(paymentId, amount === undefined ? {} : { amount })),
      ).rejects.toMatchObject({
        code: "not_refundable",
      });
    const unpaid = await world.buyer();
    const first = await env.DB.prepare("SELECT id FROM payments WHERE tenant_id = ?")
      .bind(unpaid.tenantId)
      .first<string>("id");
    await refused(first ?? "");
    const { buyer, id, paymentIntent } = await bought();
    await refused(id, 10_00);
    await refundPayment(context(), request(id, { amount: 4_99 }));
    await refused(id, 5_01);
    await refundPayment(context(), request(id));
    await refused(id);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    expect(await madeBy(paymentIntent)).toHaveLength(2);
    const other = await bought();
    await dispute(other.paymentIntent);
    await world.deliver(other.buyer);
    await refused(other.id);
  });

  it("of which two at once ask for more than there is sends no more than there is", async () => {
    const { buyer, id, paymentIntent } = await bought();
    const results = await Promise.allSettled([
      refundPayment(context(), request(id, { amount: 6_00 })),
      refundPayment(context(), request(id, { amount: 6_00 })),
      refundPayment(context(), request(id, { amount: 6_00 })),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await madeBy(paymentIntent)).toHaveLength(1);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 30 });
  });
});
