import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { mpesaStatusAnswer, purchaseByPhone } from "../../src/contract/astella.ts";
import { mpesaAnswer } from "../../src/contract/payments.ts";
import { read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { askToPay, creditsOf, minuteMs, mpesaWorld, newPhone, ring, rowOf, secondMs } from "../support/mpesa.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a payment by phone", () => {
  it("rings once, and is credited once when M-Pesa confirms it", async () => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const phone = newPhone();
    const answer = await ring(amina, phone, { package_id: "pro" });
    const [prompt, ...others] = await daraja.prompts({ phone });
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ checkout_request_id: prompt?.checkoutRequestId, status: "prompted" });
    expect(answer.message).toContain("KES 3,200");
    expect(prompt).toMatchObject({ amount: 3200, phone, transactionType: "CustomerPayBillOnline" });
    expect(await creditsOf(amina)).toEqual([10]);

    await daraja.act("decide", { which: phone, outcome: "paid" });
    expect(await callBack()).toBe(1);
    const [paid] = await daraja.transactions();
    expect(await rowOf(answer.payment_id)).toMatchObject({
      state: "paid",
      receipt: paid?.receipt,
      attention: null,
      nextCheckAtMs: null,
    });
    expect(await creditsOf(amina)).toEqual([10, 150, 10]);
  });

  it.each([
    ["package_id", 1, 1250, [50]],
    ["package_id", "2", 3200, [150, 10]],
    ["package_id", "business", 10_000, [500, 50]],
    ["package_id", "enterprise", 38_000, [2000, 200]],
    ["amount", 25, 25, [1]],
    ["amount", 250_000, 250_000, [10_000]],
  ])("of %s %s asks for KES %i and gives the credits of our own order", async (field, value, shillings, credits) => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const phone = newPhone();
    await ring(amina, phone, { [field]: value });
    const [prompt] = await daraja.prompts({ phone });
    expect(prompt?.amount).toBe(shillings);
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await callBack();
    expect(await creditsOf(amina)).toEqual([10, ...credits]);
  });

  it.each([
    [{}, ["/package_id"]],
    [{ package_id: "pro", amount: 25 }, ["/package_id"]],
    [{ package_id: "gold" }, ["/package_id"]],
    [{ amount: 0 }, ["/amount"]],
    [{ amount: 24 }, ["/amount"]],
    [{ amount: 25.5 }, ["/amount"]],
    [{ amount: 250_025 }, ["/amount"]],
  ])("of %o is refused and rings nowhere", async (order, pointers) => {
    const { daraja, amina } = await mpesaWorld();
    const reply = await amina.post("/api/payments/mpesa", { ...order, phone_number: newPhone() });
    expect(readPointers(reply)).toEqual(pointers);
    expect(await daraja.prompts()).toEqual([]);
  });

  it.each(["0712345678", "0112 345 678", "712345678", "112-345-678", "254712345678", "+254 112 345678"])(
    "takes the phone %s",
    async (spelling) => {
      const { daraja, amina } = await mpesaWorld();
      await ring(amina, spelling);
      const [prompt] = await daraja.prompts();
      expect(prompt?.phone).toBe(`254${spelling.replace(/\D/g, "").slice(-9)}`);
      // Another test may take the same number.
      await env.DB.prepare("UPDATE payments SET state = 'failed' WHERE phone = ?").bind(prompt?.phone).run();
    },
  );

  it.each(["0812345678", "07123456789", "071234567", "+255712345678", "2547123456", "00254712345678", "0712345678 x"])(
    "does not take the phone %s",
    async (spelling) => {
      const { daraja, amina } = await mpesaWorld();
      expect(readPointers(await askToPay(amina, spelling))).toEqual(["/phone_number"]);
      expect(await daraja.prompts()).toEqual([]);
    },
  );

  it("names a callback address without the words that Safaricom forbids, with a secret that is nowhere stored", async () => {
    const { daraja, amina } = await mpesaWorld();
    const { payment_id: id } = await ring(amina, newPhone());
    const [prompt] = await daraja.prompts();
    expect(prompt?.callBackUrl).toMatch(/^https:\/\/studio\.test\/api\/payments\/phone\/callback\/[0-9a-f]{64}$/);
    expect(prompt?.callBackUrl).not.toMatch(/m-?pesa|safaricom|exe|cmd|sql|query/i);
    expect(prompt?.accountReference).toMatch(/^SJ[0-9A-Z]{10}$/);
    const secret = prompt?.callBackUrl.split("/").at(-1) ?? "";
    expect(JSON.stringify(await rowOf(id))).not.toContain(secret);
  });

  it("is called back at PUBLIC_URL where that is set", async () => {
    const { daraja, amina } = await mpesaWorld({ PUBLIC_URL: "https://pay.example.com/" });
    await ring(amina, newPhone());
    const [prompt] = await daraja.prompts();
    expect(prompt?.callBackUrl).toMatch(/^https:\/\/pay\.example\.com\/api\/payments\/phone\/callback\//);
  });

  it("goes to the till where there is one", async () => {
    const { daraja, amina } = await mpesaWorld({ MPESA_TILL_NUMBER: "512345" });
    await ring(amina, newPhone());
    const [prompt] = await daraja.prompts();
    expect(prompt?.transactionType).toBe("CustomerBuyGoodsOnline");
  });

  it("is refused where M-Pesa is not set up, and the rest works", async () => {
    const { amina } = await mpesaWorld({ MPESA_PASSKEY: "" });
    const reply = await askToPay(amina, newPhone());
    readProblem(reply, "provider_not_configured");
    expect(await creditsOf(amina)).toEqual([10]);
  });
});

describe("a phone rings for one payment at a time", () => {
  it("so a second one is told to wait, whoever asks", async () => {
    const { daraja, amina, queue, pass } = await mpesaWorld();
    const phone = newPhone();
    await ring(amina, phone);
    await pass(20 * secondMs);
    const juma = await signUp({ send: queue.send });
    const reply = await askToPay(juma, phone);
    readProblem(reply, "prompt_open");
    expect(reply.headers.get("Retry-After")).toBe("40");
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });

  it("also when two ask in the same moment", async () => {
    const { daraja, amina } = await mpesaWorld();
    const phone = newPhone();
    const replies = await Promise.all(Array.from({ length: 5 }, () => askToPay(amina, phone)));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });

  it("and is free again as soon as the payment has ended", async () => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const phone = newPhone();
    await ring(amina, phone);
    await daraja.act("decide", { which: phone, outcome: "cancelled" });
    await callBack();
    await ring(amina, phone);
    expect(await daraja.prompts({ phone })).toHaveLength(2);
  });

  it("and one that is overdue is asked about before it holds the phone any longer", async () => {
    const { daraja, amina, pass } = await mpesaWorld();
    const phone = newPhone();
    const first = await ring(amina, phone);
    await daraja.callbacks();
    await pass(2 * minuteMs);
    const second = await ring(amina, phone);
    expect(await rowOf(first.payment_id)).toMatchObject({ state: "failed", failureCode: "1037" });
    expect(await rowOf(second.payment_id)).toMatchObject({ state: "pending" });
  });
});

describe("the same Idempotency-Key", () => {
  it("never rings twice, however many ask at once", async () => {
    const { daraja, amina } = await mpesaWorld();
    const phone = newPhone();
    const replies = await Promise.all(Array.from({ length: 4 }, () => askToPay(amina, phone, { key: "order-1" })));
    expect(replies.filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(1);
    const again = read(await askToPay(amina, phone, { key: "order-1" }), 202, mpesaAnswer);
    const [prompt, ...others] = await daraja.prompts({ phone });
    expect(others).toEqual([]);
    expect(again.checkout_request_id).toBe(prompt?.checkoutRequestId);
  });

  it("meets its own order after a crash that left no answer, in each of its states", async () => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const phone = newPhone();
    const forgetAnswer = () => env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'crash-1'").run();
    const first = await ring(amina, phone, { key: "crash-1" });
    await forgetAnswer();
    expect(await ring(amina, phone, { key: "crash-1" })).toEqual(first);
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await callBack();
    await forgetAnswer();
    expect(await ring(amina, phone, { key: "crash-1" })).toMatchObject({ payment_id: first.payment_id });
    expect(await daraja.prompts({ phone })).toHaveLength(1);
    expect(await creditsOf(amina)).toEqual([10, 100]);
  });

  it("is another order's when its answer was forgotten and the body is another", async () => {
    const { daraja, amina } = await mpesaWorld();
    const phone = newPhone();
    await ring(amina, phone, { key: "mine" });
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'mine'").run();
    readProblem(await askToPay(amina, phone, { key: "mine", amount: 5000 }), "idempotency_key_reused");
    readProblem(await askToPay(amina, newPhone(), { key: "mine" }), "idempotency_key_reused");
    expect(await daraja.prompts()).toHaveLength(1);
  });

  it("of a request whose phone was busy may be used again when it is not", async () => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const phone = newPhone();
    await ring(amina, phone);
    readProblem(await askToPay(amina, phone, { key: "patient" }), "prompt_open");
    await daraja.act("decide", { which: phone, outcome: "cancelled" });
    await callBack();
    await ring(amina, phone, { key: "patient" });
    expect(await daraja.prompts({ phone, isOpen: true })).toHaveLength(1);
  });
});

describe("a plan by M-Pesa", () => {
  it("is had for 30 days once it is paid", async () => {
    const { daraja, amina, callBack, now } = await mpesaWorld();
    const phone = newPhone();
    const body = { plan: "pro", phone_number: phone };
    const answer = read(await amina.post("/api/billing/mpesa", body), 202, mpesaAnswer);
    const [prompt] = await daraja.prompts({ phone });
    expect(prompt).toMatchObject({ amount: 1000 });
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await callBack();
    const row = await rowOf(answer.payment_id);
    expect(row).toMatchObject({ state: "paid", plan: "pro", fulfilledAtMs: now() });
    const reply = await amina.get("/api/billing/subscription");
    expect(JSON.parse(reply.text)).toMatchObject({ plan: "pro", provider: "mpesa" });
    expect(await creditsOf(amina)).toEqual([10]);
  });

  it("is refused while one by card goes on", async () => {
    const { daraja, amina, now } = await mpesaWorld();
    const { tenant_id: tenantId } = (await env.DB.prepare("SELECT tenant_id FROM sessions WHERE user_id = ?")
      .bind(amina.session.user.id)
      .first<{ tenant_id: string }>()) ?? { tenant_id: "" };
    await env.DB.prepare(
      `INSERT INTO subscriptions (id, tenant_id, customer_id, plan, status, item_id, current_period_start_ms,
         current_period_end_ms, is_cancelled_at_period_end, read_at_ms, created_at_ms)
       VALUES (?, ?, 'cus_1', 'pro', 'active', 'si_1', ?, ?, 0, ?, ?)`,
    )
      .bind(`sub_${tenantId}`, tenantId, now(), now() + 30 * 86_400_000, now(), now())
      .run();
    const reply = await amina.post("/api/billing/mpesa", { plan: "premium", phone_number: newPhone() });
    readProblem(reply, "subscription_active");
    expect(await daraja.prompts()).toEqual([]);
  });

  it("that is not for sale is refused", async () => {
    const { amina } = await mpesaWorld();
    for (const plan of ["free", "enterprise", "gold"]) {
      expect(readPointers(await amina.post("/api/billing/mpesa", { plan, phone_number: newPhone() }))).toEqual([
        "/plan",
      ]);
    }
  });
});

describe("Astella", () => {
  const status = (reply: Parameters<typeof read>[0]) => read(reply, 200, mpesaStatusAnswer);

  it("buys credits and asks until they are there", async () => {
    const { daraja, amina, callBack, pass } = await mpesaWorld();
    const phone = newPhone();
    const body = { amount: 500, payment_method: "mpesa", phone_number: phone };
    const begun = read(await amina.post("/purchase-credits", body), 200, purchaseByPhone);
    const [prompt] = await daraja.prompts({ phone });
    expect(prompt).toMatchObject({ amount: 500, checkoutRequestId: begun.checkout_request_id });
    const ask = async () =>
      status(await amina.post("/mpesa/status", { checkout_request_id: begun.checkout_request_id }));
    expect(await ask()).toEqual({ status: "pending", message: expect.any(String), credits_remaining: 10 });
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await callBack();
    await pass(5 * secondMs);
    expect(await ask()).toEqual({
      status: "paid",
      result_code: "0",
      message: "Paid. 20 credits were added.",
      credits_remaining: 30,
    });
  });

  it("is told why a payment failed", async () => {
    const { daraja, amina, callBack } = await mpesaWorld();
    const { checkout_request_id: id } = await ring(amina, newPhone());
    await daraja.act("decide", { which: id ?? "", outcome: "no_balance" });
    await callBack();
    expect(status(await amina.post("/mpesa/status", { checkout_request_id: id }))).toMatchObject({
      status: "failed",
      result_code: "1",
      message: expect.stringContaining("top up"),
    });
  });

  it("gets a name to ask by when M-Pesa has told none", async () => {
    const { daraja, amina } = await mpesaWorld();
    await daraja.fault({ path: "/mpesa/stkpush", times: 1, kind: "drop" });
    const body = { amount: 500, payment_method: "mpesa", phone_number: newPhone() };
    const begun = read(await amina.post("/purchase-credits", body), 200, purchaseByPhone);
    expect(begun.checkout_request_id).toBe(begun.payment_id);
    const asked = await amina.post("/mpesa/status", { checkout_request_id: begun.checkout_request_id });
    expect(status(asked)).toMatchObject({ status: "pending" });
  });

  it("learns nothing of another tenant's payment", async () => {
    const { amina, queue } = await mpesaWorld();
    const { payment_id: id, checkout_request_id: request } = await ring(amina, newPhone());
    const juma = await signUp({ send: queue.send });
    for (const checkout_request_id of [request, id, "ws_CO_nothing"])
      readProblem(await juma.post("/mpesa/status", { checkout_request_id }), "not_found");
  });
});

describe("whoever watches a payment", () => {
  it("has M-Pesa asked: not in the first 25 s, then every 15 s at most, and is credited though the callback is lost", async () => {
    const { daraja, amina, pass } = await mpesaWorld();
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(amina, phone);
    const look = () => amina.post("/mpesa/status", { checkout_request_id: request });
    const checks = async () => (await rowOf(id)).checks;
    await pass(24 * secondMs);
    await look();
    expect(await checks()).toBe(0);
    await pass(secondMs);
    await Promise.all(Array.from({ length: 5 }, look));
    expect(await checks()).toBe(1);
    await pass(14 * secondMs);
    await look();
    expect(await checks()).toBe(1);
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await daraja.callbacks();
    await pass(secondMs);
    expect(read(await look(), 200, mpesaStatusAnswer)).toMatchObject({ status: "paid", credits_remaining: 110 });
    expect(await rowOf(id)).toMatchObject({ checks: 2, receipt: null, state: "paid" });
  });
});
