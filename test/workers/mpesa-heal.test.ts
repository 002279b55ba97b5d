/** What is lost is found again: callbacks, answers, messages, and whatever a process could die of in between. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newClient, readProblem } from "../support/api-client.ts";
import { watchDatabase } from "../support/broken-database.ts";
import {
  askToPay,
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
afterEach(async () => {
  vi.restoreAllMocks();
  await world.daraja.act("clear-faults");
  vi.useRealTimers();
});

/** The cron as it comes, every minute. */
async function passWithCron(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await world.pass(minuteMs);
    await world.runCron();
  }
}

describe("a callback that is lost", () => {
  it("is made up for by the first query, 75 to 83 seconds after the prompt; the receipt is filled in when it comes", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    const { createdAtMs, nextCheckAtMs } = await rowOf(id);
    expect(nextCheckAtMs).toBeGreaterThanOrEqual(createdAtMs + 75 * secondMs);
    expect(nextCheckAtMs).toBeLessThanOrEqual(createdAtMs + 82.5 * secondMs);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const late = await world.daraja.callbacks();
    await world.pass(74 * secondMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "pending", checks: 0 });
    await world.pass(9 * secondMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid", checks: 1, receipt: null, nextCheckAtMs: null });
    expect(await gained()).toEqual([100]);
    for (const delivery of late) await world.post(delivery);
    await world.queue.deliverAll();
    const [paid] = (await world.daraja.transactions()).filter((one) => one.phone === phone);
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: paid?.receipt });
    expect(await gained()).toEqual([100]);
  });

  it("is asked about at 75 s, 2, 5, 15 and 60 minutes, and then nobody waits for it any more", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("keep-query-pending", { which: phone, calls: 100 });
    const { createdAtMs } = await rowOf(id);
    const askedAfterMs: number[] = [];
    for (let row = await rowOf(id); row.state === "pending"; row = await rowOf(id)) {
      await world.pass((row.nextCheckAtMs ?? 0) - world.now());
      await world.runCron();
      askedAfterMs.push(world.now() - createdAtMs);
    }
    expect(askedAfterMs).toHaveLength(5);
    for (const [place, seconds] of [75, 120, 300, 900, 3600].entries()) {
      expect(askedAfterMs[place]).toBeGreaterThanOrEqual(seconds * secondMs);
      expect(askedAfterMs[place]).toBeLessThanOrEqual(seconds * secondMs * 1.1);
    }
    expect(await rowOf(id)).toMatchObject({ state: "expired", checks: 5, attention: null });
    await ring(world.amina, phone);
  });

  it("is found hours later when M-Pesa could not be asked all the while", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await world.daraja.callbacks();
    await world.daraja.fault({ path: "/mpesa/stkpushquery/", times: 50, kind: "html" });
    for (const minutes of [2, 4, 11, 55]) {
      await world.pass(minutes * minuteMs);
      await world.runCron();
    }
    expect(await rowOf(id)).toMatchObject({ state: "expired", checks: 4 });
    await world.daraja.act("clear-faults");
    await world.pass(6 * hourMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid" });
    expect(await gained()).toEqual([100]);
  });

  it("of a payment that nobody ever decides is given up after a day", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("keep-query-pending", { which: phone, calls: 100 });
    for (const hours of [2, 5, 20, 1]) {
      await world.pass(hours * hourMs);
      await world.runCron();
    }
    expect(await rowOf(id)).toMatchObject({ state: "expired", nextCheckAtMs: null, checks: 3 });
  });
});

describe("a push whose answer is lost", () => {
  it("waits five minutes for its callback, and then its phone is free", async () => {
    const phone = newPhone();
    await world.daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "drop" });
    const { payment_id: id } = await ring(world.amina, phone);
    await passWithCron(4);
    expect(await rowOf(id)).toMatchObject({ state: "created", checks: 0 });
    readProblem(await askToPay(world.amina, phone), "prompt_open");
    await passWithCron(1);
    expect(await rowOf(id)).toMatchObject({ state: "expired", nextCheckAtMs: null });
    await ring(world.amina, phone);
  });

  it("and whose callback comes after that is credited all the same", async () => {
    const phone = newPhone();
    await world.daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "drop", afterWork: true });
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    await passWithCron(6);
    expect(await rowOf(id)).toMatchObject({ state: "expired" });
    await world.callBack();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: expect.any(String) });
    expect(await gained()).toEqual([100]);
  });

  it("frees its phone also when nobody but the payer looks", async () => {
    const phone = newPhone();
    await world.daraja.fault({ path: "/mpesa/stkpush/", times: 1, kind: "drop" });
    const { payment_id: id } = await ring(world.amina, phone);
    await world.pass(5 * minuteMs);
    const reply = await world.amina.get(`/api/payments/${id}`);
    expect(JSON.parse(reply.text).payment ?? JSON.parse(reply.text)).toMatchObject({
      status: "expired",
      failure: { code: "expired", message: expect.stringContaining("credits come by themselves") },
    });
  });
});

describe("the queue", () => {
  it("may be down: the callback is stored, and the cron sends it", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    world.queue.breakDown();
    await world.callBack();
    world.queue.mend();
    expect(await rowOf(id)).toMatchObject({ state: "pending" });
    expect(await eventsOf(id)).toMatchObject([{ handledAtMs: null }]);
    await world.pass(minuteMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "paid", receipt: expect.any(String) });
    expect(await gained()).toEqual([100]);
  });

  it("may deliver twice, and late", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    for (const delivery of await world.daraja.callbacks()) await world.post(delivery);
    const [message] = world.queue.waiting;
    await world.queue.deliver(message);
    await world.pass(hourMs);
    await world.queue.deliver(message);
    expect(await rowOf(id)).toMatchObject({ state: "paid" });
    expect(await gained()).toEqual([100]);
  });
});

describe("the ledger", () => {
  it("may be away: the payment is paid, and its credits come when it is back", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const namespace = Object.getPrototypeOf(env.CREDIT_LEDGER) as typeof env.CREDIT_LEDGER;
    const get = namespace.get;
    const away = vi.spyOn(namespace, "get").mockImplementation(function stubOf(this: unknown, ...given) {
      if (this === env.CREDIT_LEDGER) throw new Error("no ledger");
      return get.apply(this as typeof env.CREDIT_LEDGER, given);
    });
    for (const delivery of await world.daraja.callbacks()) await world.post(delivery);
    const [message] = world.queue.waiting;
    await world.queue.deliver(message);
    expect(away).toHaveBeenCalled();
    away.mockRestore();
    expect(await rowOf(id)).toMatchObject({ state: "paid", fulfilledAtMs: null });
    await world.pass(minuteMs);
    await world.runCron();
    expect(await rowOf(id)).toMatchObject({ fulfilledAtMs: expect.any(Number) });
    expect(await gained()).toEqual([100]);
  });
});

describe("the database may die", () => {
  /** Runs `step` again and again, each time with D1 dead from one call later on, until it has calls enough to end. */
  async function atEachCall(
    prepare: () => Promise<(place: string) => Promise<() => Promise<unknown>>>,
  ): Promise<number> {
    for (let call = 1; ; call += 1) {
      const step = await prepare();
      const database = watchDatabase();
      database.breakAt(call);
      const verify = await step(`dead at call ${call}`);
      const isDone = database.calls() < call;
      database.mend();
      vi.restoreAllMocks();
      await verify();
      if (isDone) return call - 1;
    }
  }

  it("at any call of the request: the phone rings at most once, and who pays is credited once", async () => {
    let round = 0;
    const calls = await atEachCall(async () => {
      const phone = newPhone();
      round += 1;
      const key = `broken-${round}`;
      const had = (await gained()).length;
      return async (place) => {
        await askToPay(world.amina, phone, { key });
        return async () => {
          await world.pass(2 * secondMs);
          const again = await askToPay(world.amina, phone, { key });
          expect([202, 409], place).toContain(again.status);
          const prompts = await world.daraja.prompts({ phone });
          expect(prompts.length, place).toBeLessThanOrEqual(1);
          if (prompts.length === 1) await world.daraja.act("decide", { which: phone, outcome: "paid" });
          await world.callBack();
          await passWithCron(7);
          expect((await gained()).slice(had), place).toEqual(prompts.length === 1 ? [100] : []);
          // And whatever became of it, the phone is free.
          await ring(world.amina, phone);
        };
      };
    });
    expect(calls).toBeGreaterThanOrEqual(6);
  });

  /** A prompt that has been paid, and whose callbacks Daraja has sent. */
  async function paid() {
    const phone = newPhone();
    const { payment_id: id, checkout_request_id: request } = await ring(world.amina, phone);
    await world.daraja.act("decide", { which: phone, outcome: "paid" });
    const had = (await gained()).length;
    const verify = async (place: string) => {
      await passWithCron(6);
      expect(await rowOf(id), place).toMatchObject({ state: "paid", attention: null });
      expect((await gained()).slice(had), place).toEqual([100]);
      expect((await eventsOf(id)).filter(({ handledAtMs }) => handledAtMs === null)).toEqual([]);
    };
    return { id, request, deliveries: await world.daraja.callbacks(), verify };
  }

  it("at any call of a callback's arrival: it is answered as ever, and the money is found", async () => {
    const calls = await atEachCall(async () => {
      const { deliveries, verify } = await paid();
      return async (place) => {
        for (const delivery of deliveries) await world.post(delivery);
        return () => verify(place);
      };
    });
    expect(calls).toBeGreaterThanOrEqual(2);
  });

  it("at any call of the consumer: the next try ends it, with the receipt", async () => {
    const calls = await atEachCall(async () => {
      const { id, deliveries, verify } = await paid();
      for (const delivery of deliveries) await world.post(delivery);
      const [message] = world.queue.waiting;
      return async (place) => {
        await world.queue.deliver(message);
        return async () => {
          await verify(place);
          expect(await rowOf(id), place).toMatchObject({ receipt: expect.any(String) });
        };
      };
    });
    expect(calls).toBeGreaterThanOrEqual(8);
  });

  it("at any call of the look that finds it paid", async () => {
    const calls = await atEachCall(async () => {
      const { request, verify } = await paid();
      await world.pass(30 * secondMs);
      return async (place) => {
        await world.amina.post("/mpesa/status", { checkout_request_id: request });
        return () => verify(place);
      };
    });
    expect(calls).toBeGreaterThanOrEqual(6);
  });
});

describe("the token", () => {
  it("that cannot be had: nothing rings, the payer is told so, and the phone is free", async () => {
    const phone = newPhone();
    await ring(world.amina, newPhone());
    for (const fault of [{ kind: "html" }, { kind: "drop" }, { kind: "empty" }, { kind: "error" }] as const) {
      await world.daraja.act("void-tokens");
      await world.daraja.fault({ path: "/oauth/", times: 1, ...fault });
      readProblem(await askToPay(world.amina, phone), "service_unavailable");
    }
    expect(await world.daraja.prompts({ phone })).toEqual([]);
    await ring(world.amina, phone);
  });

  it("that another holder keeps voiding is renewed once a call, and no more", async () => {
    await ring(world.amina, newPhone());
    const phone = newPhone();
    await world.daraja.fault({ path: "/mpesa/stkpush/", times: 2, kind: "error", errorCode: "404.001.03" });
    readProblem(await askToPay(world.amina, phone), "service_unavailable");
    expect(await world.daraja.prompts({ phone })).toEqual([]);
  });
});

describe("M-Pesa that is no longer set up", () => {
  it("leaves what is open to end by itself, and its callbacks are answered", async () => {
    const phone = newPhone();
    const { payment_id: id } = await ring(world.amina, phone);
    const [prompt] = await world.daraja.prompts({ phone });
    const bare = await mpesaWorld({ MPESA_PASSKEY: "" });
    await env.DB.prepare("UPDATE payments SET next_check_at_ms = created_at_ms WHERE id = ?").bind(id).run();
    const reply = await newClient({ send: bare.queue.send }).call("POST", prompt?.callBackUrl ?? "", { body: "{}" });
    expect(reply.status).toBe(200);
    await bare.pass(0);
    await bare.runCron();
    expect(await rowOf(id)).toMatchObject({ state: "expired" });
    await world.pass(0);
  });
});
