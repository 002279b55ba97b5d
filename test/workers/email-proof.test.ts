import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { proofRequested } from "../../src/contract/links.ts";
import { proveByLink } from "../../src/core/accounts/links/prove-by-link.ts";
import { newClient, newEmail, password, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { byBrowser, cookieOf, tokenOf } from "../support/links.ts";
import { newContext } from "../support/payment-rows.ts";
import { openPostOffice } from "../support/post-office.ts";

const linkIn = (text: string) => /https:\/\/\S+/.exec(text)?.[0];
const proofToken = async (amina: Tenant) =>
  tokenOf(read(await amina.post("/api/auth/email/proof/request"), 200, proofRequested).proof_link);
const isProven = async (amina: Tenant) => read(await amina.get("/api/auth/me"), 200, meAnswer).user.email_proven;
const prove = (token: string, more: object = {}, headers = {}, by = newClient()) =>
  by.post("/api/auth/email/proof", { token, ...more }, headers);

const logIn = (email: string) => newClient().post("/api/auth/login", { email, password });

describe("a new address", () => {
  it("gets a letter at sign-up, whose link proves it in the browser that signed up, and keeps what is theirs", async () => {
    const office = openPostOffice("proof");
    const email = newEmail();
    const visitor = newClient({ send: office.send });
    const reply = await visitor.post(
      "/api/auth/signup",
      { email, password },
      { ...byBrowser, "Accept-Language": "sw" },
    );
    const session = read(reply, 201, sessionAnswer);
    expect(session.user.email_proven).toBe(false);
    const cookie = cookieOf(reply.headers, "shujaa_browser");
    await office.deliver();
    const [mail] = await office.mails();
    expect(mail).toMatchObject({ to: email, subject: "Thibitisha anwani yako" });
    expect(linkIn(mail?.text ?? "")).toMatch(/^https:\/\/studio\.test\/auth\/proof\?token=[\w-]{43}&lang=sw$/);

    const token = tokenOf(linkIn(mail?.text ?? ""));
    readProblem(await prove(token), "confirmation_needed");
    expect((await prove(token, {}, { ...byBrowser, Cookie: cookie?.pair ?? "" })).status).toBe(204);
    const me = read(await newClient({ token: session.access_token }).get("/api/auth/me"), 200, meAnswer);
    expect(me.user.email_proven).toBe(true);
    read(await newClient().post("/api/auth/login", { email, password }), 200, sessionAnswer);
    readProblem(await prove(token, { confirm: true }), "invalid_link");
  });

  it("is proven by its user's session, not by another's", async () => {
    const [amina, juma] = await Promise.all([signUp(), signUp()]);
    const token = await proofToken(amina);
    readProblem(await prove(token, {}, {}, juma), "confirmation_needed");
    expect(await isProven(amina)).toBe(false);
    expect((await prove(token, {}, {}, amina)).status).toBe(204);
    expect([await isProven(amina), await isProven(juma)]).toEqual([true, false]);
  });

  it("is proven from elsewhere by who says that the account is theirs", async () => {
    const amina = await signUp();
    const token = await proofToken(amina);
    expect((await prove(token, { confirm: true })).status).toBe(204);
    expect(await isProven(amina)).toBe(true);
  });

  it("of who operates the service keeps nothing of what was opened with it, unless it is proven from within", async () => {
    const [stranger, owner] = await Promise.all([signUp(), signUp()]);
    const { deps, ...context } = newContext();
    const adminEmails = new Set([stranger.email, owner.email]);
    const by = { ...context, deps: { ...deps, adminEmails } };
    const given = { token: await proofToken(stranger), browser: null, isConfirmed: true };
    expect(await proveByLink(by, given)).toBe("proven");
    readProblem(await stranger.get("/api/auth/me"), "unauthenticated");
    readProblem(await logIn(stranger.email), "invalid_credentials");
    const letters = "SELECT count(*) n FROM mails WHERE recipient = ? AND template = 'password_removed'";
    expect(await env.DB.prepare(letters).bind(stranger.email).first()).toEqual({ n: 1 });

    expect((await prove(await proofToken(owner), {}, {}, owner)).status).toBe(204);
    read(await logIn(owner.email), 200, sessionAnswer);
    expect(await isProven(owner)).toBe(true);
  });

  it("gets three links at once, and none when it is proven", async () => {
    const amina = await signUp();
    // The first went out at sign-up.
    const tokens = [await proofToken(amina), await proofToken(amina)];
    const capped = read(await amina.post("/api/auth/email/proof/request", { lang: "sw" }), 200, proofRequested);
    expect(capped).toEqual({ success: true });
    await prove(tokens[0] ?? "", {}, {}, amina);
    const rows = "SELECT count(*) n FROM one_time_links WHERE user_id = ?";
    const before = await env.DB.prepare(rows).bind(amina.session.user.id).first();
    expect(read(await amina.post("/api/auth/email/proof/request"), 200, proofRequested)).toEqual({ success: true });
    expect(await env.DB.prepare(rows).bind(amina.session.user.id).first()).toEqual(before);
  });

  it("is proven on the page, which asks whose account it is", async () => {
    const amina = await signUp();
    const token = await proofToken(amina);
    const opened = await newClient().get(`/auth/proof?token=${token}`);
    expect(opened.text).toContain('<form method="post" action="/auth/proof">');
    const form = (more: Record<string, string>) =>
      newClient().call("POST", "/auth/proof", {
        body: new URLSearchParams({ token, ...more }).toString(),
        headers: { "Content-Type": "application/x-www-form-urlencoded", ...byBrowser },
      });
    const asked = await form({});
    expect(asked.status).toBe(409);
    expect(asked.text).toContain("Is this account yours?");
    expect(await isProven(amina)).toBe(false);
    expect((await form({ confirm: "yes" })).text).toContain("Your address is confirmed");
    expect(await isProven(amina)).toBe(true);
    expect((await form({ confirm: "yes" })).status).toBe(401);
  });
});
