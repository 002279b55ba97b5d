import { env } from "cloudflare:workers";
import { scryptSync } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type SessionAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { type RefreshAnswer, refreshAnswer, sessionsAnswer } from "../../src/contract/sessions.ts";
import { logIn } from "../../src/core/accounts/sessions/log-in.ts";
import { readEnv } from "../../src/env.ts";
import { systemContext } from "../../src/wiring.ts";
import {
  type Client,
  newClient,
  newEmail,
  origin,
  password,
  type Reply,
  read,
  readPointers,
  readProblem,
} from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";

afterEach(() => vi.useRealTimers());

const dayMs = 86_400_000;
const otherPassword = "maharagwe na mchele wa jioni";

/** A browser: one address, one user agent, and a cookie that is replaced as answers say. */
class Browser {
  readonly client: Client;
  readonly userAgent: string;
  cookie = "";
  constructor(userAgent = "Firefox", client: Client = newClient()) {
    this.client = client;
    this.userAgent = userAgent;
  }

  async signIn(path: "signup" | "login", email: string, chosen = password): Promise<SessionAnswer> {
    const reply = await this.client.post(`/api/auth/${path}`, { email, password: chosen }, this.headers());
    this.cookie = cookieOf(reply);
    return read(reply, path === "signup" ? 201 : 200, sessionAnswer);
  }

  /** Sends a cookie, its own unless another is given, and keeps what it has. */
  send(cookie = this.cookie, more: Record<string, string> = {}): Promise<Reply> {
    return this.client.post("/api/auth/refresh", undefined, { ...this.headers(), Cookie: cookie, ...more });
  }

  async refresh(): Promise<RefreshAnswer> {
    const reply = await this.send();
    const answer = read(reply, 200, refreshAnswer);
    this.cookie = cookieOf(reply);
    return answer;
  }

  withToken({ access_token: token }: { access_token: string }): Client {
    return this.client.withToken(token);
  }

  private headers() {
    return { "User-Agent": this.userAgent };
  }
}

/** Name and value of the one cookie that an answer sets. */
function cookieOf(reply: Reply): string {
  const set = reply.headers.getSetCookie();
  expect(set).toHaveLength(1);
  return set[0]?.split(";")[0] ?? "";
}

const isCleared = (reply: Reply) =>
  reply.headers.getSetCookie().some((set) => /^shujaa_refresh=;.*Max-Age=0/.test(set));

async function signedUp(): Promise<{ browser: Browser; email: string; session: SessionAnswer; id: string }> {
  const browser = new Browser();
  const email = newEmail();
  const session = await browser.signIn("signup", email);
  return { browser, email, session, id: browser.cookie.slice("shujaa_refresh=".length).split(".")[0] ?? "" };
}

const rowOf = (id: string) =>
  env.DB.prepare("SELECT * FROM sessions WHERE id = ?")
    .bind(id)
    .first<{ generation: number; ended_at_ms: number | null }>();

async function countAudits(action: string, target: string): Promise<number> {
  const query = env.DB.prepare("SELECT count(*) AS rows FROM audit_log WHERE action = ? AND target = ?");
  return (await query.bind(action, target).first<number>("rows")) ?? 0;
}

function setClock(nowMs: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
}

describe("the refresh cookie", () => {
  it("is out of scripts' reach, and goes to no other site and to no other host", async () => {
    const { headers } = await newClient().post("/api/auth/signup", { email: newEmail(), password });
    expect(headers.get("Set-Cookie")).toMatch(
      /^shujaa_refresh=ses_[0-9a-z]{26}\.0\.[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it("is cleared by log-out and by the end of the session it belongs to, and not by another's end", async () => {
    const { browser, email, session, id } = await signedUp();
    const other = new Browser();
    const otherSession = await other.signIn("login", email);
    const otherId = other.cookie.slice("shujaa_refresh=".length).split(".")[0];
    expect(isCleared(await browser.withToken(session).call("DELETE", `/api/auth/sessions/${otherId}`))).toBe(false);
    expect(isCleared(await browser.withToken(session).call("DELETE", `/api/auth/sessions/${id}`))).toBe(true);
    readProblem(await other.withToken(otherSession).get("/api/auth/me"), "unauthenticated");
    const again = await browser.signIn("login", email);
    expect(isCleared(await browser.withToken(again).post("/api/auth/logout"))).toBe(true);
  });
});

describe("a refresh", () => {
  it("gives a token that is good, and the next cookie", async () => {
    const { browser, session, id } = await signedUp();
    const first = browser.cookie;
    const answer = await browser.refresh();
    expect(answer).toMatchObject({ refresh_token: null, token_type: "bearer", expires_in: 86_400, user: session.user });
    expect(browser.cookie).not.toBe(first);
    expect(browser.cookie).toContain(`${id}.1.`);
    expect((await browser.withToken(answer).get("/api/auth/me")).status).toBe(200);
    expect((await browser.withToken(session).get("/api/auth/me")).status).toBe(200);
    expect(await countAudits("session.refresh", id)).toBe(1);
    for (let turn = 0; turn < 3; turn += 1) await browser.refresh();
    expect((await rowOf(id))?.generation).toBe(4);
  });

  it("is refused without a cookie, and for one that is no token of ours; the cookie is cleared, and the session goes on", async () => {
    const { browser, id } = await signedUp();
    const [, generation, mac = ""] = browser.cookie.split(".");
    const { browser: stranger } = await signedUp();
    const [strangers] = stranger.cookie.split(".");
    const bad = {
      "no cookie": "other=1",
      "an empty one": "shujaa_refresh=",
      "no token": "shujaa_refresh=none",
      "an altered mac": `shujaa_refresh=${id}.${generation}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`,
      "another generation": `shujaa_refresh=${id}.1.${mac}`,
      "another session's mac": `${strangers}.0.${mac}`,
      "a session that never was": `shujaa_refresh=ses_${"0".repeat(26)}.0.${mac}`,
      "no mac": `shujaa_refresh=${id}.0.`,
      "a huge generation": `shujaa_refresh=${id}.${"9".repeat(400)}.${mac}`,
    };
    for (const [name, cookie] of Object.entries(bad)) {
      const reply = await browser.send(cookie);
      expect(reply.status, name).toBe(401);
      readProblem(reply, "unauthenticated");
      expect(isCleared(reply), name).toBe(true);
    }
    await browser.refresh();
  });

  it("of one token by one client twenty times at once is one refresh with one answer", async () => {
    const { browser, id } = await signedUp();
    const replies = await Promise.all(Array.from({ length: 20 }, () => browser.send()));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(new Set(replies.map(cookieOf)).size).toBe(1);
    expect(await rowOf(id)).toMatchObject({ generation: 1, ended_at_ms: null });
    expect(await countAudits("session.refresh", id)).toBe(1);
    const [reply] = replies;
    if (reply === undefined) throw new Error("there are twenty");
    const answer = read(reply, 200, refreshAnswer);
    expect((await browser.withToken(answer).get("/api/auth/me")).status).toBe(200);
    browser.cookie = cookieOf(reply);
    await browser.refresh();
  });

  it("of one token by two clients at once: one gets an answer, the other's ends the session, and the answer is worth nothing", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { browser, session, id } = await signedUp();
      const thief = new Browser("Firefox");
      const replies = await Promise.all([browser.send(), thief.send(browser.cookie)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
      expect((await rowOf(id))?.ended_at_ms).not.toBeNull();
      expect(await countAudits("session.replayed", id)).toBe(1);
      const won = replies.find(({ status }) => status === 200);
      if (won === undefined) throw new Error("one of them has won");
      readProblem(await browser.withToken(read(won, 200, refreshAnswer)).get("/api/auth/me"), "unauthenticated");
      readProblem(await browser.withToken(session).get("/api/auth/me"), "unauthenticated");
      for (const who of [browser, thief]) readProblem(await who.send(cookieOf(won)), "unauthenticated");
    }
  });

  it.each([
    ["another address", () => new Browser("Firefox")],
    ["another user agent", (own: Browser) => new Browser("curl", own.client)],
  ])("of a spent token from %s ends the session, at once after the refresh too", async (_name, other) => {
    const { browser, id } = await signedUp();
    const spent = browser.cookie;
    const answer = await browser.refresh();
    const reply = await other(browser).send(spent);
    readProblem(reply, "unauthenticated");
    expect(isCleared(reply)).toBe(true);
    expect(await countAudits("session.replayed", id)).toBe(1);
    readProblem(await browser.send(), "unauthenticated");
    readProblem(await browser.withToken(answer).get("/api/auth/me"), "unauthenticated");
  });

  it.each([
    ["10 seconds later gets the identical answer", 10_000, 200],
    ["11 seconds later ends the session", 11_000, 401],
  ])("of a spent token by the same client %s", async (_name, laterMs, status) => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, id } = await signedUp();
    const spent = browser.cookie;
    const first = await browser.send();
    setClock(startMs + laterMs);
    const second = await browser.send(spent);
    expect(second.status).toBe(status);
    if (status === 200) {
      expect(second.text).toBe(first.text);
      expect(cookieOf(second)).toBe(cookieOf(first));
    }
    expect((await rowOf(id))?.ended_at_ms === null).toBe(status === 200);
  });

  it("of a token two refreshes old ends the session, however soon", async () => {
    const { browser, id } = await signedUp();
    const spent = browser.cookie;
    await browser.refresh();
    await browser.refresh();
    readProblem(await browser.send(spent), "unauthenticated");
    expect((await rowOf(id))?.ended_at_ms).not.toBeNull();
  });

  it("is possible for 30 days after the one before, and not a second longer", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser } = await signedUp();
    setClock(startMs + 30 * dayMs - 1_000);
    await browser.refresh();
    setClock(startMs + 60 * dayMs - 1_000);
    readProblem(await browser.send(), "unauthenticated");
  });

  it("carries a session to 90 days and not beyond, and no access token further", async () => {
    const startMs = Math.floor(Date.now() / 1000) * 1000;
    setClock(startMs);
    const { browser } = await signedUp();
    let answer: RefreshAnswer | undefined;
    for (const day of [29, 58, 87]) {
      setClock(startMs + day * dayMs);
      answer = await browser.refresh();
      expect(answer.expires_in).toBe(86_400);
    }
    setClock(startMs + 90 * dayMs - 3_600_000);
    answer = await browser.refresh();
    expect(answer.expires_in).toBe(3_600);
    const [, payload = ""] = answer.access_token.split(".");
    expect(JSON.parse(atob(payload)).exp).toBe((startMs + 90 * dayMs) / 1000);
    setClock(startMs + 90 * dayMs - 1_000);
    expect((await browser.withToken(answer).get("/api/auth/me")).status).toBe(200);
    setClock(startMs + 90 * dayMs);
    readProblem(await browser.withToken(answer).get("/api/auth/me"), "unauthenticated");
    readProblem(await browser.send(), "unauthenticated");
  });

  it("is refused to whom an operator has shut out", async () => {
    const { browser, session } = await signedUp();
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE id = ?").bind(session.user.id).run();
    readProblem(await browser.send(), "unauthenticated");
  });
});

describe("a refresh that another page asks a browser for", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["no word of where from: no browser", {}, true],
    ["our own page", { "Sec-Fetch-Site": "same-origin", Origin: origin }, true],
    ["the address bar", { "Sec-Fetch-Site": "none" }, true],
    ["another site", { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.test" }, false],
    ["a neighbour under the same domain", { "Sec-Fetch-Site": "same-site", Origin: "https://blog.studio.test" }, false],
    ["another site that says nothing of its origin", { "Sec-Fetch-Site": "cross-site" }, false],
    ["another site that claims our origin", { "Sec-Fetch-Site": "cross-site", Origin: origin }, false],
    ["an old browser on our page", { Origin: origin }, true],
    ["an old browser on another page", { Origin: "https://evil.test" }, false],
    ["an old browser in a sandbox", { Origin: "null" }, false],
    ["our host over plain http", { Origin: origin.replace("https", "http") }, false],
    ["our host on another port", { Origin: `${origin}:8443` }, false],
    ["a word that no browser says", { "Sec-Fetch-Site": "anything" }, false],
  ])("%s", async (_name, headers, isLetIn) => {
    const { browser, id } = await signedUp();
    const reply = await browser.send(browser.cookie, headers);
    if (isLetIn) {
      read(reply, 200, refreshAnswer);
      return;
    }
    readProblem(reply, "origin_not_allowed");
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect((await rowOf(id))?.generation).toBe(0);
    await browser.refresh();
  });
});

describe("the list of sessions", () => {
  it("has those that live, the one used last first, and says which is this one", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, email, session, id } = await signedUp();
    const phone = new Browser("Safari");
    setClock(startMs + 1_000);
    await phone.signIn("login", email);
    setClock(startMs + 2_000);
    const tablet = new Browser("Chrome");
    await tablet.withToken(await tablet.signIn("login", email)).post("/api/auth/logout");
    setClock(startMs + 5_000);
    await browser.refresh();
    await signedUp();

    const { data } = read(await browser.withToken(session).get("/api/auth/sessions"), 200, sessionsAnswer);
    const at = (ms: number) => new Date(startMs + ms).toISOString();
    expect(data).toEqual([
      {
        id,
        created_at: at(0),
        last_used_at: at(5_000),
        expires_at: at(5_000 + 30 * dayMs),
        method: "password",
        address: expect.stringContaining("2001:db8:"),
        user_agent: "Firefox",
        is_current: true,
        tenant_id: expect.stringMatching(/^ten_/),
      },
      expect.objectContaining({ created_at: at(1_000), user_agent: "Safari", is_current: false }),
    ]);
  });

  it("lets one end: for every call at once, and only by its owner", async () => {
    const { browser, email, session, id } = await signedUp();
    const phone = new Browser();
    const onPhone = phone.withToken(await phone.signIn("login", email));
    const { browser: stranger, session: strangers } = await signedUp();

    readProblem(await stranger.withToken(strangers).call("DELETE", `/api/auth/sessions/${id}`), "not_found");
    readProblem(await onPhone.call("DELETE", "/api/auth/sessions/none"), "not_found");
    expect((await browser.withToken(session).get("/api/auth/me")).status).toBe(200);
    expect(await countAudits("session.end", id)).toBe(0);

    expect((await onPhone.call("DELETE", `/api/auth/sessions/${id}`)).status).toBe(204);
    const ended = browser.withToken(session);
    const replies = await Promise.all([
      ended.get("/api/auth/me"),
      ended.get("/api/auth/sessions"),
      ended.call("DELETE", "/api/auth/sessions"),
      ended.post("/api/auth/reauthenticate", { password }),
      ended.post("/api/auth/password/change", { current_password: password, password: otherPassword }),
      ended.post("/api/videos", { prompt: "A day in Nairobi" }),
      browser.send(),
    ]);
    for (const reply of replies) readProblem(reply, "unauthenticated");
    readProblem(await onPhone.call("DELETE", `/api/auth/sessions/${id}`), "not_found");
    expect(await countAudits("session.end", id)).toBe(1);
    expect((await onPhone.get("/api/auth/me")).status).toBe(200);
  });

  it("lets all others end", async () => {
    const { browser, email, session } = await signedUp();
    const others = [new Browser(), new Browser()];
    const sessions = [await others[0]?.signIn("login", email), await others[1]?.signIn("login", email)];
    const { browser: stranger, session: strangers } = await signedUp();
    expect((await browser.withToken(session).call("DELETE", "/api/auth/sessions")).status).toBe(204);
    for (const [index, other] of others.entries()) {
      readProblem(await other.send(), "unauthenticated");
      readProblem(
        await other.withToken({ access_token: sessions[index]?.access_token ?? "" }).get("/api/auth/me"),
        "unauthenticated",
      );
    }
    await browser.refresh();
    expect((await stranger.withToken(strangers).get("/api/auth/me")).status).toBe(200);
    expect(await countAudits("session.end_others", session.user.id)).toBe(1);
  });
});

describe("showing again that it is you", () => {
  const authenticatedAt = (id: string) =>
    env.DB.prepare("SELECT authenticated_at_ms AS at FROM sessions WHERE id = ?").bind(id).first<number>("at");

  it("makes this session's sign-in fresh, by the right password alone", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, session, id } = await signedUp();
    setClock(startMs + 3 * 3_600_000);
    const client = browser.withToken(session);
    readProblem(await client.post("/api/auth/reauthenticate", { password: otherPassword }), "invalid_credentials");
    expect(await authenticatedAt(id)).toBe(startMs);
    expect((await client.post("/api/auth/reauthenticate", { password })).status).toBe(204);
    expect(await authenticatedAt(id)).toBe(startMs + 3 * 3_600_000);
    expect(await countAudits("session.reauthenticate", id)).toBe(1);
  });

  it("is not done by a refresh", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, id } = await signedUp();
    setClock(startMs + 3 * 3_600_000);
    await browser.refresh();
    expect(await authenticatedAt(id)).toBe(startMs);
  });
});

describe("a change of password", () => {
  const change = (client: Client, body: object) => client.post("/api/auth/password/change", body);
  const dropPassword = (userId: string) => env.DB.prepare("DELETE FROM passwords WHERE user_id = ?").bind(userId).run();
  /** Counted, since whom a letter went to is forgotten once it is sent. */
  const countLetters = () =>
    env.DB.prepare("SELECT count(*) AS rows FROM mails WHERE template = 'password_changed'").first<number>("rows");

  it("ends the other sessions and the open links, is told by mail, and only the new one is good", async () => {
    const { browser, email, session } = await signedUp();
    const phone = new Browser();
    await phone.signIn("login", email);
    await env.DB.prepare(
      "INSERT INTO one_time_links (id, kind, token_hash, email, user_id, created_at_ms, expires_at_ms) VALUES (?1, 'reset', ?1, ?2, ?3, 0, 9e15)",
    )
      .bind(`link of ${email}`, email, session.user.id)
      .run();
    const client = browser.withToken(session);

    readProblem(
      await change(client, { current_password: otherPassword, password: otherPassword }),
      "invalid_credentials",
    );
    expect(readPointers(await change(client, { password: otherPassword }))).toEqual(["/current_password"]);
    expect(readPointers(await change(client, { current_password: password, password: "short" }))).toEqual([
      "/password",
    ]);
    await phone.refresh();
    expect(await countLetters()).toBe(0);

    expect((await change(client, { current_password: password, password: otherPassword })).status).toBe(204);
    await browser.refresh();
    readProblem(await phone.send(), "unauthenticated");
    readProblem(await newClient().post("/api/auth/login", { email, password }), "invalid_credentials");
    await new Browser().signIn("login", email, otherPassword);
    const links = env.DB.prepare("SELECT count(*) AS rows FROM one_time_links WHERE user_id = ? AND kind = 'reset'");
    expect(await links.bind(session.user.id).first("rows")).toBe(0);
    expect(await countLetters()).toBe(1);
    expect(await countAudits("password.set", session.user.id)).toBe(1);
  });

  it("is the first one for who has none: while the sign-in is fresh, and not later", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, email, session } = await signedUp();
    await dropPassword(session.user.id);
    setClock(startMs + 2 * 3_600_000 + 1_000);
    readProblem(await change(browser.withToken(session), { password: otherPassword }), "sign_in_again");
    readProblem(await browser.withToken(session).post("/api/auth/reauthenticate", { password }), "sign_in_again");
    setClock(startMs + 2 * 3_600_000);
    expect((await change(browser.withToken(session), { password: otherPassword })).status).toBe(204);
    await new Browser().signIn("login", email, otherPassword);
  });

  it("from two sessions at once: one wins and ends the other, whose change is not made", async () => {
    const { browser, email, session } = await signedUp();
    const phone = new Browser();
    const onPhone = await phone.signIn("login", email);
    const chosen = ["a password of the first", "a password of the second"];
    const replies = await Promise.all([
      change(browser.withToken(session), { current_password: password, password: chosen[0] }),
      change(phone.withToken(onPhone), { current_password: password, password: chosen[1] }),
    ]);
    const statuses = replies.map(({ status }) => status);
    expect([...statuses].sort()).toEqual([204, 401]);
    const winner = statuses.indexOf(204);
    await new Browser().signIn("login", email, chosen[winner]);
    readProblem(
      await newClient().post("/api/auth/login", { email, password: chosen[1 - winner] }),
      "invalid_credentials",
    );
    expect(await countAudits("password.set", session.user.id)).toBe(1);
  });

  it("does not let in whoever was signing in with the old one when it was made", async () => {
    const { browser, email, session } = await signedUp();
    const { deps } = systemContext(readEnv({ ...env }), "req_late");
    const passwords = {
      ...deps.passwords,
      async verify() {
        const reply = await change(browser.withToken(session), { current_password: password, password: otherPassword });
        expect(reply.status).toBe(204);
        return true;
      },
    };
    const context = {
      actor: { kind: "anonymous" as const },
      requestId: "req_late",
      address: null,
      deps: { ...deps, passwords },
    };
    const { answer } = await logIn(context, { email, password, userAgent: null });
    readProblem(await browser.withToken(answer).get("/api/auth/me"), "unauthenticated");
    await browser.refresh();
  });
});

describe("signing in", () => {
  it("hashes anew what was hashed at another cost, once", async () => {
    const { browser, email, session } = await signedUp();
    const salt = new Uint8Array(16).fill(7);
    const key = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
    const old = ["scrypt", 2 ** 14, 8, 1, Buffer.from(salt).toString("base64"), key.toString("base64")].join("$");
    const stored = env.DB.prepare("SELECT hash FROM passwords WHERE user_id = ?").bind(session.user.id);
    await env.DB.prepare("UPDATE passwords SET hash = ? WHERE user_id = ?").bind(old, session.user.id).run();
    readProblem(await newClient().post("/api/auth/login", { email, password: otherPassword }), "invalid_credentials");
    expect(await stored.first("hash")).toBe(old);

    const answers = await Promise.all([new Browser(), new Browser()].map((one) => one.signIn("login", email)));
    for (const answer of answers) expect((await browser.withToken(answer).get("/api/auth/me")).status).toBe(200);
    const renewed = await stored.first("hash");
    expect(renewed).toMatch(/^scrypt\$32768\$8\$3\$/);
    await new Browser().signIn("login", email);
    expect(await stored.first("hash")).toBe(renewed);
  });

  it("is refused with the same words to who is shut out and to who has no password", async () => {
    const { email, session } = await signedUp();
    const { email: linkOnly, session: linkSession } = await signedUp();
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE id = ?").bind(session.user.id).run();
    await env.DB.prepare("DELETE FROM passwords WHERE user_id = ?").bind(linkSession.user.id).run();
    const replies = await Promise.all(
      [email, linkOnly, newEmail()].map((address) => newClient().post("/api/auth/login", { email: address, password })),
    );
    const told = replies.map((reply) => readProblem(reply, "invalid_credentials").detail);
    expect(new Set(told).size).toBe(1);
  });

  it("takes as long for an unknown address, a wrong password and a user without one", async () => {
    const { email } = await signedUp();
    const { email: linkOnly, session } = await signedUp();
    await env.DB.prepare("DELETE FROM passwords WHERE user_id = ?").bind(session.user.id).run();
    const addresses = { known: email, unknown: newEmail(), "without a password": linkOnly };
    const times: Record<string, number[]> = { known: [], unknown: [], "without a password": [] };
    for (let round = 0; round < 15; round += 1) {
      for (const [name, address] of Object.entries(addresses)) {
        const startedMs = performance.now();
        const reply = await newClient().post("/api/auth/login", { email: address, password: otherPassword });
        times[name]?.push(performance.now() - startedMs);
        readProblem(reply, "invalid_credentials");
      }
    }
    const medians = Object.values(times).map((all) => all.sort((a, b) => a - b)[7] ?? Number.NaN);
    const ratio = Math.max(...medians) / Math.min(...medians);
    expect(ratio, `medians of ${medians.map(Math.round).join(", ")} ms`).toBeLessThan(1.5);
  });
});

describe("twenty sign-ups with one address at once", () => {
  it("make one user, one tenant and one session", async () => {
    const email = newEmail();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => newClient().post("/api/auth/signup", { email, password })),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const count = async (query: string) => env.DB.prepare(query).bind(email).first<number>("rows");
    expect(await count("SELECT count(*) AS rows FROM users WHERE email = ?")).toBe(1);
    expect(await count("SELECT count(*) AS rows FROM tenants WHERE name = ?")).toBe(1);
    expect(await count("SELECT count(*) AS rows FROM sessions JOIN users ON users.id = user_id WHERE email = ?")).toBe(
      1,
    );
  });
});

describe("the cron", () => {
  it("forgets sessions 30 days after they ended or expired, and none that lives", async () => {
    const startMs = Date.now();
    setClock(startMs);
    const { browser, email, session, id: ended } = await signedUp();
    const stays = new Browser();
    await stays.signIn("login", email);
    const living = stays.cookie.slice("shujaa_refresh=".length).split(".")[0] ?? "";
    await browser.withToken(session).post("/api/auth/logout");
    const queue = holdQueue();

    setClock(startMs + 30 * dayMs - 1_000);
    await stays.refresh();
    await queue.runCron();
    expect(await rowOf(ended)).not.toBeNull();
    setClock(startMs + 30 * dayMs + 1_000);
    await queue.runCron();
    expect(await rowOf(ended)).toBeNull();
    expect(await rowOf(living)).not.toBeNull();
    setClock(startMs + 120 * dayMs - 1_000);
    await queue.runCron();
    expect(await rowOf(living)).not.toBeNull();
    setClock(startMs + 120 * dayMs + 1_000);
    await queue.runCron();
    expect(await rowOf(living)).toBeNull();
  });
});
