import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { linkSessionAnswer, resetRequested } from "../../src/contract/links.ts";
import { newClient, newEmail, password, read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { byBrowser, ratioOfMedians, resetToken, signInLink } from "../support/links.ts";
import { openPostOffice } from "../support/post-office.ts";

afterEach(() => vi.useRealTimers());

const minuteMs = 60_000;
const chosen = "mahindi ya kuchoma barabarani";
const reset = (token: string, to = chosen) => newClient().post("/api/auth/password/reset", { token, password: to });
const logIn = (email: string, typed: string) => newClient().post("/api/auth/login", { email, password: typed });

describe("a reset link", () => {
  it("sets a new password, proves the address, and ends every session", async () => {
    const office = openPostOffice("reset");
    const amina = await signUp({ send: office.send });
    const other = read(await logIn(amina.email, password), 200, sessionAnswer);
    const client = newClient({ send: office.send });
    const token = await resetToken(amina.email, client);
    expect((await client.post("/api/auth/password/reset", { token, password: chosen })).status).toBe(204);
    for (const access of [amina.token, other.access_token])
      readProblem(await newClient({ token: access }).get("/api/auth/me"), "unauthenticated");
    readProblem(await logIn(amina.email, password), "invalid_credentials");
    const session = read(await logIn(amina.email, chosen), 200, sessionAnswer);
    const me = read(await newClient({ token: session.access_token }).get("/api/auth/me"), 200, meAnswer);
    expect(me.user.email_proven).toBe(true);
    await office.deliver();
    const subjects = (await office.mails()).filter(({ to }) => to === amina.email).map(({ subject }) => subject);
    expect(subjects).toEqual(["Confirm your address", "Choose a new password", "Your password was changed"]);
  });

  it("gives a first password to who has none", async () => {
    const email = newEmail();
    const { token } = await signInLink(email);
    read(await newClient().post("/api/auth/magic-link/verify", { token }), 200, linkSessionAnswer);
    expect((await reset(await resetToken(email))).status).toBe(204);
    read(await logIn(email, chosen), 200, sessionAnswer);
  });

  it.each([
    ["too short", "short"],
    ["too long", "x1 ".repeat(43)],
    ["a common one", "password1"],
  ])("is not used up by a password that will not do: %s", async (_name, weak) => {
    const { email } = await signUp();
    const token = await resetToken(email);
    expect(readPointers(await reset(token, weak))).toEqual(["/password"]);
    read(await logIn(email, password), 200, sessionAnswer);
    expect((await reset(token)).status).toBe(204);
  });

  it("works once, for ten minutes, for somebody who may sign in: else the same words, and nothing changes", async () => {
    const [used, expired, disabled, unknown] = [await signUp(), await signUp(), await signUp(), newEmail()];
    const tokens = await Promise.all(
      [used.email, expired.email, disabled.email, unknown].map((email) => resetToken(email)),
    );
    const [usedToken = "", expiredToken = "", disabledToken = "", unknownToken = ""] = tokens;
    const { token: signInToken } = await signInLink(used.email);
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE email = ?").bind(disabled.email).run();
    expect((await reset(usedToken)).status).toBe(204);
    const replies = await Promise.all(
      [usedToken, disabledToken, unknownToken, signInToken, "x".repeat(43)].map((token) => reset(token, `${chosen} 2`)),
    );
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * minuteMs });
    replies.push(await reset(expiredToken));
    const details = replies.map((reply) => readProblem(reply, "invalid_link").detail);
    expect(new Set(details).size).toBe(1);
    read(await logIn(used.email, chosen), 200, sessionAnswer);
    read(await logIn(expired.email, password), 200, sessionAnswer);
  });

  it("ends the other links that are open: who asked for them may not be its owner", async () => {
    const { email } = await signUp();
    const [first, second] = [await resetToken(email), await resetToken(email)];
    const { token } = await signInLink(email);
    expect((await reset(second)).status).toBe(204);
    readProblem(await reset(first, `${chosen} 2`), "invalid_link");
    readProblem(await newClient().post("/api/auth/magic-link/verify", { token }), "invalid_link");
  });

  it("of ten who bring it at once, is one's", async () => {
    const { email } = await signUp();
    const token = await resetToken(email);
    const replies = await Promise.all(Array.from({ length: 10 }, (_, place) => reset(token, `${chosen} ${place}`)));
    const winners = replies.flatMap(({ status }, place) => (status === 204 ? [place] : []));
    expect(winners).toHaveLength(1);
    read(await logIn(email, `${chosen} ${winners[0]}`), 200, sessionAnswer);
  });
});

describe("whoever forgot a password", () => {
  it("is answered alike, whether there is an account or not; mail goes to accounts alone", async () => {
    const office = openPostOffice("forgot");
    const [amina, disabled] = [await signUp({ send: office.send }), await signUp({ send: office.send })];
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE email = ?").bind(disabled.email).run();
    await office.deliver();
    const before = (await office.mails()).length;
    const replies = [];
    for (const email of [amina.email, newEmail(), disabled.email])
      replies.push(await newClient({ send: office.send }).post("/api/auth/password/forgot", { email }));
    const shapes = replies.map(({ status, text }) => [status, text.replace(/token=[\w-]{43}/, "token=")]);
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
    await office.deliver();
    expect((await office.mails()).slice(before).map(({ to }) => to)).toEqual([amina.email]);
  });

  it("cannot tell by the time it takes, either", async () => {
    const rounds = 15;
    const known = await Promise.all(Array.from({ length: rounds + 1 }, () => signUp()));
    const next = known.map(({ email }) => email);
    const ask = (email: string) => newClient().post("/api/auth/password/forgot", { email });
    const ratio = await ratioOfMedians(rounds, [() => ask(next.pop() ?? ""), () => ask(newEmail())]);
    console.log(`password/forgot, known to unknown: ${ratio.toFixed(2)}`);
    expect(ratio).toBeLessThan(1.5);
  });

  it("gets no link in production, and from one address five letters an hour", async () => {
    const office = openPostOffice("forgot-production", {
      ENVIRONMENT: "production",
      MAIL_API_BASE: "",
      STRIPE_API_BASE: "",
      STRIPE_SECRET_KEY: "",
      MPESA_API_BASE: "",
      GOOGLE_BASE: "",
      GITHUB_BASE: "",
    });
    const client = newClient({ send: office.send });
    const replies = [];
    for (let turn = 0; turn < 6; turn += 1)
      replies.push(await client.post("/api/auth/password/forgot", { email: newEmail() }));
    const [last] = replies.splice(5);
    for (const reply of replies) expect(reply.text).toBe('{"success":true}');
    expect(last?.status).toBe(429);
  });

  it("gets three letters at an address at once", async () => {
    const { email } = await signUp();
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => newClient().post("/api/auth/password/forgot", { email })),
    );
    const links = replies.map((reply) => read(reply, 200, resetRequested).reset_link);
    expect(links.filter((link) => link !== undefined)).toHaveLength(3);
  });
});

describe("the page for a new password", () => {
  const form = (fields: Record<string, string>, headers = {}) =>
    newClient().call("POST", "/auth/reset", {
      body: new URLSearchParams(fields).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...byBrowser, ...headers },
    });

  it("burns nothing by being opened, says what is wrong with a password, and takes a good one", async () => {
    const { email } = await signUp();
    const token = await resetToken(email);
    for (const method of ["GET", "HEAD"])
      expect((await newClient().call(method, `/auth/reset?token=${token}`)).status).toBe(200);
    const opened = await newClient().get(`/auth/reset?token=${token}`);
    expect(opened.text).toContain('autocomplete="new-password"');
    expect(opened.headers.get("Content-Security-Policy")).toContain("form-action 'self'");

    const weak = await form({ token, password: "password1" });
    expect(weak.status).toBe(422);
    expect(weak.text).toContain("That is one of the most used passwords.");
    expect(weak.text).not.toContain("password1");
    const foreign = await form({ token, password: chosen }, { "Sec-Fetch-Site": "cross-site" });
    expect(foreign.status).toBe(200);
    read(await logIn(email, password), 200, sessionAnswer);

    const done = await form({ token, password: chosen, lang: "sw" });
    expect(done.status).toBe(200);
    expect(done.text).toContain("Nenosiri limewekwa");
    read(await logIn(email, chosen), 200, sessionAnswer);
    expect((await form({ token, password: `${chosen} 2` })).status).toBe(401);
  });
});
