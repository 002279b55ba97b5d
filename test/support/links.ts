/** Mailed links, as somebody without a mailbox gets them: from the answer, outside production. */
import { expect } from "vitest";
import { magicLinkRequested, resetRequested } from "../../src/contract/links.ts";
import { type Client, newClient, read } from "./api-client.ts";

/** What every browser says of a call by a page of ours. */
export const byBrowser = { "Sec-Fetch-Site": "same-origin" };

export function tokenOf(link: string | undefined): string {
  const token = new URL(link ?? "").searchParams.get("token") ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  return token;
}

export async function signInLink(email: string, client: Client = newClient(), headers: Record<string, string> = {}) {
  const reply = await client.post("/api/auth/magic-link/request", { email }, headers);
  return { reply, token: tokenOf(read(reply, 200, magicLinkRequested).magic_link) };
}

export async function resetToken(email: string, client: Client = newClient()): Promise<string> {
  return tokenOf(read(await client.post("/api/auth/password/forgot", { email }), 200, resetRequested).reset_link);
}

/** `name=value` of a cookie that an answer sets, and its attributes in lower case. */
export function cookieOf(headers: Headers, name: string): { pair: string; attributes: string[] } | null {
  const set = headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  if (set === undefined) return null;
  const [pair = "", ...attributes] = set.split("; ");
  return { pair, attributes: attributes.map((one) => one.toLowerCase()).sort() };
}

/** How long calls of two kinds take, one of each in turn: the quotient of their medians. */
export async function ratioOfMedians(rounds: number, calls: [() => Promise<unknown>, () => Promise<unknown>]) {
  const times: [number[], number[]] = [[], []];
  for (const call of calls) await call();
  for (let round = 0; round < rounds; round += 1) {
    for (const place of [0, 1] as const) {
      const beganAt = performance.now();
      await calls[place]();
      times[place].push(performance.now() - beganAt);
    }
  }
  const [first, second] = times.map((one) => one.sort((a, b) => a - b)[Math.floor(one.length / 2)] ?? 0);
  return Math.max(first ?? 0, second ?? 0) / Math.min(first ?? 1, second ?? 1);
}
