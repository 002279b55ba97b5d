import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { linkSessionAnswer, magicLinkRequested } from "../../src/contract/links.ts";
import { invitationMade, membersAnswer } from "../../src/contract/members.ts";
import {
  newClient,
  newEmail,
  password,
  type Reply,
  read,
  readPointers,
  readProblem,
  signUp,
} from "../support/api-client.ts";
import { byBrowser, cookieOf, ratioOfMedians, signInLink } from "../support/links.ts";
import { openPostOffice } from "../support/post-office.ts";

afterEach(() => vi.useRealTimers());

const minuteMs = 60_000;
const request = (email: string, headers = {}) => newClient().post("/api/auth/magic-link/request", { email }, headers);
const verify = (token: string, more: object = {}, headers = {}) =>
  newClient().post("/api/auth/magic-link/verify", { token, ...more }, headers);
const count = async (sql: string, ...values: string[]) =>
  Number(
    (
      await env.DB.prepare(sql)
        .bind(...values)
        .first<{ n: number }>()
    )?.n,
  );
const usersWith = (email: string) => count("SELECT count(*) n FROM users WHERE email = ?", email);
const sessionsOf = (email: string) =>
  count("SELECT count(*) n FROM sessions JOIN users ON users.id = user_id WHERE email = ?", email);
const disable = (email: string) =>
  env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE email = ?").bind(email).run();

describe("a magic link", () => {
  it("makes the account of an unknown address, with its free credits, and signs in", async () => {
    const email = newEmail();
    const { token } = await signInLink(email);
    expect(await usersWith(email)).toBe(0);
    const reply = await verify(token);
    const session = read(reply, 200, linkSessionAnswer);
    expect(session).toMatchObject({ refresh_token: null, token_type: "bearer", credits: { balance: 10 } });
    expect(session.user).toMatchObject({ email, role: "owner", email_proven: true });
    expect(session.password_removed).toBeUndefined();
    const cookie = cookieOf(reply.headers, "shujaa_refresh");
    expect(cookie?.attributes).toEqual(expect.arrayContaining(["httponly", "path=/", "samesite=strict"]));
    const me = read(await newClient({ token: session.access_token }).get("/api/auth/me"), 200, meAnswer);
    expect(me).toMatchObject({ user: { email, email_proven: true }, credits: { balance: 10 } });
  });

  it("signs in who has an account, in any spelling of the address", async () => {
    const email = newEmail();
    const first = read(await verify((await signInLink(email)).token), 200, linkSessionAnswer);
    const { token } = await signInLink(` ${email.toUpperCase().replace("@", "＠")}`);
    const second = read(await verify(token), 200, linkSessionAnswer);
    expect(second.user.id).toBe(first.user.id);
    expect(second.credits).toEqual({ balance: 10 });
    expect((await newClient({ token: first.access_token }).get("/api/auth/me")).status).toBe(200);
  });

  it("used for the first proof, puts out of the tenant whom a stranger let in with the address before", async () => {
    const [stranger, accomplice] = [await signUp(), await signUp()];
    const invite = (email: string) => stranger.post("/api/account/invitations", { email, role: "owner" });
    const linkOf = (reply: Reply) => new URL(read(reply, 201, invitationMade).invitation_link ?? "").searchParams;
    const invited = linkOf(await invite(accomplice.email)).get("token");
    expect((await accomplice.post("/api/account/invitations/accept", { token: invited })).status).toBe(200);
    const late = await signUp();
    const lateToken = linkOf(await invite(late.email)).get("token");

    const owner = read(await verify((await signInLink(stranger.email)).token), 200, linkSessionAnswer);
    const members = read(
      await newClient({ token: owner.access_token }).get("/api/account/members"),
      200,
      membersAnswer,
    );
    expect(members.data.map(({ email }) => email)).toEqual([stranger.email]);
    readProblem(await late.post("/api/account/invitations/accept", { token: lateToken }), "invalid_link");
  });

  it("used for the first proof, ends what anybody could have opened with the address before, and says so", async () => {
    const office = openPostOffice("first-proof");
    const amina = await signUp({ send: office.send });
    await office.deliver();
    const client = newClient({ send: office.send });
    const { token } = await signInLink(amina.email, client);
    const session = read(await client.post("/api/auth/magic-link/verify", { token }), 200, linkSessionAnswer);
    expect(session.password_removed).toBe(true);
    readProblem(await client.post("/api/auth/login", { email: amina.email, password }), "invalid_credentials");
    readProblem(await amina.get("/api/auth/me"), "unauthenticated");
    await office.deliver();
    const subjects = (await office.mails()).filter(({ to }) => to === amina.email).map(({ subject }) => subject);
    expect(subjects).toEqual(["Confirm your address", "Sign in to Shujaa Studio", "Your former password was removed"]);
    const again = read(
      await client.post("/api/auth/magic-link/verify", { token: (await signInLink(amina.email, client)).token }),
      200,
      linkSessionAnswer,
    );
    expect(again.password_removed).toBeUndefined();
    expect((await newClient({ token: session.access_token }).get("/api/auth/me")).status).toBe(200);
  });

  it("works once, for ten minutes, and only as what it is: else the same words", async () => {
    const [used, expired, edge, disabled] = [newEmail(), newEmail(), newEmail(), await signUp()];
    const links = await Promise.all([used, expired, edge, disabled.email].map((email) => signInLink(email)));
    const [usedToken = "", expiredToken = "", edgeToken = "", disabledToken = ""] = links.map(({ token }) => token);
    const reset = JSON.parse((await newClient().post("/api/auth/password/forgot", { email: disabled.email })).text);
    const resetToken = new URL(reset.reset_link).searchParams.get("token") ?? "";
    await disable(disabled.email);
    expect((await verify(usedToken)).status).toBe(200);
    const beganAt = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: beganAt + 9.5 * minuteMs });
    expect((await verify(edgeToken)).status).toBe(200);
    const early = await Promise.all(
      [usedToken, disabledToken, resetToken, "x".repeat(43), "x"].map((token) => verify(token)),
    );
    vi.setSystemTime(beganAt + 10 * minuteMs);
    const replies = [...early, await verify(expiredToken)];
    const details = replies.map((reply) => readProblem(reply, "invalid_link").detail);
    expect(new Set(details).size).toBe(1);
    expect(await usersWith(expired)).toBe(0);
  });

  it("of twenty who bring it at once, is one's: one session, one account", async () => {
    const email = newEmail();
    const { token } = await signInLink(email);
    const replies = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(19);
    expect([await usersWith(email), await sessionsOf(email)]).toEqual([1, 1]);
  });

  it("and another for the same new address at once: one account, ten credits, both signed in", async () => {
    const email = newEmail();
    const links = await Promise.all([signInLink(email), signInLink(email), signInLink(email)]);
    const replies = await Promise.all(links.map(({ token }) => verify(token)));
    const sessions = replies.map((reply) => read(reply, 200, linkSessionAnswer));
    expect(new Set(sessions.map(({ user }) => user.id)).size).toBe(1);
    expect(await usersWith(email)).toBe(1);
    const { credits } = read(
      await newClient({ token: sessions[0]?.access_token ?? "" }).get("/api/auth/me"),
      200,
      meAnswer,
    );
    expect(credits.balance).toBe(10);
  });
});

describe("the browser that asked", () => {
  it("is known again by a cookie; another is asked first, and uses nothing up", async () => {
    const { reply, token } = await signInLink(newEmail(), newClient(), byBrowser);
    const cookie = cookieOf(reply.headers, "shujaa_browser");
    expect(cookie?.attributes).toEqual(["httponly", "max-age=86400", "path=/", "samesite=lax"]);
    const other = { ...byBrowser, Cookie: `shujaa_browser=${"o".repeat(43)}` };
    for (const headers of [{}, byBrowser, other]) readProblem(await verify(token, {}, headers), "confirmation_needed");
    read(await verify(token, {}, { ...byBrowser, Cookie: cookie?.pair ?? "" }), 200, linkSessionAnswer);
    readProblem(await verify(token, { confirm: true }), "invalid_link");
  });

  it("keeps its cookie from one link to the next", async () => {
    const first = cookieOf((await signInLink(newEmail(), newClient(), byBrowser)).reply.headers, "shujaa_browser");
    const headers = { Origin: "https://studio.test", Cookie: first?.pair ?? "" };
    const { reply, token } = await signInLink(newEmail(), newClient(), headers);
    expect(cookieOf(reply.headers, "shujaa_browser")?.pair).toBe(first?.pair);
    expect((await verify(token, {}, headers)).status).toBe(200);
  });

  it("need not be the one that signs in, when whoever has the mail says it was them", async () => {
    const { token } = await signInLink(newEmail(), newClient(), byBrowser);
    expect((await verify(token, { confirm: true })).status).toBe(200);
  });

  it("that is none, but a program without cookies, gets no cookie and is bound to nothing", async () => {
    const { reply, token } = await signInLink(newEmail());
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect((await verify(token)).status).toBe(200);
  });
});

describe("whoever asks for a link", () => {
  it("gets three for an address at once; a fourth is answered alike and not sent", async () => {
    const office = openPostOffice("cap");
    const email = newEmail();
    const client = newClient({ send: office.send });
    const ask = () => client.post("/api/auth/magic-link/request", { email });
    const replies = await Promise.all(Array.from({ length: 12 }, ask));
    const links = replies.map((reply) => read(reply, 200, magicLinkRequested).magic_link);
    expect(links.filter((link) => link !== undefined)).toHaveLength(3);
    await office.deliver();
    expect(await office.mails()).toHaveLength(3);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * minuteMs });
    expect(
      read(
        await newClient({ send: office.send }).post("/api/auth/magic-link/request", { email }),
        200,
        magicLinkRequested,
      ).magic_link,
    ).toBeDefined();
  });

  it("learns nothing of an address: known, unknown, disabled", async () => {
    const office = openPostOffice("alike");
    const [known, disabled] = [await signUp({ send: office.send }), await signUp({ send: office.send })];
    const unknown = newEmail();
    await disable(disabled.email);
    await office.deliver();
    const before = (await office.mails()).length;
    const replies = [];
    for (const email of [known.email, unknown, disabled.email])
      replies.push(await newClient({ send: office.send }).post("/api/auth/magic-link/request", { email }));
    const shapes = replies.map(({ status, text, headers }) => [
      status,
      text.replace(/token=[\w-]{43}/, "token="),
      headers.get("Set-Cookie"),
    ]);
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
    await office.deliver();
    expect((await office.mails()).slice(before).map(({ to }) => to)).toEqual([known.email, unknown]);
  });

  it("cannot tell by the time it takes, either", async () => {
    const rounds = 15;
    const known = await Promise.all(Array.from({ length: rounds + 1 }, () => signUp()));
    const next = known.map(({ email }) => email);
    const ratio = await ratioOfMedians(rounds, [() => request(next.pop() ?? ""), () => request(newEmail())]);
    console.log(`magic-link/request, known to unknown: ${ratio.toFixed(2)}`);
    expect(ratio).toBeLessThan(1.5);
  });

  it("gets no link in production, where the cookies are for https alone", async () => {
    const office = openPostOffice("production", {
      ENVIRONMENT: "production",
      MAIL_API_BASE: "",
      STRIPE_API_BASE: "",
      STRIPE_SECRET_KEY: "",
      MPESA_API_BASE: "",
      GOOGLE_BASE: "",
      GITHUB_BASE: "",
    });
    const reply = await newClient({ send: office.send }).post(
      "/api/auth/magic-link/request",
      { email: newEmail() },
      byBrowser,
    );
    expect(reply.text).toBe('{"success":true}');
    expect(cookieOf(reply.headers, "__Host-shujaa_browser")?.attributes).toContain("secure");
    expect(office.queued).toHaveLength(1);
  });

  it("is told which address cannot be one, and is let in only so often", async () => {
    expect(readPointers(await request("juma"))).toEqual(["/email"]);
    const client = newClient();
    const replies = [];
    for (let turn = 0; turn < 21; turn += 1)
      replies.push(await client.post("/api/auth/magic-link/request", { email: newEmail() }));
    expect(replies.slice(0, 20).every(({ status }) => status === 200)).toBe(true);
    readProblem(replies[20] ?? fail(), "rate_limited");
  });
});

describe("the page that the link leads to", () => {
  const form = (token: string, more: Record<string, string> = {}, headers = {}) =>
    newClient().call("POST", "/auth/magic", {
      body: new URLSearchParams({ token, ...more }).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...byBrowser, ...headers },
    });

  it("burns nothing by being opened, however often, and signs in by its button", async () => {
    const email = newEmail();
    const { token } = await signInLink(email);
    for (const method of ["GET", "HEAD", "GET"]) {
      const opened = await newClient().call(method, `/auth/magic?token=${token}&utm_source=mail`);
      expect(opened.status).toBe(200);
      expect(opened.headers.get("Set-Cookie")).toBeNull();
      expect(opened.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(opened.headers.get("Cache-Control")).toBe("no-store");
      expect(opened.headers.get("Content-Security-Policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src data:$/,
      );
      if (method === "GET") expect(opened.text).toContain('<form method="post" action="/auth/magic">');
      expect(opened.text).not.toContain("<script");
    }
    const done = await form(token);
    expect(done.status).toBe(200);
    expect(done.text).toContain("You are signed in");
    expect(cookieOf(done.headers, "shujaa_refresh")).not.toBeNull();
    expect(await sessionsOf(email)).toBe(1);
    const again = await form(token);
    expect([again.status, again.headers.get("Set-Cookie")]).toEqual([401, null]);
    expect(again.text).toContain("This link cannot be used");
  });

  it("asks in another browser, and goes on when it was them", async () => {
    const { token } = await signInLink(newEmail(), newClient(), byBrowser);
    const asked = await form(token);
    expect([asked.status, asked.headers.get("Set-Cookie")]).toEqual([409, null]);
    expect(asked.text).toContain('name="confirm" value="yes"');
    expect((await form(token, { confirm: "yes" })).status).toBe(200);
  });

  it("does not obey a form that another site has sent", async () => {
    const email = newEmail();
    const { token } = await signInLink(email);
    const reply = await form(token, { confirm: "yes" }, { "Sec-Fetch-Site": "cross-site" });
    expect([reply.status, reply.headers.get("Set-Cookie")]).toEqual([200, null]);
    expect(reply.text).toContain('<form method="post" action="/auth/magic">');
    expect(await sessionsOf(email)).toBe(0);
    expect((await verify(token)).status).toBe(200);
  });

  it("speaks English and Swahili, and shows nothing of a token that it could run", async () => {
    const swahili = await newClient().get("/auth/magic?token=x&lang=sw");
    expect(swahili.text).toContain('<html lang="sw">');
    expect(swahili.text).toContain("Ingia");
    const wished = await newClient().get("/auth/magic?token=x", { "Accept-Language": "sw-KE,en;q=0.5" });
    expect(wished.text).toContain('<html lang="sw">');
    const hostile = await newClient().get(`/auth/magic?token=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(hostile.text).not.toContain("<script>");
    expect(hostile.text).toContain("&quot;&gt;&lt;script&gt;");
  });
});

describe("a session by link", () => {
  it("is refreshed, listed and ended like any other", async () => {
    const session = read(await verify((await signInLink(newEmail())).token), 200, sessionAnswer);
    const client = newClient({ token: session.access_token });
    const { data } = JSON.parse((await client.get("/api/auth/sessions")).text);
    expect(data).toMatchObject([{ method: "link", is_current: true }]);
    expect((await client.post("/api/auth/logout")).status).toBe(204);
    readProblem(await client.get("/api/auth/me"), "unauthenticated");
  });
});

function fail(): never {
  throw new Error("there is no such reply");
}
