import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignInProvider } from "../../../src/core/accounts/oauth/sign-in-provider.ts";
import type { ProviderOptions } from "../../../src/platform/oauth/exchange.ts";
import { createGithub } from "../../../src/platform/oauth/github.ts";
import { createGoogle } from "../../../src/platform/oauth/google.ts";
import type { Fault } from "../../stand-ins/oauth/people.ts";
import { type ServedOauth, serve } from "../../stand-ins/oauth/serve.ts";
import { callbackUri, oauthClients } from "../../support/oauth-settings.ts";

/** The adapters over a real line, where time runs out and nobody listens. */

const product = "http://127.0.0.1:8787";
const create = { google: createGoogle, github: createGithub };
const kinds = ["google", "github"] as const;
type Kind = (typeof kinds)[number];

const none = { clientId: "", clientSecret: "", redirectUris: [] };
const secrets = { state: "s".repeat(64), nonce: "n".repeat(64), verifier: "v".repeat(64) };
let standIn: ServedOauth;
let lines: unknown[] = [];

beforeAll(async () => {
  const clientOf = (kind: Kind) => ({ ...oauthClients[kind], redirectUris: [callbackUri(product, kind)] });
  standIn = await serve({ port: 0, clients: { google: clientOf("google"), github: clientOf("github") } });
});
afterAll(() => standIn.close());

function adapter(kind: Kind, options: Partial<ProviderOptions> = {}): SignInProvider {
  lines = [];
  const log = { write: (...line: unknown[]) => void lines.push(line) };
  return create[kind]({ ...oauthClients[kind], base: `${standIn.origin}/${kind}`, log, ...options });
}

async function answerOf(kind: Kind, provider: SignInProvider, fault: Fault = "none"): Promise<URLSearchParams> {
  const url = new URL(await provider.authorizeUrl(secrets, callbackUri(product, kind)));
  const form = new URLSearchParams({ query: url.searchParams.toString(), person: "1001", fault });
  const consent = await fetch(`${standIn.origin}/${kind}/consent`, { method: "POST", body: form, redirect: "manual" });
  return new URL(consent.headers.get("Location") ?? "").searchParams;
}

describe.each(kinds)("%s", (kind) => {
  const redirectUri = callbackUri(product, kind);

  it("says who came", async () => {
    const provider = adapter(kind);
    const identified = await provider.identify(await answerOf(kind, provider), secrets, redirectUri);
    const person = { subject: "1001", email: "amina.wanjiru@example.com", name: "Amina Wanjiru" };
    expect(identified).toEqual({ ok: true, person });
    expect(lines).toEqual([]);
  });

  it("is away when it does not answer in time", async () => {
    const provider = adapter(kind, { timeoutMs: 100 });
    const answer = await answerOf(kind, provider, "slow");
    expect(await provider.identify(answer, secrets, redirectUri)).toEqual({ ok: false, reason: "away" });
    expect(lines).toEqual([["warn", "sign_in_not_vouched", { provider: kind, reason: "away", code: "TimeoutError" }]]);
  });

  it("is away when nobody listens", async () => {
    const answer = await answerOf(kind, adapter(kind));
    const gone = await serve({ port: 0, clients: { google: none, github: none } });
    await gone.close();
    const nowhere = adapter(kind, { base: `${gone.origin}/${kind}` });
    // It names the one that is still there.
    answer.delete("iss");
    expect(await nowhere.identify(answer, secrets, redirectUri)).toEqual({ ok: false, reason: "away" });
  });

  it.each([
    ["another verifier (PKCE)", { ...secrets, verifier: "w".repeat(64) }, redirectUri, {}],
    ["another redirect address", secrets, `${redirectUri}/`, {}],
    ["another secret of ours", secrets, redirectUri, { clientSecret: "wrong" }],
    ["another state", { ...secrets, state: "t".repeat(64) }, redirectUri, {}],
  ])("refuses a code shown with %s", async (_name, shown, address, options) => {
    const answer = await answerOf(kind, adapter(kind));
    const provider = adapter(kind, options);
    expect(await provider.identify(answer, shown, address)).toEqual({ ok: false, reason: "refused" });
    expect(JSON.stringify(lines)).not.toContain(answer.get("code"));
  });

  it("refuses an answer that names an error, and logs no more of it than a word", async () => {
    const error = "x; secret=1";
    const provider = adapter(kind);
    const answer = new URLSearchParams({ state: secrets.state, error, error_description: "amina@example.com" });
    expect(await provider.identify(answer, secrets, redirectUri)).toEqual({ ok: false, reason: "refused" });
    const line = { provider: kind, reason: "refused", code: "unknown_error" };
    expect(lines).toEqual([["warn", "sign_in_not_vouched", line]]);
  });
});

it("Google is away when its keys cannot be read, and back when they can", async () => {
  const provider = adapter("google");
  const redirectUri = callbackUri(product, "google");
  const away = await provider.identify(await answerOf("google", provider, "keys_away"), secrets, redirectUri);
  expect(away).toEqual({ ok: false, reason: "away" });
  const back = await provider.identify(await answerOf("google", provider), secrets, redirectUri);
  expect(back.ok).toBe(true);
});
