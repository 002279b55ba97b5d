import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { darajaKeys } from "../support/payment-settings.ts";

const { consumerKey, consumerSecret } = darajaKeys;
const minuteMs = 60_000;

let base: string;
let app: { base: string; consumerKey: string; consumerSecret: string };
beforeEach(() => {
  base = `http://daraja-${crypto.randomUUID()}.test`;
  app = { base, consumerKey, consumerSecret };
});
afterEach(() => vi.useRealTimers());

/** A stub whose object was killed is broken: each call takes a new one. */
const ask = (voided: string | null = null, asked = app) =>
  env.DARAJA_TOKEN.get(env.DARAJA_TOKEN.idFromName(base)).token(asked, voided);
const take = async (voided: string | null = null) => {
  const answer = await ask(voided);
  if (!answer.ok) throw new Error(answer.code);
  return answer.token;
};
const act = (verb: string, body: object = {}) =>
  fetch(`${base}/stand-in/${verb}`, { method: "POST", body: JSON.stringify(body) });
/** Whether Daraja takes it: a query of nothing is refused for its field, not for its token. */
async function isGood(token: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const response = await fetch(`${base}/mpesa/stkpushquery/v1/query`, { method: "POST", headers, body: "{}" });
  return (await response.json<{ errorCode: string }>()).errorCode === "400.002.02";
}

describe("Daraja's one token", () => {
  it("is asked for once, however many want it at the same time", async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(new Set(tokens).size).toBe(1);
    expect(await isGood(tokens[0] ?? "")).toBe(true);
  });

  it("is the same after its holder was thrown out of memory", async () => {
    const token = await take();
    await abortAllDurableObjects();
    expect(await take()).toBe(token);
  });

  it("is renewed once for all who were refused with it", async () => {
    const token = await take();
    await act("void-tokens");
    const renewed = await Promise.all(Array.from({ length: 10 }, () => take(token)));
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(token);
    // One who was refused with the old one, and asks only now.
    expect(await take(token)).toBe(renewed[0]);
    expect(await isGood(renewed[0] ?? "")).toBe(true);
  });

  it("is renewed after 50 minutes, before it runs out", async () => {
    const startedAtMs = Date.UTC(2031, 0, 1);
    const setClock = async (nowMs: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
      await fetch(`${base}/clock`, { method: "POST", body: JSON.stringify({ now_ms: nowMs }) });
    };
    await setClock(startedAtMs);
    const token = await take();
    await setClock(startedAtMs + 49 * minuteMs);
    expect(await take()).toBe(token);
    await setClock(startedAtMs + 50 * minuteMs);
    const next = await take();
    expect(next).not.toBe(token);
    expect(await isGood(next)).toBe(true);
  });

  it.each([["html"], ["empty"], ["drop"]])(
    "that does not come (%s) is said not to, and is asked for again",
    async (kind) => {
      await act("fault", { path: "/oauth/", times: 1, kind });
      expect(await ask()).toEqual({ ok: false, code: "no_answer" });
      expect(await ask()).toMatchObject({ ok: true });
    },
  );

  it("is refused to wrong credentials, by Daraja's own code", async () => {
    expect(await ask(null, { ...app, consumerSecret: "wrong" })).toEqual({ ok: false, code: "400.008.01" });
  });
});
