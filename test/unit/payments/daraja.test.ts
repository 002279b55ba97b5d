/** Daraja's answers as they are seen in the wild, and what is made of them. What it does when asked rightly, the Worker's tests show. */
import { describe, expect, it } from "vitest";
import { mayBePhone, toMpesaPhone } from "../../../src/core/payments/phones/phone-number.ts";
import { idEndOf, referenceOf } from "../../../src/core/payments/phones/phone-reference.ts";
import { readStatusResult } from "../../../src/core/payments/phones/read-callback.ts";
import { isKnownEnd, resultOf } from "../../../src/core/payments/phones/result-codes.ts";
import { createDarajaPhones } from "../../../src/platform/daraja/phones.ts";

const account = { base: "https://daraja.test", shortcode: "174379", passkey: "passkey", till: null, initiator: null };
type Sent = { url: string; body: Record<string, unknown> };

/** A Daraja that gives these answers, one after the other; the last one stays. */
function answering(...answers: { status?: number; body: string }[]) {
  const sent: Sent[] = [];
  const phones = createDarajaPhones(account, {
    fetch: async (input, init) => {
      const { status = 200, body } = answers[Math.min(sent.length, answers.length - 1)] ?? { body: "" };
      sent.push({ url: String(input), body: JSON.parse(String(init?.body)) });
      return new Response(body, { status });
    },
    now: () => Date.UTC(2026, 10, 21, 21, 30, 5),
    tokens: { token: async () => ({ ok: true, token: "token" }) },
    sleep: async () => undefined,
    random: () => 0.5,
    log: { write: () => undefined },
  });
  return { phones, sent };
}

const prompt = {
  amount: 25,
  phone: "254712345678",
  callbackUrl: "https://studio.test/callback",
  reference: "SJ0000000000",
  description: "Credits",
};
const ids = { MerchantRequestID: "m-1", CheckoutRequestID: "ws_CO_1" };
const json = (body: object, status = 200) => ({ status, body: JSON.stringify(body) });
const fault = (errorcode: string) => ({ fault: { faultstring: "Refused.", detail: { errorcode } } });

describe("a push", () => {
  it("is signed with the time of East Africa, the same in its password and beside it", async () => {
    const { phones, sent } = answering(json({ ...ids, ResponseCode: "0" }));
    await phones.push(prompt);
    const { Timestamp: timestamp, Password: password } = sent[0]?.body ?? {};
    expect(timestamp).toBe("20261122003005");
    expect(atob(String(password))).toBe("174379passkey20261122003005");
  });

  const prompted = { outcome: "prompted", checkoutRequestId: "ws_CO_1", merchantRequestId: "m-1" };
  const unknown = { outcome: "unknown" };
  const refused = (code: string, reason: string) => ({ outcome: "refused", code, reason });
  it.each([
    ["ResponseCode 0", json({ ...ids, ResponseCode: "0" }), prompted],
    ["ResponseCode 00", json({ ...ids, ResponseCode: "00" }), prompted],
    ["ResponseCode as a number", json({ ...ids, ResponseCode: 0 }), prompted],
    ["another ResponseCode", json({ ...ids, ResponseCode: "1" }), unknown],
    ["no id", json({ MerchantRequestID: "m-1", ResponseCode: "0" }), unknown],
    ["a success with a failure's status", json({ ...ids, ResponseCode: "0" }, 500), unknown],
    ["cut off", { body: '{"MerchantRequestID":"m-1","Checkout' }, unknown],
    ["a list", { body: "[]" }, unknown],
    ["null", { body: "null" }, unknown],
    [
      "an unlisted 4xx code",
      json({ errorCode: "400.009.99", errorMessage: "?" }, 400),
      refused("400.009.99", "invalid"),
    ],
    ["an unlisted 5xx code", json({ errorCode: "500.009.99", errorMessage: "?" }, 500), unknown],
    ["a refusal with a success's status", json({ errorCode: "400.002.02", errorMessage: "?" }, 200), unknown],
    [
      "the gateway's quota",
      json(fault("policies.ratelimit.QuotaViolation"), 429),
      refused("500.003.03", "system_busy"),
    ],
    ["the gateway's own words", json(fault("messaging.adaptors.http.flow.GatewayTimeout"), 504), unknown],
  ])("answered with %s", async (_name, answer, outcome) => {
    const { phones, sent } = answering(answer);
    expect(await phones.push(prompt)).toEqual(outcome);
    expect(sent).toHaveLength(1);
  });

  it("that meets the gateway's spike arrest is made again, twice at most", async () => {
    const spike = json(fault("policies.ratelimit.SpikeArrestViolation"), 429);
    const once = answering(spike, json({ ...ids, ResponseCode: "0" }));
    expect(await once.phones.push(prompt)).toEqual(prompted);
    const always = answering(spike);
    expect(await always.phones.push(prompt)).toEqual(refused("500.003.02", "system_busy"));
    expect(always.sent).toHaveLength(3);
  });
});

describe("a query", () => {
  const answered = (fields: object) => json({ ResponseCode: "0", CheckoutRequestID: "ws_CO_1", ...fields });
  it.each([
    ["0", answered({ ResultCode: "0" }), { state: "paid" }],
    ["0 as a number", answered({ ResultCode: 0 }), { state: "paid" }],
    ["a code that is a text", answered({ ResultCode: "SFC_IC0003" }), { state: "failed", resultCode: "SFC_IC0003" }],
    ["no code", answered({}), { state: "pending" }],
    ["an empty code", answered({ ResultCode: "" }), { state: "pending" }],
    ["another prompt's result", answered({ ResultCode: "0", CheckoutRequestID: "ws_CO_2" }), { state: "pending" }],
    ["a result with a failure's status", json({ ResultCode: "0" }, 500), { state: "pending" }],
  ])("answered with %s", async (_name, answer, outcome) => {
    expect(await answering(answer).phones.query("ws_CO_1")).toEqual(outcome);
  });
});

describe("who calls back", () => {
  it("is known by Safaricom's addresses, in production alone", () => {
    const parts = answering({ body: "" });
    expect(parts.phones.isKnownSender("203.0.113.9")).toBe(true);
    const production = createDarajaPhones({ ...account, base: "https://api.safaricom.co.ke" }, partsOfNothing);
    expect(production.isKnownSender("196.201.214.200")).toBe(true);
    expect(production.isKnownSender("196.201.214.201")).toBe(false);
    expect(production.isKnownSender(null)).toBe(false);
  });
});

const partsOfNothing: Parameters<typeof createDarajaPhones>[1] = {
  fetch: async () => new Response(""),
  now: () => 0,
  tokens: { token: async () => ({ ok: false, code: "none" }) },
  sleep: async () => undefined,
  random: () => 0,
  log: { write: () => undefined },
};

describe("a phone number", () => {
  it.each([
    ["0712345678", "254712345678"],
    ["0112345678", "254112345678"],
    ["７１２３４５６７８", "254712345678"],
    ["+254-712 345-678", "254712345678"],
    ["+2540712345678", null],
    ["+712345678", null],
    ["0212345678", null],
    ["", null],
  ])("%s is %s", (text, phone) => {
    expect(toMpesaPhone(text)).toBe(phone);
  });

  it.each([
    ["254712345678", true],
    ["2547 ***** 678", true],
    ["25471****678", true],
    ["+254712345678", true],
    ["2547 ***** 679", false],
    ["2541 ***** 678", false],
    ["254712345679", false],
    ["71234", false],
    ["Amina W", false],
    ["*", false],
    ["2 ***** 8", false],
    ["2547f0c1e8d94ab6", false],
    ["a3f0c1e8d94ab6f", false],
  ])("that is shown as %s may be 254712345678: %s", (shown, may) => {
    expect(mayBePhone("254712345678", shown)).toBe(may);
  });
});

describe("what M-Pesa's books say", () => {
  const told = (status: string) =>
    readStatusResult(
      JSON.stringify({
        Result: {
          ResultType: 0,
          ResultCode: 0,
          ResultParameters: { ResultParameter: [{ Key: "TransactionStatus", Value: status }] },
        },
      }),
    );
  it("of a state is a word, and not whatever was sent", () => {
    expect(told("Completed")).toMatchObject({ resultCode: "0", status: "Completed", amount: null, payer: null });
    for (const text of ["x".repeat(33), "call +254 700 000000", ""]) expect(told(text).status).toBeNull();
  });
});

describe("a payment's reference", () => {
  it("leads back to the end of its id, in any case, and nothing else does", () => {
    const id = "pay_01hzxm3k9q4v7wd2n8rtcb5ej6";
    expect(referenceOf(id)).toBe("SJN8RTCB5EJ6");
    expect(referenceOf(id)).toHaveLength(12);
    expect(idEndOf(` ${referenceOf(id).toLowerCase()} `)).toBe(id.slice(-10));
    for (const text of ["", "my rent", "SJ", `${referenceOf(id)}1`, `XX${referenceOf(id).slice(2)}`, "SJ%%%%%%%%%%"])
      expect(idEndOf(text)).toBeNull();
  });
});

describe("codes that strangers send", () => {
  it.each(["constructor", "toString", "__proto__", "", "0x0"])("%j is a code that nobody knows", (code) => {
    expect(resultOf(code)).toEqual(resultOf("a code of tomorrow"));
    expect(isKnownEnd(code)).toBe(false);
  });
});
