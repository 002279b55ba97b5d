import { constants, generateKeyPairSync, publicEncrypt } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Response as MiniflareResponse } from "miniflare";
import { describe, expect, test } from "vitest";
import { toResponse } from "../../stand-ins/daraja/answers.ts";
import { callbackModes } from "../../stand-ins/daraja/callback-modes.ts";
import { Caller, callBackUrl, merchant, standIn, startMs, usualPhone } from "../../stand-ins/daraja/caller.ts";
import type { StandInDaraja } from "../../stand-ins/daraja/daraja.ts";
import { eatTimestamp } from "../../stand-ins/daraja/eat-time.ts";
import { magicPhoneOf, magicPhones } from "../../stand-ins/daraja/magic-phones.ts";
import { type OutcomeName, outcomes } from "../../stand-ins/daraja/outcomes.ts";
import { reversalResults } from "../../stand-ins/daraja/reversal.ts";
import { serve } from "../../stand-ins/daraja/serve.ts";
import type { DarajaOptions, Fault } from "../../stand-ins/daraja/world.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const receiptShape = /^[A-Z0-9]{10}$/;

async function signedIn(options: Partial<DarajaOptions> = {}) {
  const made = standIn(options);
  await made.caller.signIn();
  return made;
}

type StkCallback = {
  MerchantRequestID: string;
  CheckoutRequestID: string;
  ResultCode: number | string;
  ResultDesc: string;
  CallbackMetadata?: { Item: { Name: string; Value?: unknown }[] };
};

const stkOf = (body: string) => (JSON.parse(body) as { Body: { stkCallback: StkCallback } }).Body.stkCallback;
const itemValue = (callback: StkCallback, name: string) =>
  callback.CallbackMetadata?.Item.find((item) => item.Name === name)?.Value;

type ResultBody = {
  ResultType: number;
  ResultCode: number | string;
  OriginatorConversationID: string;
  ConversationID: string;
  TransactionID: string;
  ResultParameters?: { ResultParameter: { Key: string; Value?: unknown }[] };
};

const resultOf = (body: string) => (JSON.parse(body) as { Result: ResultBody }).Result;
const parameter = (result: ResultBody, key: string) =>
  result.ResultParameters?.ResultParameter.find((one) => one.Key === key)?.Value;

const refusal = (errorCode: string, errorMessage: unknown = expect.any(String)) => ({
  requestId: expect.any(String),
  errorCode,
  errorMessage,
});

/** A payment that has arrived, and whose callback is out of the way. */
async function paid(daraja: StandInDaraja, caller: Caller): Promise<string> {
  const { receipt } = daraja.decide(await caller.prompt(), "paid");
  daraja.takeCallbacks();
  return receipt ?? "";
}

describe("the token", () => {
  test("says its life as text, and makes the former one void", async () => {
    const { caller } = standIn();
    const { status, body } = await caller.token();
    expect({ status, body }).toEqual({ status: 200, body: { access_token: expect.any(String), expires_in: "3599" } });
    const former = await caller.signIn();
    expect((await caller.push()).status).toBe(200);
    const latter = String((await caller.token()).body.access_token);
    expect(latter).not.toBe(former);
    const refused = await caller.push({ PhoneNumber: "254112345678" });
    expect(refused).toMatchObject({ status: 404, body: refusal("404.001.03", "Invalid Access Token") });
  });

  test("ends after 3599 seconds, and not before", async () => {
    const { daraja, caller } = await signedIn();
    daraja.advance(3_598_999);
    expect((await caller.push()).status).toBe(200);
    daraja.advance(1);
    expect((await caller.query("any")).body).toEqual(refusal("404.001.03"));
  });

  test("can be void because another process asked for one", async () => {
    const { daraja, caller } = await signedIn();
    daraja.voidTokens();
    expect((await caller.push()).body.errorCode).toBe("404.001.03");
  });

  test("stays good beside a new one where a stand-in is shared", async () => {
    const { caller } = await signedIn({ voidsFormerToken: false });
    await caller.token();
    expect((await caller.push()).status).toBe(200);
  });

  test("is refused to the wrong credentials, type and grant", async () => {
    const { caller } = standIn();
    const wrong = `Basic ${Buffer.from("a key:another secret").toString("base64")}`;
    expect(await caller.token({ authorization: wrong })).toMatchObject({ status: 400, body: refusal("400.008.01") });
    expect((await caller.token({ authorization: "Bearer x" })).body).toEqual(refusal("400.008.01"));
    expect(await caller.token({ grant: "password" })).toMatchObject({ status: 400, body: refusal("400.008.02") });
  });

  test("must come as a bearer's", async () => {
    const { caller } = await signedIn();
    const headers = { "Content-Type": "application/json" };
    const answer = await caller.call("/mpesa/stkpush/v1/processrequest", { method: "POST", headers, body: "{}" });
    expect(answer).toMatchObject({ status: 404, body: refusal("404.001.04") });
  });
});

describe("the push", () => {
  test("is accepted, which is not paid", async () => {
    const { daraja, caller } = await signedIn();
    const { status, body } = await caller.push();
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        MerchantRequestID: expect.any(String),
        CheckoutRequestID: expect.stringMatching(/^ws_CO_22112026013000\d+$/),
        ResponseCode: "0",
        ResponseDescription: "Success. Request accepted for processing",
        CustomerMessage: "Success. Request accepted for processing",
      },
    });
    expect(daraja.listPrompts()).toMatchObject([{ state: "open", amount: 500, accountReference: "SHUJAA" }]);
    expect(daraja.listTransactions()).toEqual([]);
    expect(daraja.takeCallbacks()).toEqual([]);
  });

  const wrongFields: [field: string, wrong: unknown[], right: unknown[]][] = [
    ["BusinessShortCode", ["", "1743", "17437912", "till"], [174379]],
    ["Password", ["", undefined], []],
    ["TransactionType", ["CustomerPaybillOnline", "", undefined], ["CustomerPayBillOnline"]],
    ["Amount", [0, -1, 10.5, "10.00", 250_001, "", "ten", undefined], [1, "1", 250_000]],
    ["PartyA", ["0712345678", "+254712345678", "25471234567", "2547123456789", "254812345678"], [254_712_345_678]],
    ["PartyB", ["", "12"], [174379]],
    ["PhoneNumber", ["0712345678", "254612345678", "", undefined], ["254112345678", 254_712_345_678]],
    ["CallBackURL", ["", "studio.test/hook", "ftp://studio.test/hook", undefined], ["http://127.0.0.1:8787/hook"]],
    ["AccountReference", ["", "a".repeat(13), undefined], ["a".repeat(12)]],
    ["TransactionDesc", ["a".repeat(14)], ["a".repeat(13), "", undefined]],
  ];
  test.each(wrongFields)("takes no wrong %s", async (field, wrong, right) => {
    for (const value of wrong) {
      const { daraja, caller } = await signedIn();
      const answer = await caller.push({ [field]: value });
      expect(answer).toMatchObject({ status: 400, body: refusal("400.002.02", `Bad Request - Invalid ${field}`) });
      expect(daraja.listPrompts()).toEqual([]);
    }
    for (const value of right) {
      const { caller } = await signedIn();
      expect((await caller.push({ [field]: value })).status, String(value)).toBe(200);
    }
  });

  test("wants the time of Nairobi, within five minutes, and the same time in the password", async () => {
    const { caller } = await signedIn();
    const at = (ms: number) => caller.signature(eatTimestamp(startMs + ms));
    const invalid = refusal("400.002.02", "Bad Request - Invalid Timestamp");
    const greenwich = caller.signature("20261121223000");
    for (const signature of [at(-301_000), at(301_000), greenwich, caller.signature("20261131013000")]) {
      expect((await caller.push(signature)).body).toEqual(invalid);
    }
    const mixed = { ...at(0), Timestamp: at(1000).Timestamp };
    const answer = await caller.push(mixed);
    expect(answer).toMatchObject({ status: 500, body: refusal("500.001.1001", "Wrong credentials") });
    expect((await caller.push(at(-300_000))).status).toBe(200);
    expect((await caller.push({ ...at(300_000), PhoneNumber: "254112345678" })).status).toBe(200);
  });

  test("knows its merchant", async () => {
    const { caller } = await signedIn();
    const answer = await caller.push({ BusinessShortCode: "600999" });
    expect(answer).toMatchObject({ status: 500, body: refusal("500.001.1001", "Merchant does not exist") });
  });

  test("a phone with an open prompt takes no other", async () => {
    const { daraja, caller } = await signedIn();
    await caller.push();
    const words = expect.stringMatching(/^Unable to lock subscriber/);
    expect(await caller.push()).toMatchObject({ status: 500, body: refusal("500.001.1001", words) });
    expect((await caller.push({ PhoneNumber: "254112345678" })).status).toBe(200);
    daraja.decide(usualPhone, "cancelled");
    expect((await caller.push()).status).toBe(200);
  });

  test("with strict addresses, takes only what production takes", async () => {
    const { caller } = await signedIn({ strictUrls: true });
    const hooks = [
      "http://studio.test/a",
      "https://studio.test/mpesa",
      "https://studio.test/SQL/a",
      "https://localhost/a",
    ];
    for (const CallBackURL of [
      ...hooks,
      "https://10.0.0.1/a",
      "https://a.ngrok.io/a",
      "https://studio.test/a?query=1",
    ]) {
      expect((await caller.push({ CallBackURL })).body.errorMessage, CallBackURL).toMatch(/Invalid CallBackURL$/);
    }
    expect((await caller.push()).status).toBe(200);
  });

  test("a till in a paybill's place rings nowhere, and ends as SFC_IC0003", async () => {
    for (const mixed of [
      { PartyB: merchant.tillNumber },
      { TransactionType: "CustomerBuyGoodsOnline", PartyB: merchant.shortcode },
    ]) {
      const { daraja, caller } = await signedIn();
      expect((await caller.push(mixed)).status).toBe(200);
      expect(daraja.takeCallbacks().map(({ body }) => stkOf(body).ResultCode)).toEqual(["SFC_IC0003"]);
    }
    const { daraja, caller } = await signedIn();
    await caller.push({ TransactionType: "CustomerBuyGoodsOnline", PartyB: merchant.tillNumber });
    expect(daraja.listPrompts({ isOpen: true })).toHaveLength(1);
  });

  test("unknown paths, methods, hosts and bodies are refused", async () => {
    const { daraja, caller } = await signedIn();
    expect(await caller.post("/mpesa/stkpush/v2/x", {})).toMatchObject({ status: 404, body: refusal("404.001.01") });
    const get = await caller.call("/mpesa/stkpush/v1/processrequest", { method: "GET" });
    expect(get).toMatchObject({ status: 405, body: refusal("405.001") });
    expect((await daraja.fetch(new Request("https://api.safaricom.co.ke/oauth/v1/generate"))).status).toBe(404);
    const Authorization = `Bearer ${await caller.signIn()}`;
    const send = (body: string, type: string) =>
      caller.call("/mpesa/stkpush/v1/processrequest", {
        method: "POST",
        headers: { Authorization, "Content-Type": type },
        body,
      });
    expect((await send("{}", "text/plain")).body).toEqual(refusal("400.002.02"));
    for (const body of ["", "{", "[]", "null"]) {
      expect((await send(body, "application/json")).body).toEqual(refusal("400.002.05"));
    }
  });
});

describe("what goes wrong", () => {
  const errors: [code: string, status: number][] = [
    ["400.002.02", 400],
    ["404.001.03", 404],
    ["404.001.01", 404],
    ["405.001", 405],
    ["500.001.1001", 500],
    ["500.003.02", 500],
    ["500.003.03", 500],
    ["500.003.1001", 500],
  ];
  test.each(errors)("%s comes as often as told, then no more", async (errorCode, status) => {
    const { daraja, caller } = await signedIn();
    daraja.addFault({ path: "/mpesa/stkpush/", times: 2, kind: "error", errorCode });
    for (const _ of [1, 2]) expect(await caller.push()).toMatchObject({ status, body: refusal(errorCode) });
    expect(daraja.listPrompts()).toEqual([]);
    expect((await caller.push()).status).toBe(200);
  });

  const kinds: [what: string, fault: Omit<Fault, "path" | "times">, status: number, text: RegExp][] = [
    ["an envelope with 200", { kind: "error", errorCode: "500.003.02", status: 200 }, 200, /Spike Arrest/],
    ["a page", { kind: "html" }, 503, /^<!DOCTYPE html>/],
    ["a page with 200", { kind: "html", status: 200 }, 200, /^<!DOCTYPE html>/],
    ["an empty body", { kind: "empty" }, 200, /^$/],
  ];
  test.each(kinds)("%s, before or after the work", async (_, fault, status, text) => {
    const { daraja, caller } = await signedIn();
    for (const afterWork of [false, true]) {
      daraja.addFault({ ...fault, path: "/mpesa/stkpush/", times: 1, afterWork });
      const answer = await caller.push();
      expect(answer.status).toBe(status);
      expect(answer.text).toMatch(text);
      expect(daraja.listPrompts()).toHaveLength(afterWork ? 1 : 0);
    }
  });

  test("a broken connection, before or after the work", async () => {
    const { daraja, caller } = await signedIn();
    for (const afterWork of [false, true]) {
      daraja.addFault({ path: "/mpesa/stkpush/", times: 1, kind: "drop", afterWork });
      await expect(caller.push()).rejects.toThrow(TypeError);
      expect(daraja.listPrompts()).toHaveLength(afterWork ? 1 : 0);
    }
    expect(daraja.decide(usualPhone, "paid").receipt).toMatch(receiptShape);
  });

  test("a call that is never answered, until its caller gives up or it is released", async () => {
    const { daraja, caller } = await signedIn();
    daraja.addFault({ path: "/mpesa/", times: 2, kind: "never", afterWork: true });
    const controller = new AbortController();
    const given = caller.push({}, controller.signal);
    const kept = caller.push({ PhoneNumber: "254112345678" });
    await expect.poll(() => daraja.listPrompts().length).toBe(2);
    controller.abort(new Error("given up"));
    await expect(given).rejects.toThrow("given up");
    expect(daraja.release(usualPhone)).toBe(1);
    expect(daraja.release("254112345678")).toBe(1);
    await expect(kept).rejects.toThrow(TypeError);
  });

  test("only for one phone, whichever call it is", async () => {
    const { daraja, caller } = await signedIn();
    daraja.addFault({ path: "/", times: 9, kind: "error", errorCode: "500.003.02", phone: usualPhone });
    const other = await caller.prompt({ PhoneNumber: "254112345678" });
    expect((await caller.query(other)).body.errorMessage).toMatch(/being processed/);
    expect((await caller.push()).body.errorCode).toBe("500.003.02");
    daraja.clearFaults();
    const id = await caller.prompt();
    daraja.addFault({
      path: "/mpesa/stkpushquery/",
      times: 1,
      kind: "error",
      errorCode: "500.003.02",
      phone: usualPhone,
    });
    expect((await caller.query(id)).body.errorCode).toBe("500.003.02");
  });

  test("a lost answer can still be made a Response of miniflare's", async () => {
    const { daraja, caller } = await signedIn();
    daraja.addFault({ path: "/", times: 1, kind: "drop" });
    const lost = await daraja.answer(new Request("https://daraja.test/oauth/v1/generate"));
    expect(lost.isLost).toBe(true);
    const response = toResponse(lost, MiniflareResponse);
    expect(response).toBeInstanceOf(MiniflareResponse);
    expect([response.status, await response.text()]).toEqual([502, ""]);
    expect((await caller.push()).status).toBe(200);
  });
});

describe("what the payer does", () => {
  const names = Object.keys(outcomes) as OutcomeName[];

  test("the table has every row", () => {
    const codes = names.map((name) => outcomes[name].code);
    expect(codes).toEqual(
      "0 1 2 3 4 8 17 26 1001 1019 1025 9999 1031 1032 1037 2001 2028 8006 SFC_IC0003 4999".split(" "),
    );
  });

  test.each(names)("%s: in the callback, in the query, and as a phone of its own", async (name) => {
    const { code, description } = outcomes[name];
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    const { body } = await caller.query(id);
    expect(body).toEqual(refusal("500.001.1001", "The transaction is being processed"));
    daraja.decide(id, name);
    const magicId = await caller.prompt({ PhoneNumber: magicPhoneOf(name) });
    const told = daraja.takeCallbacks();
    expect(told.map(({ checkoutRequestId }) => checkoutRequestId)).toEqual([id, magicId]);
    for (const delivery of told) {
      expect(delivery.url).toBe(callBackUrl);
      const callback = stkOf(delivery.body);
      expect(callback).toMatchObject({
        MerchantRequestID: expect.any(String),
        CheckoutRequestID: delivery.checkoutRequestId,
        ResultCode: /^\d+$/.test(code) ? Number(code) : code,
        ResultDesc: description,
      });
      expect("CallbackMetadata" in callback).toBe(code === "0");
      const query = await caller.query(callback.CheckoutRequestID);
      expect(query).toMatchObject({
        status: 200,
        body: { ResponseCode: "0", ResultCode: code, ResultDesc: description },
      });
      expect(query.body).not.toHaveProperty("MpesaReceiptNumber");
    }
    expect(daraja.listTransactions()).toHaveLength(code === "0" ? 2 : 0);
    expect((await caller.push()).status, "the phone is free again").toBe(200);
  });

  test("a payment's callback names amount, receipt, time and phone", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    daraja.advance(10_000);
    const { receipt } = daraja.decide(id, "paid");
    const [delivery] = daraja.takeCallbacks();
    expect(delivery?.body).toContain('{"Name":"Amount","Value":500}');
    expect(stkOf(delivery?.body ?? "").CallbackMetadata).toEqual({
      Item: [
        { Name: "Amount", Value: 500 },
        { Name: "MpesaReceiptNumber", Value: receipt },
        { Name: "TransactionDate", Value: 20261122013010 },
        { Name: "PhoneNumber", Value: Number(usualPhone) },
      ],
    });
    expect(receipt).toMatch(receiptShape);
    expect(daraja.takeCallbacks(), "taken once").toEqual([]);
  });

  test("an unknown code goes through, by decision and by phone", async () => {
    const { daraja, caller } = await signedIn();
    daraja.decide(await caller.prompt(), { code: "1036", description: "SMSC ACK timeout" });
    await caller.prompt({ PhoneNumber: "254700007777" });
    expect(daraja.takeCallbacks().map(({ body }) => stkOf(body).ResultCode)).toEqual([1036, 7777]);
  });

  test("a prompt left alone ends after 60 seconds as 1037, and not before", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    daraja.advance(59_999);
    expect(daraja.takeCallbacks()).toEqual([]);
    expect(daraja.listPrompts({ isOpen: true })).toHaveLength(1);
    daraja.advance(hourMs);
    expect(daraja.listPrompts()).toMatchObject([{ state: "ended", endedMs: startMs + minuteMs }]);
    expect(daraja.takeCallbacks().map(({ body, dueMs }) => [stkOf(body).ResultCode, dueMs])).toEqual([
      [1037, startMs + minuteMs],
    ]);
    await caller.signIn();
    expect((await caller.query(id)).body.ResultCode).toBe("1037");
  });

  test("a clock that is moved from outside ends it, too", async () => {
    let now = startMs;
    const { caller } = await signedIn({ now: () => now });
    const id = await caller.prompt();
    now += minuteMs;
    expect((await caller.query(id)).body.ResultCode).toBe("1037");
  });

  test("nothing is decided twice, save that a failure can turn out to be paid", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    daraja.decide(id, "unreachable");
    expect(() => daraja.decide(id, "cancelled")).toThrow("has ended as 1037");
    expect(() => daraja.decide(usualPhone, "paid")).toThrow("no open one");
    expect(daraja.decide(id, "paid").receipt).toMatch(receiptShape);
    expect(() => daraja.decide(id, "paid")).toThrow("has ended as 0");
    expect(() => daraja.decide(id, "cancelled")).toThrow("has ended as 0");
    expect(daraja.takeCallbacks().map(({ body }) => stkOf(body).ResultCode)).toEqual([1037, 0]);
    expect((await caller.query(id)).body.ResultCode).toBe("0");
  });

  test("what is still under processing is decided later", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    daraja.decide(id, "processing");
    daraja.advance(2 * minuteMs);
    expect((await caller.query(id)).body.ResultCode).toBe("4999");
    daraja.decide(id, "wrong_pin");
    expect(daraja.takeCallbacks().map(({ body }) => stkOf(body).ResultCode)).toEqual([4999, 2001]);
  });

  test("a plan is for the next push alone, and goes before a magic phone", async () => {
    const { daraja, caller } = await signedIn();
    const magic = magicPhoneOf("cancelled");
    daraja.planNext(magic, { outcome: "paid" });
    for (const _ of [1, 2]) await caller.push({ PhoneNumber: magic });
    expect(daraja.takeCallbacks().map(({ body }) => stkOf(body).ResultCode)).toEqual([0, 1032]);
  });

  test("with wallet rules: the same amount within 2 minutes, and 500,000 a day", async () => {
    const { daraja, caller } = await signedIn({ hasWalletRules: true });
    const pay = async (Amount: number) => daraja.decide(await caller.prompt({ Amount }), "paid").result?.code;
    expect(await pay(250_000)).toBe("0");
    expect(await pay(250_000)).toBe("17");
    daraja.advance(119_999);
    expect(await pay(250_000)).toBe("17");
    daraja.advance(1);
    expect(await pay(250_000)).toBe("0");
    expect(await pay(1)).toBe("4");
    daraja.advance(24 * hourMs);
    await caller.signIn();
    expect(await pay(1)).toBe("0");
  });

  test("receipts and requests are never the same twice, and the same seed makes the same", async () => {
    const run = async (seed: number) => {
      const { daraja, caller } = await signedIn({ seed });
      for (let count = 0; count < 300; count += 1) await caller.push({ PhoneNumber: magicPhoneOf("paid") });
      return daraja
        .listPrompts()
        .flatMap((prompt) => [prompt.receipt, prompt.checkoutRequestId, prompt.merchantRequestId]);
    };
    const ids = await run(7);
    expect(new Set(ids).size).toBe(900);
    expect(await run(7)).toEqual(ids);
    expect(await run(8)).not.toEqual(ids);
  });
});

describe("the query", () => {
  test("stays pending for as many calls as told", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    daraja.decide(id, "paid");
    daraja.keepQueryPending(id, 2);
    const slow = await caller.prompt({ PhoneNumber: "254700020000" });
    const ask = async (which: string) => {
      const { status, body } = await caller.query(which);
      return [status, body.errorCode ?? body.ResultCode];
    };
    expect([await ask(id), await ask(id), await ask(id)]).toEqual([
      [500, "500.001.1001"],
      [500, "500.001.1001"],
      [200, "0"],
    ]);
    expect([await ask(slow), await ask(slow), await ask(slow), await ask(slow)].map(([status]) => status)).toEqual([
      500, 500, 500, 200,
    ]);
  });

  test("never believes a callback that M-Pesa did not send", async () => {
    const { daraja, caller } = await signedIn();
    const id = await caller.prompt();
    const forged = daraja.forgeCallback(id, { receipt: "SAB1234567", amount: 5_000, url: `${callBackUrl}x` });
    expect(daraja.takeCallbacks()).toEqual([forged]);
    expect(forged).toMatchObject({ kind: "forged_callback", url: `${callBackUrl}x` });
    const callback = stkOf(forged.body);
    expect([callback.ResultCode, itemValue(callback, "Amount")]).toEqual([0, 5_000]);
    expect(itemValue(callback, "MpesaReceiptNumber")).toBe("SAB1234567");
    expect((await caller.query(id)).body).toEqual(refusal("500.001.1001"));
    daraja.decide(id, "cancelled");
    daraja.forgeCallback(id);
    expect((await caller.query(id)).body.ResultCode).toBe("1032");
    expect(daraja.listTransactions()).toEqual([]);
  });

  test("checks its password, time and id as the push does", async () => {
    const { caller } = await signedIn();
    const id = await caller.prompt();
    const invalid = (field: string) => refusal("400.002.02", `Bad Request - Invalid ${field}`);
    expect((await caller.query("ws_CO_1")).body).toEqual(invalid("CheckoutRequestID"));
    expect((await caller.query(id, { Timestamp: "20261121223000" })).body).toEqual(invalid("Timestamp"));
    expect((await caller.query(id, { Password: "bm8=" })).body).toEqual(refusal("500.001.1001", "Wrong credentials"));
    expect((await caller.query(id, { BusinessShortCode: "600999" })).body.errorMessage).toBe("Merchant does not exist");
  });
});

describe("how callbacks arrive", () => {
  /** What arrives of a payment in these modes, in order. */
  async function arriving(modes: (typeof callbackModes)[number][]) {
    const { daraja, caller } = await signedIn();
    await caller.registerUrls();
    const { status } = await caller.push();
    expect(status).toBe(200);
    daraja.setCallbackMode(usualPhone, modes);
    const prompt = daraja.decide(usualPhone, "paid");
    return { prompt, deliveries: daraja.takeCallbacks({ phone: usualPhone }), daraja, caller };
  }

  test("none, and twice with the same words", async () => {
    expect((await arriving(["none"])).deliveries).toEqual([]);
    const { deliveries } = await arriving(["twice"]);
    expect(deliveries).toHaveLength(2);
    expect(deliveries[0]?.body).toBe(deliveries[1]?.body);
    expect(deliveries[0]?.id).not.toBe(deliveries[1]?.id);
  });

  test("late: three hours, or as told, or at once for whoever asks for it", async () => {
    const { daraja, deliveries } = await arriving(["late"]);
    expect(deliveries).toEqual([]);
    daraja.advance(3 * hourMs - 1);
    expect(daraja.takeCallbacks()).toEqual([]);
    expect(daraja.listCallbacks()).toHaveLength(1);
    daraja.advance(1);
    expect(daraja.takeCallbacks()).toHaveLength(1);
    const told = await signedIn();
    const id = await told.caller.prompt();
    told.daraja.setCallbackMode(id, "late", 5_000);
    told.daraja.decide(id, "paid");
    expect(told.daraja.takeCallbacks()).toEqual([]);
    expect(told.daraja.takeCallbacks({ includesLater: true, checkoutRequestId: id })).toHaveLength(1);
  });

  test("early: handed out before the push is answered", async () => {
    const order: string[] = [];
    const { daraja, caller } = await signedIn({
      deliverEarly: async ({ body }) => {
        order.push(`callback ${stkOf(body).ResultCode}`);
      },
    });
    daraja.planNext(usualPhone, { outcome: "paid", modes: ["early"] });
    await caller.push();
    order.push("answer");
    expect(order).toEqual(["callback 0", "answer"]);
    expect(daraja.takeCallbacks()).toEqual([]);
  });

  test("early, where nobody delivers: the push waits until it is released", async () => {
    const { daraja, caller } = await signedIn();
    daraja.planNext(usualPhone, { outcome: "paid", modes: ["early"] });
    let isAnswered = false;
    const pushed = caller.push().then((answer) => {
      isAnswered = true;
      return answer;
    });
    await expect.poll(() => daraja.listCallbacks().length).toBe(1);
    const [delivery] = daraja.takeCallbacks();
    expect(isAnswered).toBe(false);
    daraja.release();
    expect((await pushed).body.CheckoutRequestID).toBe(delivery?.checkoutRequestId);
  });

  test("early cannot be asked for when it is too late", async () => {
    const { daraja, caller } = await signedIn();
    await caller.push();
    expect(() => daraja.setCallbackMode(usualPhone, "early")).toThrow("planNext");
    expect(() => daraja.setDefaultCallbackMode("early")).toThrow("planNext");
    expect(() => daraja.planNext(usualPhone, { modes: ["early"] })).toThrow("outcome");
  });

  test("a failure before the success, and one after it; the query says the truth", async () => {
    for (const [mode, codes] of [
      ["success_after_failure", [1037, 0]],
      ["failure_after_success", [0, 1032]],
    ] as const) {
      const { deliveries, prompt, caller } = await arriving([mode]);
      expect(deliveries.map(({ body }) => stkOf(body).ResultCode)).toEqual(codes);
      expect((await caller.query(prompt.checkoutRequestId)).body.ResultCode).toBe("0");
    }
  });

  test("another amount, another checkout, another merchant request, another path", async () => {
    const told = async (mode: (typeof callbackModes)[number]) => {
      const { prompt, deliveries } = await arriving([mode]);
      return { prompt, url: deliveries[0]?.url ?? "", callback: stkOf(deliveries[0]?.body ?? "") };
    };
    const wrong = await told("wrong_amount");
    expect([wrong.prompt.amount, itemValue(wrong.callback, "Amount")]).toEqual([500, 501]);
    const checkout = await told("other_checkout");
    expect(checkout.callback.CheckoutRequestID).not.toBe(checkout.prompt.checkoutRequestId);
    expect(checkout.callback.MerchantRequestID).toBe(checkout.prompt.merchantRequestId);
    const other = await told("other_merchant");
    expect(other.callback.MerchantRequestID).not.toBe(other.prompt.merchantRequestId);
    const forged = await told("forged_path");
    expect(forged.url).toMatch(/^https:\/\/studio\.test\/hooks\/payments\/[a-z0-9]{4}$/);
    expect(forged.url).not.toBe(callBackUrl);
  });

  test("quirks of the body", async () => {
    const bodyOf = async (...modes: (typeof callbackModes)[number][]) =>
      (await arriving(modes)).deliveries[0]?.body ?? "";
    expect(itemValue(stkOf(await bodyOf("masked_phone")), "PhoneNumber")).toBe("25471****678");
    expect(await bodyOf("balance_without_value")).toContain('{"Name":"Balance"}');
    expect(await bodyOf("decimal_amount")).toContain('{"Name":"Amount","Value":500.00}');
    expect(stkOf(await bodyOf("text_code")).ResultCode).toBe("0");
    expect(stkOf(await bodyOf("no_metadata"))).not.toHaveProperty("CallbackMetadata");
    expect(JSON.parse(await bodyOf("empty_envelope"))).toEqual({ Body: {} });
    const huge = await bodyOf("huge");
    expect(huge.length).toBeGreaterThan(64 * 1024);
    expect(stkOf(huge).ResultCode).toBe(0);
    const garbage = await bodyOf("garbage");
    expect(() => JSON.parse(garbage)).toThrow();
    const namesOf = (body: string) => stkOf(body).CallbackMetadata?.Item.map(({ Name }) => Name);
    const usual = namesOf(await bodyOf("normal")) ?? [];
    expect(namesOf(await bodyOf("reordered"))).toEqual(usual.toReversed());
    expect(namesOf(await bodyOf("unknown_items"))).toEqual(["LoyaltyPoints", "Remarks", ...usual]);
    const both = await bodyOf("masked_phone", "reordered");
    expect([namesOf(both)?.[0], itemValue(stkOf(both), "PhoneNumber")]).toEqual(["PhoneNumber", "25471****678"]);
  });

  test("a failure has no items, whatever the mode", async () => {
    const { daraja, caller } = await signedIn();
    daraja.setDefaultCallbackMode(["reordered", "balance_without_value", "success_after_failure"]);
    daraja.decide(await caller.prompt(), "cancelled");
    const [delivery, ...more] = daraja.takeCallbacks();
    expect(more).toEqual([]);
    expect(stkOf(delivery?.body ?? "")).not.toHaveProperty("CallbackMetadata");
  });

  test("also as a payment from the menu, with the same receipt", async () => {
    const { prompt, deliveries } = await arriving(["also_c2b"]);
    expect(deliveries.map(({ kind }) => kind)).toEqual(["stk_callback", "c2b_confirmation"]);
    expect(JSON.parse(deliveries[1]?.body ?? "")).toMatchObject({ TransID: prompt.receipt, BillRefNumber: "SHUJAA" });
  });

  test("every mode has a phone that pays", async () => {
    expect(callbackModes.map((_, index) => magicPhones.get(`2547000100${String(index).padStart(2, "0")}`))).toEqual(
      callbackModes.map((mode) => ({ outcome: "paid", modes: [mode] })),
    );
    const { daraja, caller } = await signedIn();
    await caller.push({ PhoneNumber: "254700010002" });
    expect(daraja.takeCallbacks()).toHaveLength(2);
  });

  test("are taken for one phone or prompt, oldest first", async () => {
    const { daraja, caller } = await signedIn();
    const first = await caller.prompt();
    const second = await caller.prompt({ PhoneNumber: "254112345678" });
    daraja.setCallbackMode(first, "late", 1_000);
    daraja.decide(first, "paid");
    daraja.decide(second, "paid");
    daraja.advance(1_000);
    expect(daraja.takeCallbacks({ phone: "254700000000" })).toEqual([]);
    expect(daraja.takeCallbacks().map(({ checkoutRequestId }) => checkoutRequestId)).toEqual([second, first]);
  });
});

describe("the reversal", () => {
  test("is acknowledged at once, and its result comes to the ResultURL", async () => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    const { status, body } = await caller.reverse(receipt);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        OriginatorConversationID: expect.any(String),
        ConversationID: expect.stringMatching(/^AG_20261122_/),
        ResponseCode: "0",
        ResponseDescription: "Accept the service request successfully.",
      },
    });
    const [delivery] = daraja.takeCallbacks();
    expect(delivery).toMatchObject({ kind: "reversal_result", url: "https://studio.test/hooks/result" });
    const result = resultOf(delivery?.body ?? "");
    expect(result).toMatchObject({
      ResultType: 0,
      ResultCode: 0,
      OriginatorConversationID: body.OriginatorConversationID,
      ConversationID: body.ConversationID,
      TransactionID: expect.stringMatching(receiptShape),
    });
    expect([parameter(result, "OriginalTransactionID"), parameter(result, "Amount")]).toEqual([receipt, 500]);
    expect(daraja.listTransactions()).toMatchObject([{ receipt, reversedBy: result.TransactionID }]);
  });

  const judged: [what: string, fields: Record<string, unknown>, code: number | string][] = [
    ["an unknown receipt", { TransactionID: "SAB1234567" }, "R000002"],
    ["a foreign shortcode", { ReceiverParty: "600999" }, 11],
    ["another initiator", { Initiator: "somebody" }, 2001],
    ["another amount", { Amount: 499 }, 2],
  ];
  test.each(judged)("%s is a result, not a refusal", async (_, fields, code) => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    expect((await caller.reverse(receipt, fields)).body.ResponseCode).toBe("0");
    const result = resultOf(daraja.takeCallbacks()[0]?.body ?? "");
    expect(result.ResultCode).toBe(code);
    expect(result).not.toHaveProperty("ResultParameters");
    expect(daraja.listTransactions()).toMatchObject([{ reversedBy: null }]);
  });

  test("a second one is R000001", async () => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    for (const _ of [1, 2]) await caller.reverse(receipt);
    expect(daraja.takeCallbacks().map(({ body }) => resultOf(body).ResultCode)).toEqual([0, "R000001"]);
  });

  test.each(Object.values(reversalResults))("$code can be planned, once", async (planned) => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    daraja.planReversal({ result: planned });
    for (const _ of [1, 2]) await caller.reverse(receipt);
    const codes = daraja.takeCallbacks().map(({ body }) => String(resultOf(body).ResultCode));
    expect(codes).toEqual([planned.code, planned.code === "0" ? "R000001" : "0"]);
  });

  test("the table of results has every row", () => {
    const codes = Object.values(reversalResults).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining("0 R000001 R000002 11 2006 21 2001 1 2028 8006".split(" ")));
  });

  test("its result is lost, twice, late, or a time-out that did nothing", async () => {
    const { daraja, caller } = await signedIn();
    const reversing = async (mode: "none" | "twice" | "late" | "timeout") => {
      const receipt = await paid(daraja, caller);
      daraja.planReversal({ mode });
      await caller.reverse(receipt);
      const isReversed = daraja.listTransactions().find((one) => one.receipt === receipt)?.reversedBy !== null;
      return { isReversed, urls: daraja.takeCallbacks().map(({ url }) => url.slice(-7)) };
    };
    expect(await reversing("none")).toEqual({ isReversed: true, urls: [] });
    expect(await reversing("twice")).toEqual({ isReversed: true, urls: ["/result", "/result"] });
    expect(await reversing("timeout")).toEqual({ isReversed: false, urls: ["timeout"] });
    expect(await reversing("late")).toEqual({ isReversed: true, urls: [] });
    daraja.advance(3 * hourMs);
    expect(daraja.takeCallbacks()).toHaveLength(1);
  });

  test.each([
    ["RecieverIdentifierType", "4"],
    ["RecieverIdentifierType", undefined],
    ["CommandID", "Reversal"],
    ["Remarks", "x"],
    ["Remarks", "x".repeat(101)],
    ["Occasion", "x".repeat(101)],
    ["Initiator", ""],
    ["SecurityCredential", ""],
    ["ResultURL", "nowhere"],
    ["QueueTimeOutURL", undefined],
    ["TransactionID", "short"],
    ["Amount", 10.5],
    ["ReceiverParty", ""],
  ])("a wrong %s (%s) is refused at once", async (field, value) => {
    const { daraja, caller } = await signedIn();
    const answer = await caller.reverse(await paid(daraja, caller), { [field]: value });
    expect(answer).toMatchObject({ status: 400, body: refusal("400.002.02", `Bad Request - Invalid ${field}`) });
    expect(daraja.listCallbacks()).toEqual([]);
  });

  test("the credential is decrypted where the stand-in has the key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const seal = (password: string, padding = constants.RSA_PKCS1_PADDING) =>
      publicEncrypt({ key: publicKey, padding }, Buffer.from(password)).toString("base64");
    const { daraja, caller } = await signedIn({ initiatorPassword: "Safaricom999!", initiatorPrivateKey: privateKey });
    const receipt = await paid(daraja, caller);
    const oaep = seal("Safaricom999!", constants.RSA_PKCS1_OAEP_PADDING);
    for (const SecurityCredential of [seal("another"), oaep, "Safaricom999!", seal("Safaricom999!")]) {
      await caller.reverse(receipt, { SecurityCredential });
    }
    expect(daraja.takeCallbacks().map(({ body }) => resultOf(body).ResultCode)).toEqual([2001, 2001, 2001, 0]);
  });
});

describe("the transaction status", () => {
  test("finds a payment by its receipt, later, at the ResultURL", async () => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    expect((await caller.status({ TransactionID: receipt })).body.ResponseCode).toBe("0");
    const [delivery] = daraja.takeCallbacks();
    expect(delivery?.kind).toBe("status_result");
    const result = resultOf(delivery?.body ?? "");
    const found = ["ReceiptNo", "Amount", "TransactionStatus", "TransactionReason"].map((key) =>
      parameter(result, key),
    );
    expect(found).toEqual([receipt, "500", "Completed", undefined]);
  });

  test("finds a reversal by its conversation, done or refused", async () => {
    const { daraja, caller } = await signedIn();
    const receipt = await paid(daraja, caller);
    const statuses = [];
    for (const name of ["OriginatorConversationID", "OriginalConversationID"]) {
      const { body } = await caller.reverse(receipt);
      daraja.takeCallbacks();
      await caller.status({ [name]: body.OriginatorConversationID });
      statuses.push(parameter(resultOf(daraja.takeCallbacks()[0]?.body ?? ""), "TransactionStatus"));
    }
    expect(statuses).toEqual(["Completed", "Declined"]);
  });

  test("an unknown receipt, a wrong initiator and a planned result are results", async () => {
    const { daraja, caller } = await signedIn();
    await caller.status({ TransactionID: "SAB1234567" });
    await caller.status({ TransactionID: "SAB1234567", Initiator: "somebody" });
    daraja.planStatus({ result: { code: "21", description: "no role" }, mode: "twice" });
    await caller.status({ TransactionID: "SAB1234567" });
    daraja.planStatus({ mode: "timeout" });
    await caller.status({ TransactionID: "SAB1234567" });
    const told = daraja.takeCallbacks().map(({ kind, body }) => [kind, resultOf(body).ResultCode]);
    expect(told).toEqual([
      ["status_result", 2033],
      ["status_result", 2001],
      ["status_result", 21],
      ["status_result", 21],
      ["status_timeout", 1037],
    ]);
  });

  test.each([
    ["TransactionID", ""],
    ["IdentifierType", "11"],
    ["PartyA", ""],
    ["CommandID", "x"],
    ["ResultURL", ""],
  ])("a wrong %s is refused", async (field, value) => {
    const { caller } = await signedIn();
    const answer = await caller.status({ TransactionID: "SAB1234567", [field]: value });
    expect(answer.body).toEqual(refusal("400.002.02", `Bad Request - Invalid ${field}`));
  });
});

describe("pulled transactions", () => {
  test("are there only for who has registered, once", async () => {
    const { caller } = await signedIn();
    expect((await caller.pull(startMs - hourMs, startMs)).status).toBe(400);
    expect((await caller.registerPull({ RequestType: "Push" })).body.errorMessage).toMatch(/RequestType$/);
    expect((await caller.registerPull()).body).toMatchObject({ ResponseStatus: "1000", ShortCode: merchant.shortcode });
    expect((await caller.registerPull()).body.ResponseStatus).toBe("1001");
    expect((await caller.pull(startMs - hourMs, startMs)).body).toMatchObject({
      ResponseCode: "1001",
      Response: "[[]]",
    });
  });

  test("list what was paid, without a callback and by strangers, too", async () => {
    const { daraja, caller } = await signedIn();
    await caller.registerPull();
    daraja.setDefaultCallbackMode("none");
    const receipt = await paid(daraja, caller);
    daraja.advance(minuteMs);
    const stranger = daraja.payC2b({ phone: "254799000126", amount: 77, account: "my video", firstName: "AMINA" });
    daraja.decide(await caller.prompt(), "cancelled");
    const { body } = await caller.pull(startMs, daraja.now());
    expect(body).toMatchObject({ ResponseRefID: expect.any(String), ResponseCode: "1000", ResponseMessage: "Success" });
    expect(body.Response).toEqual([
      [
        {
          transactionId: receipt,
          trxDate: "2026-11-21T22:30:00Z",
          msisdn: "2547 ***** 678",
          sender: "JOHN",
          transactiontype: "c2b-pay-bill-debit",
          billreference: "SHUJAA",
          amount: "500.00",
          organizationname: "Stand-in",
        },
        expect.objectContaining({ transactionId: stranger.receipt, amount: "77.00", billreference: "my video" }),
      ],
    ]);
    expect(daraja.takeCallbacks(), "nobody was told").toEqual([]);
  });

  test("reach back 48 hours, in pages of 100", async () => {
    const { daraja, caller } = await signedIn();
    await caller.registerPull();
    const old = await paid(daraja, caller);
    daraja.advance(47 * hourMs);
    for (let count = 0; count < 101; count += 1) daraja.payC2b({ phone: usualPhone, amount: 1, account: `${count}` });
    await caller.signIn();
    const read = async (OffSetValue: string, sinceMs = daraja.now() - 48 * hourMs) => {
      const { body } = await caller.pull(sinceMs, daraja.now(), { OffSetValue });
      return (body.Response as { transactionId: string }[][])[0]?.map(({ transactionId }) => transactionId) ?? [];
    };
    const first = await read("0");
    expect([first.length, first[0], (await read("100")).length]).toEqual([100, old, 2]);
    daraja.advance(hourMs + 1000);
    await caller.signIn();
    expect((await read("0"))[0]).not.toBe(old);
    const tooLong = await caller.pull(daraja.now() - 48 * hourMs - 1000, daraja.now());
    expect(tooLong.body).toEqual(refusal("400.002.02", "Bad Request - Invalid EndDate"));
    const longAgo = await caller.pull(startMs - hourMs, startMs + 47 * hourMs - 1000);
    expect(longAgo.body.ResponseCode, "old ones are gone, however they are asked for").toBe("1001");
    const noSuchDay = { StartDate: "2026-11-31 10:00:00", EndDate: "2026-12-01 11:00:00" };
    const wrong = [{ StartDate: "2026-11-21" }, { EndDate: "tomorrow" }, noSuchDay];
    for (const fields of [...wrong, { OffSetValue: "-1" }, { ShortCode: "600999" }]) {
      expect((await caller.pull(startMs, startMs + hourMs, fields)).status).toBe(400);
    }
  });
});

describe("payments from the phone's menu", () => {
  test("are told to the registered address, with the phone masked", async () => {
    const { daraja, caller } = await signedIn();
    daraja.payC2b({ phone: usualPhone, amount: 10, account: "early" });
    expect(daraja.takeCallbacks(), "nobody is registered").toEqual([]);
    expect((await caller.registerUrls()).body).toEqual({
      OriginatorCoversationID: expect.any(String),
      ResponseCode: "0",
      ResponseDescription: "success",
    });
    const { receipt } = daraja.payC2b({ phone: usualPhone, amount: 10, account: "AB12" });
    const [delivery] = daraja.takeCallbacks();
    expect(delivery?.url).toBe("https://studio.test/hooks/confirm");
    expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
      TransactionType: "Pay Bill",
      TransID: receipt,
      TransTime: "20261122013000",
      TransAmount: "10.00",
      BusinessShortCode: merchant.shortcode,
      BillRefNumber: "AB12",
      MSISDN: "25471****678",
    });
  });

  test("addresses are registered once, with right words", async () => {
    const { caller } = await signedIn();
    for (const fields of [{ ResponseType: "Complete" }, { ConfirmationURL: "x" }, { ValidationURL: "" }]) {
      expect((await caller.registerUrls(fields)).body.errorCode).toBe("400.002.02");
    }
    expect((await caller.registerUrls()).status).toBe(200);
    expect(await caller.registerUrls()).toMatchObject({ status: 500, body: refusal("500.003.1001") });
  });
});

describe("the driver over HTTP", () => {
  test("does what the methods do", async () => {
    const { caller } = await signedIn();
    const drive = async (verb: string, body: Record<string, unknown> = {}) => {
      const answer = await caller.drive(verb, body);
      expect(answer.status, answer.text).toBe(200);
      return answer.body;
    };
    expect(await drive("now")).toEqual({ now: startMs });
    await drive("plan-next", { phone: usualPhone, modes: ["twice"], pendingQueries: 1 });
    const id = await caller.prompt();
    expect(await drive("prompts", { phone: usualPhone, isOpen: true })).toMatchObject({ prompts: [{ state: "open" }] });
    await drive("callback-mode", { which: id, modes: "normal" });
    expect(await drive("decide", { which: usualPhone, outcome: "paid" })).toMatchObject({ prompt: { state: "ended" } });
    expect((await drive("callbacks")).callbacks).toHaveLength(1);
    expect((await drive("take-callbacks", { checkoutRequestId: id })).callbacks).toHaveLength(1);
    expect((await caller.query(id)).status).toBe(500);
    await drive("keep-query-pending", { which: id, calls: 0 });
    expect((await caller.query(id)).status).toBe(200);
    expect(await drive("transactions")).toMatchObject({ transactions: [{ amount: 500, kind: "stk" }] });
    const c2b = { phone: usualPhone, amount: 9, account: "x" };
    expect(await drive("pay-c2b", c2b)).toMatchObject({ transaction: { kind: "c2b" } });
    expect(await drive("forge-callback", { which: id, amount: 1 })).toMatchObject({
      callback: { kind: "forged_callback" },
    });
    await drive("fault", { path: "/mpesa/stkpush/", times: 9, kind: "error", errorCode: "500.003.03" });
    expect((await caller.push()).body.errorCode).toBe("500.003.03");
    await drive("clear-faults");
    await drive("default-callback-mode", { modes: ["none"] });
    await drive("advance", { ms: minuteMs });
    expect(await drive("now")).toEqual({ now: startMs + minuteMs });
    await drive("plan-reversal", { result: { code: "21", description: "no role" } });
    await drive("plan-status", { mode: "none" });
    expect(await drive("release")).toEqual({ released: 0 });
    await drive("void-tokens");
    expect((await caller.push()).body.errorCode).toBe("404.001.03");
  });

  test("refuses a mistyped verb, body or prompt", async () => {
    const { caller } = await signedIn();
    expect((await caller.drive("decides")).status).toBe(404);
    expect((await caller.drive("constructor")).status).toBe(404);
    expect((await caller.drive("decide", { which: usualPhone, outcome: "payed" })).status).toBe(422);
    expect((await caller.drive("take-callbacks", { fone: usualPhone })).status).toBe(422);
    expect(await caller.drive("decide", { which: usualPhone, outcome: "paid" })).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining("no prompt") },
    });
    expect((await caller.call("/stand-in/decide", { method: "POST", body: "{" })).status).toBe(422);
  });
});

describe("over a socket", () => {
  async function served() {
    const received: string[] = [];
    const shop = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      received.push(`${request.url} ${body}`);
      response.end("{}");
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const CallBackURL = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hooks/abcd`;
    const server = await serve({ ...merchant, port: 0, callbackDelayMs: 30, lateMs: 400 });
    const caller = new Caller(fetch, Date.now, server.origin);
    await caller.signIn();
    const form = (path: string, fields: Record<string, string>) =>
      fetch(`${server.origin}${path}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    const page = async () => (await fetch(server.origin)).text();
    async function close() {
      await server.close();
      await new Promise((resolve) => shop.close(resolve));
    }
    return { server, caller, received, CallBackURL, form, page, [Symbol.asyncDispose]: close };
  }

  test("a payer presses on the page, and the callback comes by itself", async () => {
    await using world = await served();
    const { caller, form, page, received, CallBackURL } = world;
    const prompt = await caller.prompt({ CallBackURL, AccountReference: "<b>x</b>" });
    const shown = await page();
    expect(shown).toContain("KSh 500");
    expect(shown).toContain("&#60;b&#62;x&#60;/b&#62;");
    expect(shown).not.toMatch(/https?:\/\/(?!127)/);
    expect((await form("/page/decide", { prompt, action: "paid" })).status).toBe(303);
    expect((await form("/page/decide", { prompt, action: "cancelled" })).status, "an old page").toBe(303);
    await expect.poll(() => received.length).toBe(1);
    const { receipt } = world.server.daraja.listPrompts()[0] ?? {};
    expect(received[0]).toContain(`/hooks/abcd {"Body"`);
    expect(received[0]).toContain(receipt);
    await expect.poll(page).toContain("stk_callback");
    const after = await page();
    expect(after).toContain(receipt);
    expect(after, "the path is a secret").not.toContain("abcd");
  });

  test("a mode chosen on the page is how the next callback arrives", async () => {
    await using world = await served();
    const { caller, form, received, CallBackURL } = world;
    const pay = async (mode: string) => {
      await form("/page/mode", { mode });
      const prompt = await caller.prompt({ CallBackURL });
      await form("/page/decide", { prompt, action: "paid" });
    };
    await pay("none");
    await pay("late");
    await pay("twice");
    await expect.poll(() => received.length).toBe(2);
    await expect.poll(() => received.length).toBe(3);
    expect(new Set(received.map((body) => stkOf(body.slice(body.indexOf("{"))).CheckoutRequestID)).size).toBe(2);
  });

  test("an early callback has arrived before the push is answered", async () => {
    await using world = await served();
    const { caller, received, CallBackURL } = world;
    await caller.push({ CallBackURL, PhoneNumber: "254700010004" });
    expect(received).toHaveLength(1);
  });

  test("a lost answer is a broken connection", async () => {
    await using world = await served();
    world.server.daraja.addFault({ path: "/mpesa/", times: 1, kind: "drop", afterWork: true });
    await expect(world.caller.push()).rejects.toThrow(TypeError);
    expect(world.server.daraja.listPrompts()).toHaveLength(1);
  });
});
