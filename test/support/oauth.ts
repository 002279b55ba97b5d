import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { OauthProvider } from "../../src/contract/oauth.ts";
import type { Fault, Person } from "../stand-ins/oauth/people.ts";
import { type Client, newClient, type Reply } from "./api-client.ts";

/** A browser on its way to sign in: its address, and the cookie that it keeps meanwhile. */
export type Browser = { client: Client; provider: OauthProvider; url: URL; cookie: string };

export async function begin(provider: OauthProvider, options: { returnTo?: string; client?: Client } = {}) {
  const { returnTo, client = newClient() } = options;
  const query = returnTo === undefined ? "" : `?${new URLSearchParams({ return_to: returnTo })}`;
  const reply = await client.get(`/api/auth/oauth/${provider}/start${query}`);
  expect(reply.status, reply.text).toBe(302);
  const url = new URL(reply.headers.get("Location") ?? "");
  return { client, provider, url, cookie: cookiePair(reply, "shujaa_attempt") } satisfies Browser;
}

/** What a person presses at the provider; the answer is where the browser is sent back to. */
export async function consent(
  { url }: Browser,
  who: Person | "nobody" = somebody(),
  fault: Fault = "none",
): Promise<URL> {
  const page = await fetch(url);
  expect(page.status, await page.text()).toBe(200);
  const form = new URLSearchParams({ query: url.searchParams.toString(), fault });
  if (who === "nobody") form.set("decision", "deny");
  else form.set("person", JSON.stringify(who));
  const answer = await fetch(`${url.origin}/consent`, { method: "POST", body: form, redirect: "manual" });
  expect(answer.status, await answer.text()).toBe(302);
  return new URL(answer.headers.get("Location") ?? "");
}

export function comeBack({ client, cookie }: Browser, url: URL): Promise<Reply> {
  return client.get(url.pathname + url.search, cookie === "" ? {} : { Cookie: cookie });
}

/** The whole way. */
export async function visit(provider: OauthProvider, who?: Person | "nobody", fault?: Fault): Promise<Reply> {
  const browser = await begin(provider);
  return comeBack(browser, await consent(browser, who, fault));
}

let persons = 0;
export function somebody(email?: string, isVerified = true): Person {
  persons += 1;
  return {
    id: String(50_000 + persons),
    name: "Amina Wanjiru",
    emails: [{ email: email ?? `person${persons}@example.org`, isVerified }],
  };
}

export function cookieLine(reply: Reply, name: string): string {
  return reply.headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? "";
}

function cookiePair(reply: Reply, name: string): string {
  return cookieLine(reply, name).split(";")[0] ?? "";
}

/** Somebody was signed in: the cookie that says who, and where they went. */
export function expectSignedIn(reply: Reply): { sessionId: string; location: string } {
  expect(reply.status, reply.text).toBe(303);
  expect(cookieLine(reply, "shujaa_attempt")).toMatch(/Max-Age=0/);
  const [, sessionId = ""] = /^shujaa_refresh=(ses_\w+)\./.exec(cookieLine(reply, "shujaa_refresh")) ?? [];
  expect(sessionId).not.toBe("");
  return { sessionId, location: reply.headers.get("Location") ?? "" };
}

/** Who was signed in, as the page that they came back to has it: it asks for an access token. */
export async function signedInClient(client: Client, reply: Reply): Promise<Client> {
  const { text } = await client.post("/api/auth/refresh", undefined, { Cookie: cookiePair(reply, "shujaa_refresh") });
  return client.withToken(JSON.parse(text).access_token);
}

/** Nobody was: a page, with nothing of an account in it. */
export function expectPage(reply: Reply, status: number, words: RegExp): void {
  expect([reply.status, reply.headers.get("Location")]).toEqual([status, null]);
  expect(reply.headers.get("Content-Type")).toMatch(/^text\/html/);
  expect(reply.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  expect(reply.text).toMatch(words);
  expect(reply.text).toContain("Nothing was changed");
  expect(reply.text).not.toContain("@");
  expect(cookieLine(reply, "shujaa_refresh")).toBe("");
  expect(cookieLine(reply, "shujaa_attempt")).toMatch(/Max-Age=0/);
}

export async function userOf(email: string) {
  const query = `SELECT users.id, users.name, email_proven_at_ms AS provenAtMs, passwords.hash AS hash,
    (SELECT group_concat(provider || ':' || subject) FROM identities WHERE user_id = users.id) AS identities
    FROM users LEFT JOIN passwords ON passwords.user_id = users.id WHERE email = ?`;
  type Row = {
    id: string;
    name: string | null;
    provenAtMs: number | null;
    hash: string | null;
    identities: string | null;
  };
  return env.DB.prepare(query).bind(email).first<Row>();
}

export async function actionsOn(target: string) {
  const { results } = await env.DB.prepare("SELECT action, details FROM audit_log WHERE target = ? ORDER BY rowid")
    .bind(target)
    .all<{ action: string; details: string | null }>();
  return results;
}
