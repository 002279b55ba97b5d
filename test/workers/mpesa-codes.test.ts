/** Every row of Daraja's two tables of codes, as the payer, the phone and the log have it. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { mpesaStatusAnswer } from "../../src/contract/astella.ts";
import type { ProblemCode } from "../../src/contract/errors.ts";
import { mpesaAnswer } from "../../src/contract/payments.ts";
import { read, readProblem } from "../support/api-client.ts";
import {
  askToPay,
  creditsOf,
  hourMs,
  type MpesaWorld,
  minuteMs,
  mpesaWorld,
  newPhone,
  ring,
  rowOf,
} from "../support/mpesa.ts";

/** One for all: each row has a phone of its own, and time only goes on. */
let world: MpesaWorld;
/** What this test has been credited. */
const gained = async () => (await creditsOf(world.amina)).slice(1);
beforeAll(async () => {
  world = await mpesaWorld();
});
beforeEach(() => world.turnPage());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Code, what the payer is told of it, and whether trying again is of use. */
const failures: [code: string, outcome: string, words: RegExp, isOurFault?: boolean][] = [
  ["1", "no_balance", /not enough money .* top up/],
  ["2", "below_minimum", /below .* larger/],
  ["3", "above_maximum", /above .* smaller/],
  ["4", "daily_limit", /limit for today/],
  ["8", "shortcode_limit", /cannot take this much/],
  ["17", "repeated", /wait 2 minutes/],
  ["26", "busy", /busy/],
  ["1001", "session_open", /another M-Pesa request open/],
  ["1019", "expired", /ran out/],
  ["1025", "unsent", /could not reach your phone/],
  ["9999", "unsent_again", /could not reach your phone/],
  ["1031", "withdrawn", /cancelled .* Nothing was charged/],
  ["1032", "cancelled", /cancelled .* Nothing was charged/],
  ["1037", "unreachable", /did not answer in time/],
  ["2001", "wrong_pin", /PIN was not right/],
  ["2028", "not_assigned", /our mistake/, true],
  ["8006", "locked", /call Safaricom/],
  ["SFC_IC0003", "no_operator", /our mistake/, true],
];

async function asked(checkoutRequestId: string | null) {
  const reply = await world.amina.post("/mpesa/status", { checkout_request_id: checkoutRequestId });
  return read(reply, 200, mpesaStatusAnswer);
}

function listen() {
  const errors = vi.spyOn(console, "error").mockImplementation(() => undefined);
  return (event: string) => errors.mock.calls.filter(([line]) => String(line).includes(`"${event}"`));
}

describe("a callback's ResultCode", () => {
  it.each(failures)("%s ends the payment as failed, with words", async (code, outcome, words, isOurFault = false) => {
    const logged = listen();
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome });
    expect(await world.callBack()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: code, attention: null });
    const answer = await asked(request);
    expect(answer).toMatchObject({ status: "failed", result_code: code });
    expect(answer.message).toMatch(words);
    expect(logged("mpesa_set_up_is_wrong")).toHaveLength(isOurFault ? 1 : 0);
    expect(await gained()).toEqual([]);
  });

  it("4999 is no end: it waits for the one that comes", async () => {
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, newPhone());
    await world.daraja.act("decide", { which: request ?? "", outcome: "processing" });
    expect(await world.callBack()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ state: "pending", failureCode: null });
    await world.daraja.act("decide", { which: request ?? "", outcome: "paid" });
    await world.callBack();
    expect(await gained()).toEqual([100]);
  });

  it("that nobody knows is believed, and what it means is not made up", async () => {
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, newPhone());
    const outcome = { code: "7777", description: "Secret words of M-Pesa." };
    await world.daraja.act("decide", { which: request ?? "", outcome });
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: "7777" });
    const { message } = await asked(request);
    expect(message).toMatch(/did not complete/);
    expect(message).not.toContain("Secret words");
  });
});

describe("a query's ResultCode, when the callback is lost,", () => {
  it.each(failures)("%s ends the payment as failed", async (code, outcome, words, isOurFault = false) => {
    const logged = listen();
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome });
    await world.daraja.callbacks();
    await world.pass(2 * minuteMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: code, nextCheckAtMs: null });
    expect((await asked(request)).message).toMatch(words);
    expect(logged("mpesa_set_up_is_wrong")).toHaveLength(isOurFault ? 1 : 0);
  });

  it.each([
    ["4999", "processing"],
    ["7777", { code: "7777", description: "?" }],
  ])("%s is not an end: it is asked again until nobody waits any more", async (_code, outcome) => {
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, newPhone());
    await world.daraja.act("decide", { which: request ?? "", outcome });
    await world.daraja.callbacks();
    for (const ms of [2, 4, 11]) {
      await world.pass(ms * minuteMs);
      await world.runCron();
      expect(await rowOf(id)).toMatchObject({ state: "pending" });
    }
    await world.pass(hourMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "expired", attention: null });
  });
});

describe("a push's errorCode", () => {
  type Row = [code: string, message: string | undefined, problem: ProblemCode, words: RegExp];
  const refused: Row[] = [
    ["400.002.02", undefined, "payment_refused", /did not take this request/],
    ["404.001.01", undefined, "payment_refused", /our mistake/],
    ["405.001", undefined, "payment_refused", /our mistake/],
    ["500.001.1001", "Wrong credentials", "payment_refused", /our mistake/],
    ["500.001.1001", "Merchant does not exist", "payment_refused", /our mistake/],
    [
      "500.001.1001",
      "Unable to lock subscriber, a transaction is already in process for the current subscriber",
      "prompt_open",
      /another M-Pesa request open/,
    ],
    ["500.003.03", undefined, "service_unavailable", /busy/],
  ];

  it.each(refused)("%s (%s) is refused as %s: nothing rang", async (errorCode, errorMessage, problem, words) => {
    const { daraja, amina } = world;
    const phone = newPhone();
    const key = `refused-${phone}`;
    const error = { kind: "error", errorCode, ...(errorMessage === undefined ? {} : { errorMessage }) } as const;
    await daraja.fault({ path: "/mpesa/stkpush/", times: 1, ...error });
    const reply = await askToPay(amina, phone, { key });
    expect(readProblem(reply, problem).detail).toMatch(words);
    if (problem !== "payment_refused") expect(reply.headers.get("Retry-After")).toBe("60");
    expect(await daraja.prompts({ phone })).toEqual([]);
    // The phone is free, and a repeat of the same request learns that it is over.
    await ring(amina, phone);
    if (problem !== "prompt_open")
      expect((await askToPay(amina, phone, { key })).text).toContain("new Idempotency-Key");
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });

  it("500.003.02 is tried again in a moment, since nothing was done", async () => {
    const { daraja, amina } = world;
    const phone = newPhone();
    await daraja.fault({ path: "/mpesa/stkpush/", times: 2, kind: "error", errorCode: "500.003.02" });
    await ring(amina, phone);
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });

  it("500.003.02 that stays is told to the payer", async () => {
    const { daraja, amina } = world;
    await daraja.fault({ path: "/mpesa/stkpush/", times: 3, kind: "error", errorCode: "500.003.02" });
    const phone = newPhone();
    readProblem(await askToPay(amina, phone), "service_unavailable");
    expect(await daraja.prompts({ phone })).toEqual([]);
  });

  it("404.001.03 renews the token, and rings", async () => {
    const { daraja, amina } = world;
    await ring(amina, newPhone());
    await daraja.act("void-tokens");
    const phone = newPhone();
    await ring(amina, phone);
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });

  it.each([
    ["500.003.1001", { kind: "error", errorCode: "500.003.1001", afterWork: true }],
    ["an error envelope with status 200", { kind: "error", errorCode: "500.003.02", status: 200, afterWork: true }],
    ["an HTML page", { kind: "html", afterWork: true }],
    ["an HTML page with status 200", { kind: "html", status: 200, afterWork: true }],
    ["nothing", { kind: "empty", afterWork: true }],
    ["a broken connection", { kind: "drop", afterWork: true }],
  ] as const)(
    "%s leaves open whether it rings: it is not asked again, and the callback is understood",
    async (_name, fault) => {
      const { daraja, amina, callBack } = world;
      const phone = newPhone();
      await daraja.fault({ path: "/mpesa/stkpush/", times: 1, ...fault });
      const answer = read(await askToPay(amina, phone), 202, mpesaAnswer);
      expect(answer.checkout_request_id).toBeNull();
      expect(answer.message).toMatch(/has not answered yet/);
      expect(await daraja.prompts({ phone })).toHaveLength(1);
      readProblem(await askToPay(amina, phone), "prompt_open");
      await daraja.act("decide", { which: phone, outcome: "paid" });
      await callBack();
      expect(await rowOf(answer.payment_id)).toMatchObject({ state: "paid", receipt: expect.any(String) });
      expect(await gained()).toEqual([100]);
    },
  );

  it("none at all within 15 s is the same", async () => {
    const { daraja, amina } = world;
    await daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "never", afterWork: true });
    const phone = newPhone();
    expect(await ring(amina, phone)).toMatchObject({ checkout_request_id: null });
    expect(await daraja.prompts({ phone })).toHaveLength(1);
  });
});

describe("a query's answer that is none", () => {
  it.each([
    [
      "«being processed»",
      { kind: "error", errorCode: "500.001.1001", errorMessage: "The transaction is being processed" },
    ],
    ["500.001.1001 of whatever words", { kind: "error", errorCode: "500.001.1001" }],
    ["spike arrest", { kind: "error", errorCode: "500.003.02" }],
    ["a quota", { kind: "error", errorCode: "500.003.03" }],
    ["an internal error", { kind: "error", errorCode: "500.003.1001" }],
    ["an invalid field", { kind: "error", errorCode: "400.002.02" }],
    ["an error envelope with status 200", { kind: "error", errorCode: "500.001.1001", status: 200 }],
    ["an HTML page", { kind: "html" }],
    ["an HTML page with status 200", { kind: "html", status: 200 }],
    ["nothing", { kind: "empty" }],
    ["a broken connection", { kind: "drop" }],
  ] as const)("%s leaves the payment pending, and the next one counts", async (_name, fault) => {
    const { daraja, amina, pass, runCron } = world;
    const phone = newPhone();
    const { payment_id: id } = await ring(amina, phone);
    await daraja.act("decide", { which: phone, outcome: "paid" });
    await daraja.callbacks();
    await daraja.fault({ path: "/mpesa/stkpushquery/", times: 1, ...fault });
    await pass(90_000);
    await runCron();
    expect(await rowOf(id)).toMatchObject({ state: "pending", checks: 1 });
    await pass(minuteMs);
    await runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid", checks: 2 });
    expect(await gained()).toEqual([100]);
  });
});
