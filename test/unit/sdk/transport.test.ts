import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectionError, ShujaaError } from "../../../src/sdk/errors.ts";
import { declare } from "../../../src/sdk/operation.ts";
import { createTransport, type TransportOptions } from "../../../src/sdk/transport.ts";

const readThing = declare<{ id: string; limit?: number | undefined }, { name: string }>()("GET /api/things/:id");
const makeThing = declare<{ name: string }, { id: string }>()("POST /api/things", { isIdempotent: true });
const ringBell = declare<{ loud: boolean }, undefined>()("POST /api/bell");

type Answer = Response | Error;
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = {
    type: "urn:x",
    title: "No",
    status,
    detail: "Not now.",
    instance: "/",
    code,
    request_id: "req_12345678",
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}

/** A service that gives these answers in turn, and what it was asked. */
function serve(answers: Answer[], options: Partial<TransportOptions> = {}) {
  const asked: Request[] = [];
  const transport = createTransport({
    baseUrl: "https://studio.test",
    ...options,
    fetch: async (input, init) => {
      asked.push(new Request(input as string, init));
      const answer = answers.shift();
      if (answer === undefined) throw new Error("asked once too often");
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { asked, transport };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Runs a call through all its waiting. */
async function through<Result>(call: Promise<Result>): Promise<Result> {
  call.catch(() => undefined);
  await vi.runAllTimersAsync();
  return call;
}

describe("a call", () => {
  it("fills its path, asks by query, and sends the credential of that moment", async () => {
    let token = "first";
    const { asked, transport } = serve([json({ name: "a" }), json({ name: "b" })], { credential: async () => token });
    expect(await transport.call(readThing, { id: "thi/1", limit: 5 })).toEqual({ name: "a" });
    token = "second";
    await transport.call(readThing, { id: "2", limit: undefined });
    expect(asked.map(({ url }) => url)).toEqual([
      "https://studio.test/api/things/thi%2F1?limit=5",
      "https://studio.test/api/things/2",
    ]);
    expect(asked.map(({ headers }) => headers.get("Authorization"))).toEqual(["Bearer first", "Bearer second"]);
  });

  it("without its path's fields is a mistake of the caller's, and asks nothing", async () => {
    const { asked, transport } = serve([]);
    await expect(transport.call(readThing, {} as { id: string })).rejects.toThrow(TypeError);
    expect(asked).toHaveLength(0);
  });

  it("that is refused says so in the service's own words", async () => {
    const { transport } = serve([refusal(402, "insufficient_credits")]);
    const error = await transport.call(makeThing, { name: "x" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ShujaaError);
    expect(error).toMatchObject({
      code: "insufficient_credits",
      status: 402,
      message: "Not now.",
      requestId: "req_12345678",
    });
  });
});

describe("a repeat", () => {
  it("carries the same key and body, so that nothing is done twice", async () => {
    const { asked, transport } = serve([
      new Error("reset"),
      refusal(503, "service_unavailable"),
      json({ id: "1" }, 201),
    ]);
    expect(await through(transport.call(makeThing, { name: "x" }))).toEqual({ id: "1" });
    const keys = asked.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(await Promise.all(asked.map((request) => request.text()))).size).toBe(1);
  });

  it("carries the caller's own key", async () => {
    const { asked, transport } = serve([json({ id: "1" })]);
    await transport.call(makeThing, { name: "x" }, { idempotencyKey: "order-7" });
    expect(asked[0]?.headers.get("Idempotency-Key")).toBe("order-7");
  });

  it("is never made of what may have been done and would be done again", async () => {
    const { asked, transport } = serve([new Error("reset")]);
    await expect(through(transport.call(ringBell, { loud: true }))).rejects.toThrow(ConnectionError);
    expect(asked).toHaveLength(1);
  });

  it("is made of anything that was told to wait, as long as it was told", async () => {
    const startMs = Date.now();
    const { transport } = serve([
      refusal(429, "rate_limited", { "Retry-After": "7" }),
      new Response(null, { status: 204 }),
    ]);
    expect(await through(transport.call(ringBell, { loud: true }))).toBeUndefined();
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(7_000);
  });

  it.each([
    ["a wait that is too long", refusal(429, "rate_limited", { "Retry-After": "900" })],
    ["what is not set up", refusal(503, "provider_not_configured", { "Retry-After": "5" })],
    ["what was not right", refusal(422, "validation_failed")],
  ])("is not made after %s", async (_name, answer) => {
    const { asked, transport } = serve([answer]);
    await expect(through(transport.call(makeThing, { name: "x" }))).rejects.toThrow(ShujaaError);
    expect(asked).toHaveLength(1);
  });

  it("ends after the tries there are", async () => {
    const { asked, transport } = serve(
      Array.from({ length: 9 }, () => new Error("reset")),
      { triesMax: 3 },
    );
    await expect(through(transport.call(readThing, { id: "1" }))).rejects.toThrow(ConnectionError);
    expect(asked).toHaveLength(3);
  });

  it("is stopped by the caller's signal while it waits", async () => {
    const controller = new AbortController();
    const { asked, transport } = serve([new Error("reset")]);
    const call = transport.call(readThing, { id: "1" }, { signal: controller.signal });
    call.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    expect(asked).toHaveLength(1);
  });
});

describe("a credential that is no longer good", () => {
  it("is renewed once, and the call made with the new one", async () => {
    const { asked, transport } = serve([refusal(401, "unauthenticated"), json({ name: "a" })], {
      credential: "old",
      renew: async () => "new",
    });
    expect(await transport.call(readThing, { id: "1" })).toEqual({ name: "a" });
    expect(asked.map(({ headers }) => headers.get("Authorization"))).toEqual(["Bearer old", "Bearer new"]);
  });

  it.each([
    ["no other is to be had", null, 1],
    ["the new one is no good either", "new", 2],
  ])("is told when %s", async (_name, renewed, times) => {
    const { asked, transport } = serve([refusal(401, "unauthenticated"), refusal(401, "unauthenticated")], {
      credential: "old",
      renew: async () => renewed,
    });
    await expect(transport.call(readThing, { id: "1" })).rejects.toMatchObject({ code: "unauthenticated" });
    expect(asked).toHaveLength(times);
  });
});
