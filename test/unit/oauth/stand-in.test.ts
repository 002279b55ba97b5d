import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { StandInOauth } from "../../stand-ins/oauth/stand-in-oauth.ts";
import { callbackUri, oauthClients } from "../../support/oauth-settings.ts";

/** The stand-ins are as strict as the real ones: what they let pass is worth something. */

const redirectUri = callbackUri("https://studio.test", "google");
const verifier = "v".repeat(64);
const asked: Record<string, string> = {
  client_id: oauthClients.google.clientId,
  redirect_uri: redirectUri,
  response_type: "code",
  scope: "openid email",
  state: "s".repeat(64),
  nonce: "n".repeat(64),
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
};

function world() {
  let nowMs = Date.UTC(2026, 10, 25);
  const client = { ...oauthClients.google, redirectUris: [redirectUri] };
  const standIn = new StandInOauth({ kind: "google", now: () => nowMs, origin: "http://google.test", client });
  const send = (method: string, path: string, body = "") =>
    standIn.answer({
      method,
      url: `http://google.test${path}`,
      headers: { get: () => null },
      text: async () => body,
    });
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    ask: (change: Record<string, string>) =>
      send("GET", `/o/oauth2/v2/auth?${new URLSearchParams({ ...asked, ...change })}`),
    async code() {
      const form = new URLSearchParams({ query: new URLSearchParams(asked).toString(), person: "1001" });
      const { headers } = await send("POST", "/consent", form.toString());
      return new URL(headers.Location ?? "").searchParams.get("code") ?? "";
    },
    redeem: (code: string, change: Record<string, string> = {}) => {
      const form = {
        grant_type: "authorization_code",
        client_id: oauthClients.google.clientId,
        client_secret: oauthClients.google.clientSecret,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        code,
        ...change,
      };
      return send("POST", "/token", new URLSearchParams(form).toString());
    },
  };
}

describe("the stand-in", () => {
  it.each([
    ["another client", { client_id: "other" }],
    ["an address that is longer by a slash", { redirect_uri: `${redirectUri}/` }],
    ["a plain challenge", { code_challenge_method: "plain" }],
    ["no challenge", { code_challenge: "" }],
    ["no state", { state: "" }],
    ["no nonce", { nonce: "" }],
    ["no openid", { scope: "email" }],
    ["the implicit flow", { response_type: "token" }],
  ])("shows no consent page for %s", async (_name, change) => {
    const answer = await world().ask(change);
    expect([answer.status, answer.headers.Location]).toEqual([400, undefined]);
  });

  it("shows who may be chosen", async () => {
    const answer = await world().ask({});
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("Amina Wanjiru");
  });

  it("takes a code once, and for a minute", async () => {
    const { code, redeem, pass } = world();
    const once = await code();
    expect((await redeem(once)).status).toBe(200);
    expect(JSON.parse((await redeem(once)).body)).toMatchObject({ error: "invalid_grant" });
    const [young, old] = [await code(), await code()];
    pass(59_999);
    expect((await redeem(young)).status).toBe(200);
    pass(1);
    expect(JSON.parse((await redeem(old)).body)).toMatchObject({ error: "invalid_grant" });
  });

  it.each([
    ["client_secret", "wrong", "invalid_client"],
    ["client_id", "wrong", "invalid_client"],
    ["redirect_uri", `${redirectUri}?`, "invalid_grant"],
    ["code_verifier", "w".repeat(64), "invalid_grant"],
    ["grant_type", "refresh_token", "unsupported_grant_type"],
  ])("refuses another %s", async (field, value, error) => {
    const { code, redeem } = world();
    expect(JSON.parse((await redeem(await code(), { [field]: value })).body)).toMatchObject({ error });
  });
});
