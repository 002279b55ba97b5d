import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { identitiesAnswer, signInProvidersAnswer } from "../../src/contract/oauth.ts";
import {
  newClient,
  newEmail,
  origin,
  password,
  read,
  readProblem,
  signUp,
  type Tenant,
} from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import {
  actionsOn,
  begin,
  comeBack,
  consent,
  cookieLine,
  expectPage,
  expectSignedIn,
  signedInClient,
  somebody,
  userOf,
  visit,
} from "../support/oauth.ts";

afterEach(() => vi.useRealTimers());

const providers = ["google", "github"] as const;
const emailOf = (person: ReturnType<typeof somebody>) => person.emails[0]?.email ?? "";

describe.each(providers)("with %s", (provider) => {
  it("somebody new gets an account of their own, proven, with 10 credits once, and comes back to where they were", async () => {
    const amina = somebody();
    const browser = await begin(provider, { returnTo: "/videos?page=2" });
    const reply = await comeBack(browser, await consent(browser, amina));
    expect(expectSignedIn(reply).location).toBe("/videos?page=2");
    const user = await userOf(emailOf(amina));
    expect(user).toMatchObject({ name: amina.name, hash: null, identities: `${provider}:${amina.id}` });
    expect(user?.provenAtMs).toBeGreaterThan(0);
    expect((await actionsOn(user?.id ?? "")).map(({ action }) => action).sort()).toEqual([
      "account.link",
      "account.sign_up",
    ]);
    const me = await signedInClient(browser.client, reply);
    const { data } = JSON.parse((await me.get("/api/credits/transactions")).text);
    expect(data).toMatchObject([{ type: "bonus", amount: 10 }]);
  });

  it("they are the same user the next time, whatever their address has become", async () => {
    const amina = somebody();
    expectSignedIn(await visit(provider, amina));
    const moved = { ...amina, emails: [{ email: "moved-and-unconfirmed@example.org", isVerified: false }] };
    const { sessionId } = expectSignedIn(await visit(provider, moved));
    const user = await userOf(emailOf(amina));
    const session = await env.DB.prepare("SELECT user_id, method FROM sessions WHERE id = ?").bind(sessionId).first();
    expect(session).toEqual({ user_id: user?.id, method: provider });
    expect(await userOf("moved-and-unconfirmed@example.org")).toBeNull();
    expect((await actionsOn(user?.id ?? "")).map(({ action }) => action)).toContain("account.log_in");
  });

  it("two callbacks for one new person at once make one user with one identity", async () => {
    const amina = somebody();
    const browsers = await Promise.all([begin(provider), begin(provider), begin(provider)]);
    const urls = await Promise.all(browsers.map((browser) => consent(browser, amina)));
    const replies = await Promise.all(browsers.map((browser, at) => comeBack(browser, urls[at] ?? browser.url)));
    for (const reply of replies) expectSignedIn(reply);
    expect((await userOf(emailOf(amina)))?.identities).toBe(`${provider}:${amina.id}`);
    const count = "SELECT count(*) AS users FROM users WHERE email = ?";
    expect(await env.DB.prepare(count).bind(emailOf(amina)).first<number>("users")).toBe(1);
  });

  it("two callbacks for one address that somebody here has link it once", async () => {
    const amina = await signUp();
    const person = somebody(amina.email);
    const browsers = await Promise.all([begin(provider), begin(provider), begin(provider)]);
    const urls = await Promise.all(browsers.map((browser) => consent(browser, person)));
    const replies = await Promise.all(browsers.map((browser, at) => comeBack(browser, urls[at] ?? browser.url)));
    for (const reply of replies) expectSignedIn(reply);
    expect((await userOf(amina.email))?.identities).toBe(`${provider}:${person.id}`);
    const links = (await actionsOn(amina.session.user.id)).filter(({ action }) => action === "account.link");
    expect(links).toHaveLength(1);
  });

  it("an address that nobody vouches for leads nowhere, whether somebody here has it or not", async () => {
    const juma = await signUp();
    for (const email of [juma.email, newEmail()]) {
      expectPage(await visit(provider, somebody(email, false)), 403, /does not vouch for an email address/);
    }
    const nameless = { id: "77001", name: null, emails: [] };
    expectPage(await visit(provider, nameless), 403, /does not vouch/);
    expect((await userOf(juma.email))?.identities).toBeNull();
    expect((await juma.get("/api/auth/me")).status).toBe(200);
  });

  it("an answer to another browser, to none, to an old try, or shown twice is worth nothing", async () => {
    const [mine, other] = [await begin(provider), await begin(provider)];
    const url = await consent(mine);
    expectPage(await comeBack({ ...other, client: mine.client }, url), 400, /cannot be finished/);
    expectPage(await comeBack({ ...mine, cookie: "" }, url), 400, /cannot be finished/);
    const forged = mine.cookie.replace(/state%3D\w/, (one) => `${one}0`);
    expect(forged).not.toBe(mine.cookie);
    expectPage(await comeBack({ ...mine, cookie: forged }, url), 400, /cannot be finished/);
    for (const change of ["missing", "another", "twice"]) {
      const changed = new URL(url);
      if (change === "missing") changed.searchParams.delete("state");
      if (change === "another") changed.searchParams.set("state", "0".repeat(64));
      if (change === "twice") changed.searchParams.append("state", changed.searchParams.get("state") ?? "");
      expectPage(await comeBack(mine, changed), 400, /cannot be finished/);
    }
    expectSignedIn(await comeBack(mine, url));
    // The same once more, from a browser that kept its cookie: the code is good once.
    expectPage(await comeBack(mine, url), 403, /could not be signed in/);
  });

  it("a try is worth ten minutes", async () => {
    const nowMs = Date.now();
    const late = await begin(provider);
    const lateUrl = await consent(late);
    vi.setSystemTime(nowMs + 10 * 60_000 + 1_000);
    expectPage(await comeBack(late, lateUrl), 400, /more than ten minutes/);
    vi.setSystemTime(nowMs + 9 * 60_000);
    expectSignedIn(await comeBack(late, lateUrl));
  });

  it("who says no there reads that it is fine", async () => {
    expectPage(await visit(provider, "nobody"), 403, /You said no/);
  });

  it("who may not sign in any more reads what everybody reads", async () => {
    const amina = somebody();
    expectSignedIn(await visit(provider, amina));
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE email = ?").bind(emailOf(amina)).run();
    expectPage(await visit(provider, amina), 403, /could not be signed in/);
    const juma = await signUp();
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE email = ?").bind(juma.email).run();
    expectPage(await visit(provider, somebody(juma.email)), 403, /could not be signed in/);
    expect(await userOf(juma.email)).toMatchObject({ identities: null, provenAtMs: null });
  });
});

describe("what proves nothing signs nobody in", () => {
  it.each([
    ["google", "wrong_nonce"],
    ["google", "no_nonce"],
    ["google", "other_issuer"],
    ["google", "other_issuer_in_address"],
    ["google", "other_audience"],
    ["google", "bad_signature"],
    ["google", "unsigned"],
    ["google", "expired_token"],
    ["google", "no_id_token"],
    ["google", "invalid_grant"],
    ["google", "invalid_client"],
    ["github", "other_issuer_in_address"],
    ["github", "invalid_grant"],
    ["github", "invalid_client"],
    ["github", "api_forbidden"],
  ] as const)("%s: %s", async (provider, fault) => {
    const amina = somebody();
    expectPage(await visit(provider, amina, fault), 403, /could not be signed in/);
    expect(await userOf(emailOf(amina))).toBeNull();
  });

  it.each([
    ["google", "server_error"],
    ["google", "garbage"],
    ["github", "server_error"],
    ["github", "garbage"],
    ["github", "api_away"],
  ] as const)("%s, away: %s", async (provider, fault) => {
    const amina = somebody();
    const reply = await visit(provider, amina, fault);
    expectPage(reply, 503, /did not answer. Nothing was changed; try again/);
    expect(reply.headers.get("Retry-After")).toMatch(/^\d+$/);
    expect(await userOf(emailOf(amina))).toBeNull();
  });

  it("an answer that belongs to another provider's try (mix-up)", async () => {
    const browser = await begin("github");
    const url = await consent(browser);
    url.pathname = url.pathname.replace("github", "google");
    expectPage(await comeBack(browser, url), 400, /cannot be finished/);
  });

  it("of several addresses at GitHub only the primary one counts", async () => {
    const [primary, second] = [newEmail(), newEmail()];
    const both = somebody(primary);
    both.emails.push({ email: second, isVerified: true });
    expectSignedIn(await visit("github", both));
    expect(await userOf(second)).toBeNull();
    const unconfirmed = somebody(newEmail(), false);
    unconfirmed.emails.push({ email: newEmail(), isVerified: true });
    expectPage(await visit("github", unconfirmed), 403, /does not vouch/);
  });
});

describe("an address that somebody here has", () => {
  it("and never proved: what was opened with it ends, and who is vouched for has the account", async () => {
    const stranger = await signUp();
    const others = await newClient().post("/api/auth/login", { email: stranger.email, password });
    const owner = somebody(stranger.email.toUpperCase());
    expectSignedIn(await visit("google", owner));
    const user = await userOf(stranger.email);
    expect(user).toMatchObject({ id: stranger.session.user.id, hash: null, identities: `google:${owner.id}` });
    expect(user?.provenAtMs).toBeGreaterThan(0);
    readProblem(await stranger.get("/api/auth/me"), "unauthenticated");
    const { access_token: token } = JSON.parse(others.text);
    readProblem(await newClient({ token }).get("/api/auth/me"), "unauthenticated");
    const again = await newClient().post("/api/auth/login", { email: stranger.email, password });
    readProblem(again, "invalid_credentials");
    const rows = await actionsOn(stranger.session.user.id);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["account.email_proven", "account.link"]));
    expect(JSON.stringify(rows)).not.toContain("@");
    const letters = "SELECT template FROM mails WHERE recipient = ?";
    expect(await env.DB.prepare(letters).bind(stranger.email).first<string>("template")).toBe("password_removed");
  });

  it("is not had by whose address only looks like it: a provider vouches for what it was shown", async () => {
    const email = `sam${newEmail()}`;
    await signUp({ email });
    expectPage(await visit("google", somebody(email.replace("s", "ſ"))), 403, /does not vouch/);
    expectPage(await visit("github", somebody(email.replace("m", "ｍ"))), 403, /does not vouch/);
    expect(await userOf(email)).toMatchObject({ identities: null, provenAtMs: null });
  });

  it("and proved: it is linked, and the password and the sessions stay", async () => {
    const amina = await signUp();
    await env.DB.prepare("UPDATE users SET email_proven_at_ms = 1 WHERE email = ?").bind(amina.email).run();
    const person = somebody(amina.email);
    expectSignedIn(await visit("github", person));
    expectSignedIn(await visit("google", { ...person, id: "1" }));
    expect((await userOf(amina.email))?.identities?.split(",").sort()).toEqual([`github:${person.id}`, "google:1"]);
    expect((await amina.get("/api/auth/me")).status).toBe(200);
    expect((await newClient().post("/api/auth/login", { email: amina.email, password })).status).toBe(200);
  });

  it("one number at two providers is two people", async () => {
    const [one, other] = [somebody(), somebody()];
    expectSignedIn(await visit("google", one));
    expectSignedIn(await visit("github", { ...other, id: one.id }));
    const [first, second] = await Promise.all([userOf(emailOf(one)), userOf(emailOf(other))]);
    expect(first?.id).not.toBe(second?.id);
  });
});

describe("where a browser is sent", () => {
  it("to the provider, with all that binds the answer to it, and a cookie for ten minutes", async () => {
    const reply = await newClient().get("/api/auth/oauth/google/start");
    const url = new URL(reply.headers.get("Location") ?? "");
    expect(`${url.origin}${url.pathname}`).toBe("http://google.test/o/oauth2/v2/auth");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "google-client",
      response_type: "code",
      redirect_uri: `${origin}/api/auth/oauth/google/callback`,
      scope: "openid email profile",
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
      nonce: expect.stringMatching(/^[0-9a-f]{64}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
      prompt: "select_account",
    });
    const line = cookieLine(reply, "shujaa_attempt");
    for (const part of ["HttpOnly", "SameSite=Lax", "Path=/;", "Max-Age=600"]) expect(line).toContain(part);
    expect(line).not.toMatch(/Secure|Domain/);
  });

  it("in production the cookies travel over https alone", async () => {
    const { send } = holdQueue({
      ENVIRONMENT: "production",
      STRIPE_API_BASE: "",
      MPESA_API_BASE: "",
      GOOGLE_BASE: "",
      GITHUB_BASE: "",
    });
    const reply = await newClient({ send }).get("/api/auth/oauth/google/start");
    expect(reply.headers.get("Location")).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
    expect(cookieLine(reply, "__Host-shujaa_attempt")).toMatch(/; Secure/);
    const github = await newClient({ send }).get("/api/auth/oauth/github/start");
    expect(github.headers.get("Location")).toMatch(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
  });

  it("back to a path of ours and to nowhere else", async () => {
    const browser = await begin("google", { returnTo: "https://evil.example/" });
    expect(expectSignedIn(await comeBack(browser, await consent(browser))).location).toBe("/");
  });

  it("from a page that begins again where they were", async () => {
    const browser = await begin("google", { returnTo: "/videos" });
    const reply = await comeBack(browser, await consent(browser, "nobody"));
    expect(reply.text).toContain('href="start?return_to=%2Fvideos"');
  });
});

describe("the providers", () => {
  it("are listed, with where a browser begins", async () => {
    const { data } = read(await newClient().get("/api/auth/oauth/providers"), 200, signInProvidersAnswer);
    expect(data).toEqual(
      providers.map((provider) => ({ provider, start_url: `${origin}/api/auth/oauth/${provider}/start` })),
    );
  });

  it("without keys are not listed, and say so; others are not there", async () => {
    const { send } = holdQueue({ GOOGLE_CLIENT_ID: "", GOOGLE_CLIENT_SECRET: "" });
    const client = newClient({ send });
    const { data } = read(await client.get("/api/auth/oauth/providers"), 200, signInProvidersAnswer);
    expect(data.map(({ provider }) => provider)).toEqual(["github"]);
    readProblem(await client.get("/api/auth/oauth/google/start"), "provider_not_configured");
    readProblem(await client.get("/api/auth/oauth/google/callback?code=1&state=2"), "provider_not_configured");
    readProblem(await client.get("/api/auth/oauth/facebook/start"), "not_found");
    readProblem(await client.get("/api/auth/oauth/facebook/callback"), "not_found");
  });
});

describe("the identities of a user", () => {
  const list = async (tenant: Tenant) =>
    read(await tenant.get("/api/auth/identities"), 200, identitiesAnswer).data.map(({ provider }) => provider);

  it("are listed, and ended one by one: no session that was opened by it goes on", async () => {
    const [amina, juma] = [await signUp(), await signUp()];
    await env.DB.prepare("UPDATE users SET email_proven_at_ms = 1").run();
    const [atGoogle, atGithub] = [somebody(amina.email), somebody(amina.email)];
    const { sessionId } = expectSignedIn(await visit("google", atGoogle));
    const { sessionId: githubSession } = expectSignedIn(await visit("github", atGithub));
    expectSignedIn(await visit("google", somebody(juma.email)));
    expect(await list(amina)).toEqual(["google", "github"]);

    expect((await amina.call("DELETE", "/api/auth/identities/google")).status).toBe(204);
    expect(await list(amina)).toEqual(["github"]);
    expect(await list(juma)).toEqual(["google"]);
    const ended = "SELECT id FROM sessions WHERE user_id = ? AND ended_at_ms IS NOT NULL";
    const { results } = await env.DB.prepare(ended).bind(amina.session.user.id).all();
    expect(results).toEqual([{ id: sessionId }]);
    expect(sessionId).not.toBe(githubSession);
    expect((await amina.get("/api/auth/me")).status).toBe(200);
    expect(await actionsOn(amina.session.user.id)).toContainEqual({
      action: "account.unlink",
      details: JSON.stringify({ provider: "google" }),
    });

    for (const name of ["google", "facebook"])
      readProblem(await amina.call("DELETE", `/api/auth/identities/${name}`), "not_found");
    const rows = await actionsOn(amina.session.user.id);
    expect(rows.filter(({ action }) => action === "account.unlink")).toHaveLength(1);
  });
});
