/** Callbacks as Daraja sends them, and as strangers do: nothing in one is signed. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../stand-ins/daraja/world.ts";
import { newClient } from "../support/api-client.ts";
import {
  creditsOf,
  eventsOf,
  hourMs,
  type MpesaWorld,
  minuteMs,
  mpesaWorld,
  newPhone,
  ring,
  rowOf,
  secondMs,
} from "../support/mpesa.ts";

let world: MpesaWorld;
const gained = async () => (await creditsOf(world.amina)).slice(1);

beforeAll(async () => {
  world = await mpesaWorld();
});
beforeEach(() => world.turnPage());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A prompt that its owner has paid, with its callbacks in these modes. */
async function paidPrompt(modes: string[], lateMs?: number) {
  const phone = newPhone();
  const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
  const late = lateMs === undefined ? {} : { lateMs };
  await world.daraja.act("callback-mode", { which: phone, modes, ...late });
  await world.daraja.act("decide", { which: phone, outcome: "paid" });
  const [prompt] = await world.daraja.prompts({ phone });
  return { phone, id, request: request ?? "", receipt: prompt?.receipt ?? "", url: prompt?.callBackUrl ?? "" };
}

describe("a payment is credited once, and its receipt is M-Pesa's,", () => {
  it.each([
    [["twice"], 2],
    [["failure_after_success"], 2],
    [["success_after_failure"], 2],
    [["masked_phone"], 1],
    [["balance_without_value"], 1],
    [["reordered"], 1],
    [["unknown_items"], 1],
    [["decimal_amount"], 1],
    [["text_code"], 1],
    [["twice", "masked_phone", "reordered", "unknown_items", "decimal_amount", "text_code"], 2],
  ])("with callbacks in the modes %j", async (modes, count) => {
    const { id, receipt } = await paidPrompt(modes);
    expect(await world.callBack()).toBe(count);
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt, attention: null, failureCode: null });
    expect(await gained()).toEqual([100]);
  });

  it("with the callback before the push was answered", async () => {
    const phone = newPhone();
    await world.daraja.act("plan-next", { phone, outcome: "paid", modes: ["early"] });
    const begun = ring(world.amina, phone);
    await vi.waitFor(async () => expect(await world.callBack()).toBe(1), { timeout: 10_000, interval: 50 });
    await world.daraja.act("release");
    const { payment_id: id, checkout_request_id: request } = await begun;
    const [prompt] = await world.daraja.prompts({ phone });
    expect(request).toBe(prompt?.checkoutRequestId);
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: prompt?.receipt });
    expect(await gained()).toEqual([100]);
  });

  it("with a failure before the push was answered, which the payer is told", async () => {
    const phone = newPhone();
    await world.daraja.act("plan-next", { phone, outcome: "wrong_pin", modes: ["early"] });
    const begun = ring(world.amina, phone);
    await vi.waitFor(async () => expect(await world.callBack()).toBe(1), { timeout: 10_000, interval: 50 });
    await world.daraja.act("release");
    const { payment_id: id, message } = await begun;
    expect(message).toMatch(/PIN was not right/);
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      failureCode: "2001",
      checkoutRequestId: expect.any(String),
    });
  });

  it("with the callback hours late, though the payment was given up long ago", async () => {
    const { id, receipt } = await paidPrompt(["late"], 3 * hourMs);
    await world.daraja.fault({ path: "/mpesa/stkpushquery/", times: 50, kind: "html" });
    for (let minute = 0; minute < 70; minute += 5) {
      await world.pass(5 * minuteMs);
      await world.runCron();
    }
    expect(await rowOf(id)).toMatchObject({ state: "expired", attention: null });
    await world.daraja.act("clear-faults");
    await world.pass(2 * hourMs);
    expect(await world.callBack()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt });
    expect(await gained()).toEqual([100]);
  });

  it("with a success most of a day after a failure that everybody believed", async () => {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "expired" });
    await world.callBack();
    await world.pass(2 * minuteMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: "1019", nextCheckAtMs: null });
    await world.pass(22 * hourMs);
    await world.daraja.act("decide", { which: request, outcome: "paid" });
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "paid", failureCode: null });
    expect(await gained()).toEqual([100]);
  });

  it("with a hundred callbacks at once", async () => {
    const { id, receipt } = await paidPrompt(["normal"]);
    const [delivery] = await world.daraja.callbacks();
    const copies = Array.from({ length: 100 }, (_, place) => ({
      url: delivery?.url ?? "",
      // No two alike, so that each is an event of its own.
      body: `${delivery?.body ?? ""}${" ".repeat(place)}`,
    }));
    await Promise.all(copies.map(world.post));
    expect(world.queue.waiting).toHaveLength(100);
    await Promise.all([...world.queue.waiting].map((message) => world.queue.deliver(message)));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt, attention: null });
    expect(await gained()).toEqual([100]);
    expect((await eventsOf(id)).every(({ handledAtMs }) => handledAtMs !== null)).toBe(true);
  });
});

describe("a failure that comes after all is overturned by M-Pesa's own word", () => {
  it("also when the success is lost: it is asked once more after each failure", async () => {
    const { id, url, request } = await paidPrompt(["none"]);
    const forged = await forge(request, { resultCode: "1032", url });
    await world.post(forged);
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "failed", failureCode: "1032" });
    await world.pass(2 * minuteMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid", failureCode: null });
    expect(await gained()).toEqual([100]);
  });

  it("but 1037 is asked about before anybody believes it", async () => {
    const { id, url, request } = await paidPrompt(["none"]);
    await world.post(await forge(request, { resultCode: "1037", url }));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid" });
    expect(await gained()).toEqual([100]);
  });

  it("and never the other way round", async () => {
    const { id, url, request } = await paidPrompt(["normal"]);
    await world.callBack();
    for (const resultCode of ["1", "1032", "1037", "2001", "4999"]) {
      await world.post(await forge(request, { resultCode, url }));
      await world.queue.deliverAll();
    }
    expect(await rowOf(id)).toMatchObject({ state: "paid", failureCode: null });
    expect(await gained()).toEqual([100]);
  });
});

async function forge(which: string, forged: object): Promise<Delivery> {
  const { callback } = await world.daraja.act<{ callback: Delivery }>("forge-callback", { which, ...forged });
  await world.daraja.callbacks();
  return callback;
}

describe("a forged success gains nothing", () => {
  it("while the prompt is open: it waits for M-Pesa's word, and a person hears when it is no", async () => {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.post(await forge(request ?? "", { receipt: "SFORGED001" }));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "confirming", receipt: null, claimedReceipt: "SFORGED001" });
    await world.daraja.act("decide", { which: phone, outcome: "cancelled" });
    await world.daraja.callbacks();
    await world.pass(10 * secondMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      failureCode: "1032",
      receipt: null,
      claimedReceipt: null,
      attention: expect.stringMatching(/SFORGED001.*says it is not: 1032/),
    });
    expect(await gained()).toEqual([]);
  });

  it("nor after the payer has cancelled", async () => {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "cancelled" });
    await world.callBack();
    await world.post(await forge(request ?? "", {}));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "failed", attention: expect.stringContaining("it is not") });
    expect(await gained()).toEqual([]);
  });

  it("nor while M-Pesa cannot be asked: it stays confirming, then ends with a person told", async () => {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.fault({ path: "/mpesa/stkpushquery/", times: 50, kind: "html" });
    await world.post(await forge(request ?? "", { receipt: "SFORGED002" }));
    await world.queue.deliverAll();
    const atMs = world.now();
    expect(await rowOf(id)).toMatchObject({ state: "confirming", nextCheckAtMs: atMs + 5 * secondMs });
    await world.pass(5 * secondMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "confirming", nextCheckAtMs: world.now() + 15 * secondMs });
    for (let minute = 0; minute < 75; minute += 5) {
      await world.pass(5 * minuteMs);
      await world.runCron();
    }
    await world.daraja.act("clear-faults");
    expect(await rowOf(id)).toMatchObject({
      state: "expired",
      attention: expect.stringContaining("has not confirmed"),
    });
    expect(await gained()).toEqual([]);
  });

  it("and the true payment that follows is credited under its own receipt", async () => {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.post(await forge(request ?? "", { receipt: "SFORGED003" }));
    await world.queue.deliverAll();
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const [prompt] = await world.daraja.prompts({ phone });
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: prompt?.receipt });
    expect(await gained()).toEqual([100]);
  });

  it("with another payment's receipt: the money counts, the receipt does not, and a person is told", async () => {
    const first = await paidPrompt(["normal"]);
    await world.callBack();
    const second = await paidPrompt(["none"]);
    await world.post(await forge(second.request, { receipt: first.receipt, url: second.url }));
    await world.queue.deliverAll();
    const words = expect.stringContaining(first.id);
    expect(await rowOf(second.id)).toMatchObject({ state: "paid", receipt: null, attention: words });
    expect(await gained()).toEqual([100, 100]);
  });

  it("and a second receipt for a paid payment is for a person", async () => {
    const { id, url, request, receipt } = await paidPrompt(["normal"]);
    await world.callBack();
    await world.post(await forge(request, { receipt: "SSECOND001", url }));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ receipt, attention: expect.stringContaining("SSECOND001") });
    expect(await gained()).toEqual([100]);
  });
});

describe("what does not fit is not credited by a callback", () => {
  it("another amount: a person decides", async () => {
    const { id, receipt } = await paidPrompt(["wrong_amount"]);
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({
      state: "failed",
      failureCode: "amount_differs",
      receipt: null,
      attention: expect.stringMatching(new RegExp(`KES 2501.*${receipt}.*KES 2500`)),
    });
    await world.pass(hourMs);
    await world.runCron();
    expect(await gained()).toEqual([]);
  });

  it("another amount of a payment that is paid changes nothing but that a person is told", async () => {
    const { id, url, request } = await paidPrompt(["normal"]);
    await world.callBack();
    await world.post(await forge(request, { amount: 1, url }));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({
      state: "paid",
      failureCode: null,
      attention: expect.stringContaining("KES 1 "),
    });
    expect(await gained()).toEqual([100]);
  });

  it.each([["other_checkout"], ["other_merchant"]])("%s: M-Pesa is asked about ours", async (mode) => {
    const { id } = await paidPrompt([mode]);
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: null, attention: null });
    expect(await gained()).toEqual([100]);
  });

  it("another request's success on an address of ours, where ours is not paid, is for a person", async () => {
    const paid = await paidPrompt(["none"]);
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    const [prompt] = await world.daraja.prompts({ phone });
    await world.post(await forge(paid.request, { url: prompt?.callBackUrl }));
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "pending", attention: expect.stringContaining(paid.request) });
    expect(await gained()).toEqual([]);
  });

  it.each([[["no_metadata"]], [["empty_envelope"]], [["garbage"]], [["huge"]]])(
    "%j tells nothing: M-Pesa is asked, and the receipt is filled in later",
    async (modes) => {
      const { id } = await paidPrompt(modes);
      await world.callBack();
      expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: null });
      expect(await gained()).toEqual([100]);
      const [event] = await eventsOf(id);
      expect(event?.body.length).toBeLessThanOrEqual(65_536);
    },
  );
});

describe("the address of a callback", () => {
  const count = async () =>
    (await env.DB.prepare("SELECT count(*) AS events FROM provider_events").first<number>("events")) ?? 0;

  it("that nobody was told does nothing, and is answered the same", async () => {
    const { id } = await paidPrompt(["forged_path"]);
    const events = await count();
    expect(await world.callBack()).toBe(1);
    expect(await count()).toBe(events);
    expect(await rowOf(id)).toMatchObject({ state: "pending" });
    expect(await gained()).toEqual([]);
  });

  it("works by its older name, too", async () => {
    const { id } = await paidPrompt(["normal"]);
    const [delivery] = await world.daraja.callbacks();
    const url = (delivery?.url ?? "").replace("/payments/phone/", "/payments/mpesa/");
    await world.post({ url, body: delivery?.body ?? "" });
    await world.queue.deliverAll();
    expect(await rowOf(id)).toMatchObject({ state: "paid" });
  });

  it("takes whatever comes: nothing, no JSON, bytes, ten megabytes", async () => {
    const { url, id } = await paidPrompt(["none"]);
    const bodies = [
      "",
      "null",
      "[]",
      '{"Body":{"stkCallback":{"ResultCode":{}}}}',
      "\u0000\ufffd",
      "x".repeat(10_000_000),
    ];
    for (const body of bodies) await world.post({ url, body });
    await world.post({ url: `${url.slice(0, -1)}%ff`, body: "{}" });
    expect(await eventsOf(id)).toHaveLength(bodies.length);
    await world.queue.deliverAll();
    expect(await gained()).toEqual([100]);
  });

  it("is never in a log, whatever is sent to it", async () => {
    const lines: string[] = [];
    for (const level of ["log", "info", "warn", "error"] as const)
      vi.spyOn(console, level).mockImplementation((...words) => void lines.push(words.join(" ")));
    const { url } = await paidPrompt(["normal"]);
    const secret = url.split("/").at(-1) ?? "nothing";
    await world.callBack();
    const visitor = newClient({ send: world.queue.send });
    for (const path of [url, `${url}/`, url.replace("/phone/", "/mpesa/"), url.replace("callback", "reversal")])
      for (const method of ["GET", "POST", "PUT"])
        await visitor.call(method, path, method === "GET" ? {} : { body: "{}" });
    vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1_ERROR: down");
    });
    await world.post({ url, body: "{}" });
    vi.restoreAllMocks();
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    expect(lines.join("\n")).toContain("/api/payments/phone/callback/***");
  });

  it("is not counted by the rate limit", async () => {
    const { url } = await paidPrompt(["none"]);
    const visitor = newClient({ send: world.queue.send });
    for (let count = 0; count < 80; count += 1) {
      expect((await visitor.call("POST", url, { body: String(count) })).status).toBe(200);
    }
  });
});
