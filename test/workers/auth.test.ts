import { env } from "cloudflare:workers";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import {
  newClient,
  newEmail,
  password,
  read,
  readPointers,
  readProblem,
  signUp,
  type Tenant,
} from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readMoney, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

const signUpWith = (body: Record<string, unknown>) => newClient().post("/api/auth/signup", body);

describe("a session", () => {
  it("begins with sign-up, names its user, and ends at once with log-out", async () => {
    const amina = await signUp();
    const { user, tenant, credits } = read(await amina.get("/api/auth/me"), 200, meAnswer);
    expect(user).toMatchObject({ email: amina.email, role: "owner" });
    expect(tenant).toMatchObject({ plan: "free", role: "owner" });
    expect(credits).toEqual({ balance: 10 });

    expect((await amina.post("/api/auth/logout")).status).toBe(204);
    const replies = await Promise.all([
      amina.get("/api/auth/me"),
      amina.get("/api/credits/balance"),
      amina.post("/api/videos", { prompt: "A day in Nairobi" }),
      amina.get("/api/videos"),
      amina.post("/api/auth/logout"),
      amina.get("/user/info"),
      amina.post("/generate-video", { prompt: "A day in Nairobi" }),
    ]);
    for (const reply of replies) {
      readProblem(reply, "unauthenticated");
      expect(reply.headers.get("WWW-Authenticate")).toContain('error="invalid_token"');
    }
  });

  it("is ended alone: the user's other session goes on", async () => {
    const amina = await signUp();
    const other = read(await amina.post("/api/auth/login", { email: amina.email, password }), 200, sessionAnswer);
    await amina.post("/api/auth/logout");
    expect((await amina.withToken(other.access_token).get("/api/auth/me")).status).toBe(200);
  });

  it("is refused to a wrong password and to an unknown address with the same words", async () => {
    const amina = await signUp();
    const bodies = [
      { email: amina.email, password: `${password}!` },
      { email: newEmail(), password },
      { email: "no address", password },
    ];
    const replies = await Promise.all(bodies.map((body) => newClient().post("/api/auth/login", body)));
    const details = replies.map((reply) => readProblem(reply, "invalid_credentials").detail);
    expect(new Set(details).size).toBe(1);
  });

  it("opens with any spelling of the address", async () => {
    const email = newEmail();
    await signUp({ email });
    const spelling = ` ${email.toUpperCase().replace("@", "＠")} `;
    const session = read(await newClient().post("/api/auth/login", { email: spelling, password }), 200, sessionAnswer);
    expect(session.user.email).toBe(email);
  });
});

describe("an address", () => {
  it.each([
    ["as it is", (email: string) => email],
    ["in capitals", (email: string) => email.toUpperCase()],
    ["with blanks", (email: string) => `  ${email} `],
    ["with a full-width @", (email: string) => email.replace("@", "＠")],
    ["in full-width letters", (email: string) => email.replace("user", "ｕｓｅｒ")],
  ])("is taken %s", async (_name, spell) => {
    const { email } = await signUp();
    readProblem(await signUpWith({ email: spell(email), password }), "email_taken");
  });

  it.each(["", "juma", "juma@", "@example.com", "juma@example.com\u0000", "a b@example.com"])(
    "that is none is refused: %j",
    async (email) => {
      expect(readPointers(await signUpWith({ email, password }))).toEqual(["/email"]);
    },
  );

  it.each([["0712 345 678"], ["+254712345678"], ["254712345678"], ["+254 (0)712-345-678"], ["０７１２３４５６７８"]])(
    "has one phone, in any spelling: %s",
    async (phone) => {
      await signUpWith({ email: newEmail(), password, phone: "0712345678" });
      readProblem(await signUpWith({ email: newEmail(), password, phone }), "phone_taken");
    },
  );

  it("keeps the phone as E.164, and refuses what is none", async () => {
    const session = read(await signUpWith({ email: newEmail(), password, phone: "0722 000 111" }), 201, sessionAnswer);
    expect(session.user.phone).toBe("+254722000111");
    expect(readPointers(await signUpWith({ email: newEmail(), password, phone: "12" }))).toEqual(["/phone"]);
  });

  it("goes to one of those who ask for it at once", async () => {
    const email = newEmail();
    const replies = await Promise.all(Array.from({ length: 4 }, () => signUpWith({ email, password })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });
});

describe("a password", () => {
  it.each([
    ["7 characters", "kx9 vq!", false],
    ["8 characters", "kx9 vq!z", true],
    ["128 characters", "kx9 vq!z".repeat(16), true],
    ["129 characters", `${"kx9 vq!z".repeat(16)}k`, false],
    ["7 emoji", "🦁".repeat(7), false],
    ["8 emoji", "🦁🐘🦒🦓🐆🦏🐊🦩", true],
    ["128 emoji", "🦁".repeat(128), true],
    ["129 emoji", "🦁".repeat(129), false],
    ["a common one", "password1", false],
    ["a common one in capitals", "PASSWORD1", false],
    ["a common one in full-width letters", "ｐａｓｓｗｏｒｄ１", false],
  ])("of %s: accepted %j %s", async (_name, chosen, isAccepted) => {
    const email = newEmail();
    const reply = await signUpWith({ email, password: chosen });
    if (!isAccepted) return expect(readPointers(reply)).toEqual(["/password"]);
    read(reply, 201, sessionAnswer);
    expect((await newClient().post("/api/auth/login", { email, password: chosen })).status).toBe(200);
    const shorter = [...chosen].slice(0, -1).join("");
    readProblem(await newClient().post("/api/auth/login", { email, password: shorter }), "invalid_credentials");
  });

  it("typed on another keyboard is the same one", async () => {
    const email = newEmail();
    await signUpWith({ email, password: "caf\u00e9 ya asubuhi" });
    const reply = await newClient().post("/api/auth/login", { email, password: "cafe\u0301 ya asubuhi" });
    expect(reply.status).toBe(200);
  });

  it("is stored as scrypt with its cost, and never twice the same", async () => {
    const hashes = [];
    for (const one of [await signUp(), await signUp()]) {
      const query = env.DB.prepare("SELECT hash FROM passwords JOIN users ON users.id = user_id WHERE email = ?").bind(
        one.email,
      );
      hashes.push(await query.first<string>("hash"));
    }
    for (const hash of hashes) expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });
});

describe("the free credits", () => {
  it("come once, also when five log in at once", async () => {
    const amina = await signUp();
    await unwelcome(amina);
    const visitor = newClient();
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => visitor.post("/api/auth/login", { email: amina.email, password })),
    );
    for (const reply of replies) expect(read(reply, 200, sessionAnswer).credits.balance).toBe(10);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10] });
  });

  it("come from the cron when the sign-up was cut off before the ledger answered", async () => {
    const queue = holdQueue();
    const stillborn = "ten_00000000000000000000000001";
    const insert = (statement: string, ...values: unknown[]) => env.DB.prepare(statement).bind(stillborn, ...values);
    await env.DB.batch([
      insert("INSERT INTO users (id, email, created_at_ms) VALUES (?, 'cut.off@example.com', ?)", Date.now()),
      insert("INSERT INTO tenants (id, name, created_at_ms) VALUES (?, 'Cut off', ?)", Date.now()),
      insert("INSERT INTO memberships (tenant_id, user_id, role, created_at_ms) VALUES (?1, ?1, 'owner', 0)"),
    ]);
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(stillborn));
    await queue.runCron();
    expect((await ledger.readBalance()).balance).toBe(0);

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    await queue.runCron();
    await queue.runCron();
    expect((await ledger.readBalance()).balance).toBe(10);
    const row = env.DB.prepare("SELECT welcomed_at_ms AS at FROM tenants WHERE id = ?").bind(stillborn);
    expect(await row.first("at")).not.toBeNull();
  });

  async function unwelcome(tenant: Tenant): Promise<void> {
    const id = await tenantIdOf(tenant);
    await env.DB.prepare("UPDATE tenants SET welcomed_at_ms = NULL WHERE id = ?").bind(id).run();
  }
});

describe("a token", () => {
  const secret = new TextEncoder().encode("a secret of the tests, longer than 32 characters");
  const nowSeconds = Math.floor(Date.now() / 1000);

  function claimsOf(token: string): Record<string, string> {
    return JSON.parse(atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
  }

  /** The token of a live session, signed again, as somebody with `key` would. */
  function forge(
    token: string,
    key: Uint8Array,
    change: { audience?: string; issuer?: string; typ?: string; alg?: string },
  ) {
    const { sub = "", sid } = claimsOf(token);
    return new SignJWT({ sid })
      .setProtectedHeader({ alg: change.alg ?? "HS256", typ: change.typ ?? "at+jwt" })
      .setSubject(sub)
      .setIssuer(change.issuer ?? "shujaa-studio")
      .setAudience(change.audience ?? "shujaa-studio-api")
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + 3600)
      .sign(key);
  }

  /** The key that links are signed with: it must open nothing else. */
  async function linkKey(): Promise<Uint8Array> {
    const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    const info = new TextEncoder().encode("signed links");
    const bits = await crypto.subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
      base,
      256,
    );
    return new Uint8Array(bits);
  }

  it("signed as ours would be is accepted: the forgeries below differ from it in one thing", async () => {
    const amina = await signUp();
    const forged = amina.withToken(await forge(amina.token, secret, {}));
    expect((await forged.get("/api/auth/me")).status).toBe(200);
  });

  it("that is not ours, is altered or names no algorithm is refused", async () => {
    const amina = await signUp();
    const { token } = amina;
    const [header, payload, signature = ""] = token.split(".");
    const unsecured = new UnsecuredJWT({ sid: claimsOf(token).sid })
      .setSubject(claimsOf(token).sub ?? "")
      .setIssuer("shujaa-studio")
      .setAudience("shujaa-studio-api")
      .setExpirationTime(nowSeconds + 3600)
      .encode();
    const other = claimsOf((await signUp()).token);
    const swapped = btoa(JSON.stringify({ ...claimsOf(token), sub: other.sub })).replaceAll("=", "");
    const bad = {
      "another key": await forge(token, new TextEncoder().encode("another secret, longer than 32 characters, too"), {}),
      "the links' key": await forge(token, await linkKey(), {}),
      "another audience": await forge(token, secret, { audience: "somebody-else" }),
      "another issuer": await forge(token, secret, { issuer: "somebody-else" }),
      "another kind of token": await forge(token, secret, { typ: "JWT" }),
      "another algorithm": await forge(token, secret, { alg: "HS512" }),
      "no algorithm": unsecured,
      "an altered signature": `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
      "no signature": `${header}.${payload}.`,
      "an altered payload": `${header}.${swapped}.${signature}`,
      "no token": "none",
    };
    for (const [name, forged] of Object.entries(bad)) {
      const reply = await amina.withToken(forged).get("/api/auth/me");
      expect(reply.status, name).toBe(401);
      readProblem(reply, "unauthenticated");
      expect(reply.headers.get("WWW-Authenticate"), name).toBe('Bearer realm="shujaa", error="invalid_token"');
    }
    readProblem(await newClient().get("/api/auth/me", { Authorization: "Basic YTpi" }), "unauthenticated");
    expect((await newClient().get("/api/auth/me")).headers.get("WWW-Authenticate")).toBe('Bearer realm="shujaa"');
  });

  it("lasts as long as it says, and not a second longer", async () => {
    const amina = await signUp();
    expect(amina.session.expires_in).toBe(86_400);
    const endsAtMs = Number(claimsOf(amina.token).exp) * 1000;
    vi.useFakeTimers({ toFake: ["Date"], now: endsAtMs - 1_000 });
    expect((await amina.get("/api/auth/me")).status).toBe(200);
    vi.setSystemTime(endsAtMs + 1_000);
    readProblem(await amina.get("/api/auth/me"), "unauthenticated");
  });
});

describe("too many requests", () => {
  it("from one address without credentials are refused, and another address is not", async () => {
    const visitor = newClient();
    const replies = await Promise.all(Array.from({ length: 61 }, () => visitor.get("/api/credits/packages")));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    for (const reply of refused) readProblem(reply, "rate_limited");
    expect(replies[0]?.headers.get("RateLimit-Policy")).toBe('"address";q=60;w=60');
    expect((await newClient().get("/api/credits/packages")).status).toBe(200);
  });
});
