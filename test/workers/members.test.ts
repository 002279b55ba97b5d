import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import { adminUserAnswer, adminUsersAnswer, sessionsEndedAnswer } from "../../src/contract/admin.ts";
import { keyMade } from "../../src/contract/keys.ts";
import {
  invitationMade,
  invitationsAnswer,
  memberAnswer,
  membersAnswer,
  ownTenantEnvelope,
  ownTenantsAnswer,
} from "../../src/contract/members.ts";
import { videoAccepted, videosAnswer } from "../../src/contract/videos.ts";
import { createKey } from "../../src/core/accounts/keys/create-key.ts";
import { rotateDefaultKey } from "../../src/core/accounts/keys/rotate-key.ts";
import { signInByLink } from "../../src/core/accounts/links/redeem-sign-in.ts";
import { resetPassword } from "../../src/core/accounts/links/reset-password.ts";
import { acceptInvitation } from "../../src/core/accounts/members/accept-invitation.ts";
import { changeRole as changeMemberRole } from "../../src/core/accounts/members/change-role.ts";
import { removeMember } from "../../src/core/accounts/members/end-membership.ts";
import { inviteMember } from "../../src/core/accounts/members/invite-member.ts";
import type { Context, UserContext } from "../../src/core/context.ts";
import type { Deps } from "../../src/core/deps.ts";
import {
  type Client,
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
import { at } from "../support/later.ts";
import { resetToken, signInLink } from "../support/links.ts";
import { newContext, signUpOperator } from "../support/payment-rows.ts";
import { bodyOf, readMoney, submit, tenantIdOf } from "../support/videos.ts";

const dayMs = 86_400_000;
type Role = "owner" | "creator";

afterEach(() => vi.useRealTimers());

const userIdOf = (tenant: Tenant) => tenant.session.user.id;
const invite = (owner: Client, email: string, role: Role = "creator", headers: Record<string, string> = {}) =>
  owner.post("/api/account/invitations", { email, role }, headers);

async function invitedTo(owner: Client, email: string, role: Role = "creator") {
  const { invitation_link: link, ...invitation } = read(await invite(owner, email, role), 201, invitationMade);
  return { ...invitation, link: link ?? "", token: new URL(link ?? "").searchParams.get("token") ?? "" };
}

const accept = (client: Client, token: string) => client.post("/api/account/invitations/accept", { token });
const switchTo = (client: Client, tenantId: string) => client.post("/api/auth/tenant", { tenant_id: tenantId });
const membersOf = async (client: Client) =>
  read(await client.get("/api/account/members?limit=100"), 200, membersAnswer).data;
const meOf = async (client: Client) => read(await client.get("/api/auth/me"), 200, meAnswer);
const changeRole = (client: Client, userId: string, role: Role) =>
  client.call("PATCH", `/api/account/members/${userId}`, { json: { role } });
const remove = (client: Client, userId: string) => client.call("DELETE", `/api/account/members/${userId}`);

/** A new user who has joined the owner's tenant, at work in it. */
async function join(owner: Tenant, role: Role = "creator"): Promise<Tenant> {
  const juma = await signUp({ send: holdQueue().send });
  const { token } = await invitedTo(owner, juma.email, role);
  const { tenant } = read(await accept(juma, token), 200, ownTenantEnvelope);
  read(await switchTo(juma, tenant.id), 200, meAnswer);
  return juma;
}

const signUpHeld = () => signUp({ send: holdQueue().send });

async function count(query: string, ...values: (string | number)[]): Promise<number> {
  const counted = env.DB.prepare(`SELECT count(*) AS rows FROM ${query}`).bind(...values);
  return (await counted.first<number>("rows")) ?? 0;
}

const auditRows = (tenantId: string, action: string) =>
  count("audit_log WHERE tenant_id = ? AND action = ?", tenantId, action);

/** Another session of the same user. */
async function signInAgain(tenant: Tenant): Promise<Client> {
  const body = { email: tenant.email, password };
  const session = read(await newClient().post("/api/auth/login", body), 200, sessionAnswer);
  return newClient({ token: session.access_token });
}

describe("an invitation", () => {
  it("is mailed, accepted once by whom it was mailed to, and makes them a member", async () => {
    const amina = await signUpHeld();
    const tenantId = await tenantIdOf(amina);
    const juma = await signUp();
    const before = Date.now();
    const made = await invitedTo(amina, ` ${juma.email.toUpperCase()} `);
    expect(made).toMatchObject({ id: expect.stringMatching(/^inv_/), email: juma.email, role: "creator" });
    const lasts = Date.parse(made.expires_at) - Date.parse(made.created_at);
    expect(lasts).toBe(7 * dayMs);
    expect(Date.parse(made.created_at)).toBeGreaterThanOrEqual(before);
    expect(made.token).toMatch(/^[\w-]{43}$/);

    const { tenant } = read(await accept(juma, made.token), 200, ownTenantEnvelope);
    expect(tenant).toMatchObject({ id: tenantId, name: amina.email, role: "creator", is_current: false });
    expect(await membersOf(amina)).toMatchObject([
      { user_id: userIdOf(juma), email: juma.email, role: "creator", is_you: false },
      { user_id: userIdOf(amina), email: amina.email, role: "owner", is_you: true },
    ]);
    readProblem(await accept(juma, made.token), "invalid_link");
    expect(await auditRows(tenantId, "member.join")).toBe(1);
    // Their session has not moved.
    expect((await meOf(juma)).tenant.role).toBe("owner");
  });

  it("is a letter in the inviter's language, which alone has the token; what is kept is its digest", async () => {
    const amina = await signUpHeld();
    const tenantId = await tenantIdOf(amina);
    const email = newEmail();
    const reply = await invite(amina, email, "creator", { "Accept-Language": "sw-KE,en;q=0.5" });
    const made = read(reply, 201, invitationMade);
    const letter = await env.DB.prepare("SELECT * FROM mails WHERE template = 'invitation' AND recipient = ?")
      .bind(email)
      .first<{ language: string; values: string }>();
    expect(letter?.language).toBe("sw");
    expect(JSON.parse(letter?.values ?? "")).toEqual({
      link: made.invitation_link,
      tenant: amina.email,
      inviter: amina.email,
    });
    const token = new URL(made.invitation_link ?? "").searchParams.get("token") ?? "";
    const row = await env.DB.prepare("SELECT * FROM invitations WHERE id = ?").bind(made.id).first();
    expect(row?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(token);
    const log = await env.DB.prepare("SELECT * FROM audit_log WHERE tenant_id = ?").bind(tenantId).all();
    expect(JSON.stringify(log.results)).not.toContain(email);
    expect(JSON.stringify(log.results)).not.toContain(token);
  });

  it("carries no link in production", async () => {
    const context = await contextOf(await signUpHeld());
    const deps = { ...context.deps, isProduction: true };
    const input = { email: newEmail(), role: "creator", language: "en", origin: "https://studio.test" } as const;
    expect(await inviteMember({ ...context, deps }, input)).not.toHaveProperty("invitation_link");
  });

  it("of a member is refused, and tells of nobody else whether they have an account", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    readProblem(await invite(amina, juma.email), "already_member");
    readProblem(await invite(amina, amina.email.toUpperCase()), "already_member");
    const known = read(await invite(amina, (await signUp()).email), 201, invitationMade);
    const unknown = read(await invite(amina, newEmail()), 201, invitationMade);
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(readPointers(await invite(amina, "no address"))).toEqual(["/email"]);
    expect(readPointers(await invite(amina, newEmail(), "admin" as Role))).toEqual(["/role"]);
  });

  it("of the same address takes the place of the one before, in this tenant alone", async () => {
    const [amina, zawadi, juma] = await Promise.all([signUpHeld(), signUpHeld(), signUp()]);
    const first = await invitedTo(amina, juma.email);
    const elsewhere = await invitedTo(zawadi, juma.email);
    const second = await invitedTo(amina, juma.email, "owner");
    const open = read(await amina.get("/api/account/invitations"), 200, invitationsAnswer).data;
    expect(open).toEqual([expect.objectContaining({ id: second.id, role: "owner", email: juma.email })]);
    readProblem(await accept(juma, first.token), "invalid_link");
    expect(read(await accept(juma, second.token), 200, ownTenantEnvelope).tenant.role).toBe("owner");
    read(await accept(juma, elsewhere.token), 200, ownTenantEnvelope);
    expect(read(await amina.get("/api/account/invitations"), 200, invitationsAnswer).data).toEqual([]);
  });

  it("is one of at most fifty that are open; the one too many sends nothing and voids nothing", async () => {
    const amina = await signUpHeld();
    const tenantId = await tenantIdOf(amina);
    const filler = (index: number) =>
      env.DB.prepare(
        "INSERT INTO invitations (id, tenant_id, email, role, token_hash, invited_by, created_at_ms, expires_at_ms) VALUES (?, ?, ?, 'creator', ?, ?, ?, ?)",
      ).bind(
        `inv_${tenantId.slice(4, 28)}${String(index).padStart(2, "0")}`,
        tenantId,
        `a${index}@example.com`,
        `${tenantId}${index}`,
        userIdOf(amina),
        1,
        4e12,
      );
    await env.DB.batch(Array.from({ length: 48 }, (_, index) => filler(index)));
    const nobody = newEmail();
    const both = await Promise.all(
      [newEmail(), newEmail(), newEmail(), newEmail()].map((email) => invite(amina, email)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 201, 402, 402]);
    const refusal = readProblem(await invite(amina, nobody), "quota_exceeded");
    expect(refusal).toMatchObject({ metric: "open_invitations", used: 50, limit: 50, resets_at: null });
    expect(await count("mails WHERE recipient = ?", nobody)).toBe(0);
    expect(await auditRows(tenantId, "member.invite")).toBe(2);
    // One again to an address that has one is not one more.
    read(await invite(amina, "a7@example.com"), 201, invitationMade);
    expect(read(await amina.get("/api/account/invitations"), 200, invitationsAnswer).data).toHaveLength(50);
  });

  it("can be taken back while it is open, by its own tenant", async () => {
    const [amina, zawadi, juma] = await Promise.all([signUpHeld(), signUpHeld(), signUp()]);
    const { id, token } = await invitedTo(amina, juma.email);
    readProblem(await zawadi.call("DELETE", `/api/account/invitations/${id}`), "not_found");
    expect((await amina.call("DELETE", `/api/account/invitations/${id}`)).status).toBe(204);
    readProblem(await amina.call("DELETE", `/api/account/invitations/${id}`), "not_found");
    readProblem(await accept(juma, token), "invalid_link");
    expect(await auditRows(await tenantIdOf(amina), "member.revoke_invitation")).toBe(1);
  });

  it("is nobody else's: refused without naming an address, and still good for whom it was meant", async () => {
    const [amina, juma, otieno] = await Promise.all([signUpHeld(), signUp(), signUp()]);
    const { token } = await invitedTo(amina, juma.email);
    const refusal = await accept(otieno, token);
    readProblem(refusal, "forbidden");
    expect(refusal.text).not.toContain("@");
    readProblem(await accept(juma.withToken(null), token), "unauthenticated");
    expect(await membersOf(amina)).toHaveLength(1);
    read(await accept(juma, token), 200, ownTenantEnvelope);
  });

  it("ends after seven days, to the millisecond", async () => {
    const [amina, juma] = await Promise.all([signUpHeld(), signUp()]);
    const { token, expires_at: expiresAt } = await invitedTo(amina, juma.email);
    const expiresAtMs = Date.parse(expiresAt);
    const late = await at(juma, expiresAtMs);
    readProblem(await accept(late, token), "invalid_link");
    vi.useFakeTimers({ toFake: ["Date"], now: expiresAtMs - 1 });
    read(await accept(await at(juma, expiresAtMs - 1), token), 200, ownTenantEnvelope);
  });

  it("is forgotten after four weeks, and no earlier", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const made = Date.UTC(2031, 4, 1);
    const { id } = await invitedTo(await at(amina, made), newEmail());
    for (const [afterMs, rows] of [
      [28 * dayMs, 1],
      [28 * dayMs + 1000, 0],
    ] as const) {
      vi.useFakeTimers({ toFake: ["Date"], now: made + afterMs });
      await queue.runCron();
      expect(await count("invitations WHERE id = ?", id)).toBe(rows);
    }
  });

  it.each<[string, (amina: Tenant, zawadi: Tenant, token: string) => Promise<unknown>]>([
    ["is no owner any more", (amina, zawadi) => changeRole(amina, userIdOf(zawadi), "creator")],
    ["is no member any more", (amina, zawadi) => remove(amina, userIdOf(zawadi))],
    [
      "is shut out",
      (_, zawadi) => env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE id = ?").bind(userIdOf(zawadi)).run(),
    ],
    [
      "has a tenant that is being deleted",
      async (amina) =>
        env.DB.prepare("UPDATE tenants SET closed_at_ms = 1 WHERE id = ?")
          .bind(await tenantIdOf(amina))
          .run(),
    ],
  ])("is worth nothing when who sent it %s", async (_name, spoil) => {
    const amina = await signUpHeld();
    const zawadi = await join(amina, "owner");
    const juma = await signUp();
    const { token } = await invitedTo(zawadi, juma.email);
    await spoil(amina, zawadi, token);
    readProblem(await accept(juma, token), "invalid_link");
    expect(await count("memberships WHERE user_id = ?", userIdOf(juma))).toBe(1);
    expect((await newClient().get(`/auth/invitation?token=${token}`)).status).toBe(404);
  });

  it("makes one member of twenty who accept it at once, and proves their address once", async () => {
    const [amina, juma] = await Promise.all([signUpHeld(), signUp()]);
    const { token } = await invitedTo(amina, juma.email);
    const replies = await Promise.all(Array.from({ length: 20 }, () => accept(juma, token)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 401)]);
    expect(await count("memberships WHERE user_id = ?", userIdOf(juma))).toBe(2);
    expect(await auditRows(await tenantIdOf(amina), "member.join")).toBe(1);
    expect(await count("audit_log WHERE action = 'account.email_proven' AND target = ?", userIdOf(juma))).toBe(1);
    expect(await count("users WHERE id = ? AND email_proven_at_ms IS NOT NULL", userIdOf(juma))).toBe(1);
    // Proved from within: their password and their session are theirs still.
    expect((await meOf(juma)).user.id).toBe(userIdOf(juma));
    await signInAgain(juma);
  });

  it("has a page that says who invites into what, in two languages, runs nothing and accepts nothing", async () => {
    const [amina, juma] = await Promise.all([signUpHeld(), signUp()]);
    const name = "<b>Duka</b> & Co";
    read(await amina.call("PATCH", "/api/account/tenant", { json: { name } }), 200, meAnswer);
    const { link, token } = await invitedTo(amina, juma.email);
    const visitor = newClient();
    for (let look = 0; look < 3; look += 1) {
      const page = await visitor.get(link);
      expect(page.status).toBe(200);
      expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
      expect(page.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
      expect(page.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(page.text).toContain("&lt;b&gt;Duka&lt;/b&gt; &amp; Co");
      expect(page.text).toContain(`${amina.email} invites you`);
      expect(page.text).not.toMatch(/<script|<b>/);
      expect(page.text).not.toContain(juma.email);
    }
    expect((await visitor.call("HEAD", link)).status).toBe(200);
    expect((await visitor.get(`${link}&lang=sw`)).text).toContain("anakualika");
    expect((await visitor.get(link, { "Accept-Language": "fr, sw;q=0.9" })).text).toContain('<html lang="sw">');
    read(await accept(juma, token), 200, ownTenantEnvelope);
    const gone = await visitor.get(link);
    expect(gone.status).toBe(404);
    expect(gone.text).toContain("cannot be used");
    expect(gone.text).not.toContain("Duka");
    readProblem(await visitor.get("/auth/invitation"), "validation_failed");
  });
});

describe("the list of members", () => {
  it("comes in pages, who joined last first, and is the tenant's alone", async () => {
    const amina = await signUpHeld();
    const joined: Tenant[] = [];
    for (let index = 0; index < 3; index += 1) joined.push(await join(amina));
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page = read(await amina.get(`/api/account/members?limit=2${query}`), 200, membersAnswer);
      seen.push(...page.data.map(({ user_id: id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([...joined.map(userIdOf).reverse(), userIdOf(amina)]);
    expect(await membersOf(await signUp())).toHaveLength(1);
  });
});

describe("a creator", () => {
  it("makes videos that the owner's tenant pays for, and sees its library", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    const { id } = await submit(juma, "plain", 1);
    expect((await readMoney(amina)).balance).toBe(9);
    expect((await readMoney(juma)).balance).toBe(9);
    const own = await submit(amina, "plain", 1);
    const library = read(await juma.get("/api/videos"), 200, videosAnswer).data.map((video) => video.id);
    expect(library.sort()).toEqual([id, own.id].sort());
    expect((await amina.get(`/api/videos/${id}`)).status).toBe(200);
    await switchTo(juma, await ownTenantOf(juma));
    expect((await readMoney(juma)).balance).toBe(10);
    readProblem(await juma.get(`/api/videos/${id}`), "not_found");
  });

  it("does nothing that is the owners' to do", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    const member = `/api/account/members/${userIdOf(amina)}`;
    const forOwners: [string, string, object?][] = [
      ["POST", "/api/account/invitations", { email: newEmail(), role: "creator" }],
      ["GET", "/api/account/invitations"],
      ["DELETE", `/api/account/invitations/inv_${"0".repeat(26)}`],
      ["PATCH", member, { role: "creator" }],
      ["PATCH", `/api/account/members/${userIdOf(juma)}`, { role: "owner" }],
      ["DELETE", member],
      ["PATCH", "/api/account/tenant", { name: "Mine" }],
      ["GET", "/api/account/api-keys"],
      ["POST", "/api/account/api-keys", { name: "Mine", kind: "secret" }],
      ["POST", "/api/account/export", {}],
      ["POST", "/api/billing/portal", {}],
      ["POST", "/api/billing/cancel", {}],
    ];
    for (const [method, path, json] of forOwners) {
      const reply = await juma.call(method, path, json === undefined ? {} : { json });
      expect([path, readProblem(reply, "forbidden").detail]).toEqual([path, expect.stringContaining("owners")]);
    }
    expect(await membersOf(amina)).toHaveLength(2);
    // In their own tenant they are an owner all the same.
    await switchTo(juma, await ownTenantOf(juma));
    read(await invite(juma, newEmail()), 201, invitationMade);
  });
});

describe("roles", () => {
  it("change what a live token may do with its next request", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    readProblem(await invite(juma, newEmail()), "forbidden");
    const changed = read(await changeRole(amina, userIdOf(juma), "owner"), 200, memberAnswer);
    expect(changed).toMatchObject({ user_id: userIdOf(juma), role: "owner", is_you: false });
    read(await invite(juma, newEmail()), 201, invitationMade);
    read(await changeRole(amina, userIdOf(juma), "creator"), 200, memberAnswer);
    readProblem(await invite(juma, newEmail()), "forbidden");
    expect((await meOf(juma)).tenant.role).toBe("creator");
  });

  it("are written down when they change, and only then", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    for (const role of ["owner", "owner", "creator", "creator"] as const)
      expect(read(await changeRole(amina, userIdOf(juma), role), 200, memberAnswer).role).toBe(role);
    const rows = await env.DB.prepare(
      "SELECT actor, target, details FROM audit_log WHERE action = 'member.role' AND target = ? ORDER BY created_at_ms, id",
    )
      .bind(userIdOf(juma))
      .all();
    expect(rows.results.map(({ details }) => details)).toEqual(['{"role":"owner"}', '{"role":"creator"}']);
    expect(rows.results[0]?.actor).toBe(userIdOf(amina));
  });

  it("are of the tenant's members alone", async () => {
    const [amina, zawadi] = await Promise.all([signUpHeld(), signUpHeld()]);
    readProblem(await changeRole(amina, userIdOf(zawadi), "creator"), "not_found");
    readProblem(await remove(amina, userIdOf(zawadi)), "not_found");
    readProblem(await changeRole(amina, `usr_${"0".repeat(26)}`, "owner"), "not_found");
    expect((await meOf(zawadi)).tenant.role).toBe("owner");
  });

  it("are changed by whoever has signed in lately", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    await env.DB.prepare("UPDATE sessions SET authenticated_at_ms = 1 WHERE user_id = ?").bind(userIdOf(amina)).run();
    readProblem(await changeRole(amina, userIdOf(juma), "owner"), "sign_in_again");
    readProblem(await remove(amina, userIdOf(juma)), "sign_in_again");
    readProblem(await invite(amina, newEmail()), "sign_in_again");
    expect(await membersOf(amina)).toHaveLength(2);
  });
});

describe("a right that goes while its request is on the way", () => {
  it.each<[string, (amina: Tenant, zawadi: Tenant) => Promise<{ status: number }>]>([
    ["an owner who is made a creator", (amina, zawadi) => changeRole(amina, userIdOf(zawadi), "creator")],
    ["an owner who is removed", (amina, zawadi) => remove(amina, userIdOf(zawadi))],
  ])("changes nobody any more: %s", async (_name, end) => {
    const amina = await signUpHeld();
    const [zawadi, juma] = [await join(amina, "owner"), await join(amina, "owner")];
    const context = await contextOf(zawadi);
    expect((await end(amina, zawadi)).status).toBeLessThan(300);
    await expect(changeMemberRole(context, { userId: userIdOf(juma), role: "creator" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(removeMember(context, userIdOf(juma))).rejects.toMatchObject({ code: "forbidden" });
    expect((await meOf(juma)).tenant).toMatchObject({ id: await tenantIdOf(amina), role: "owner" });
  });

  it.each([
    ["is taken back", "UPDATE invitations SET revoked_at_ms = 1 WHERE tenant_id = ?"],
    ["is accepted", "UPDATE invitations SET accepted_at_ms = 1 WHERE tenant_id = ?"],
    ["is over", "UPDATE invitations SET expires_at_ms = 1 WHERE tenant_id = ?"],
    ["loses its sender's right", "UPDATE memberships SET role = 'creator' WHERE tenant_id = ?"],
    ["leads into what is being deleted", "UPDATE tenants SET closed_at_ms = 1 WHERE id = ?"],
  ])("lets nobody join by an invitation that just then %s", async (_name, change) => {
    const [amina, juma] = await Promise.all([signUpHeld(), signUp()]);
    const tenantId = await tenantIdOf(amina);
    const { token } = await invitedTo(amina, juma.email);
    const context = await contextOf(juma);
    const db = beforeBatch(context.deps.db, () => env.DB.prepare(change).bind(tenantId).run());
    const joining = acceptInvitation({ ...context, deps: { ...context.deps, db } }, { token });
    await expect(joining).rejects.toMatchObject({ code: "invalid_link" });
    expect(await count("memberships WHERE user_id = ?", userIdOf(juma))).toBe(1);
    expect(await auditRows(tenantId, "member.join")).toBe(0);
    expect(await count("users WHERE id = ? AND email_proven_at_ms IS NOT NULL", userIdOf(juma))).toBe(0);
  });
});

describe("the first proof of an address", () => {
  it.each([
    ["a sign-in by link", signInByLinkOf],
    ["a reset", resetOf],
  ])("by %s takes nobody out of a tenant that its user has joined just then", async (_name, prove) => {
    const [amina, mallory] = [await signUpHeld(), await signUp()];
    const { token } = await invitedTo(amina, mallory.email);
    const base = newContext();
    const db = beforeBatch(base.deps.db, async () => expect((await accept(mallory, token)).status).toBe(200));
    await prove({ ...base, deps: { ...base.deps, db } }, mallory.email);
    const emails = (await membersOf(amina)).map(({ email }) => email).sort();
    expect(emails).toEqual([amina.email, mallory.email].sort());
    expect(await count("audit_log WHERE action = 'account.email_proven' AND target = ?", userIdOf(mallory))).toBe(1);
  });

  it("tells who signs in by link that the password is gone of whom was faster to sign up with their address", async () => {
    const email = newEmail();
    const base = newContext();
    let signedUp: Promise<unknown> | undefined;
    const db = beforeBatch(base.deps.db, async () => {
      signedUp ??= signUp({ email });
      await signedUp;
    });
    const { token } = await signInLink(email);
    const given = { token, browser: null, isConfirmed: true, language: "en", userAgent: null } as const;
    const signedIn = await signInByLink({ ...base, deps: { ...base.deps, db } }, given);
    expect(signedIn).toMatchObject({ outcome: "opened", isPasswordRemoved: true });
    expect(await count("mails WHERE recipient = ? AND template = 'password_removed'", email)).toBe(1);
    readProblem(await newClient().post("/api/auth/login", { email, password }), "invalid_credentials");
  });

  it.each([
    ["a key", (context: UserContext) => createKey(context, { name: "back door", kind: "secret" })],
    ["a default key", (context: UserContext) => rotateDefaultKey(context, { grace_hours: 0 })],
    [
      "an invitation",
      (context: UserContext) =>
        inviteMember(context, { email: newEmail(), role: "owner", language: "en", origin: "https://studio.test" }),
    ],
  ])("leaves no back door: not %s that a stranger was just making", async (_name, make) => {
    const stranger = await signUpHeld();
    const context = await contextOf(stranger);
    const db = beforeBatch(context.deps.db, () => signInByLinkOf(newContext(), stranger.email));
    const making = make({ ...context, deps: { ...context.deps, db } });
    await expect(making).rejects.toMatchObject({ code: "unauthenticated" });
    const tenantId = await ownTenantOf(stranger);
    expect(await count("api_keys WHERE tenant_id = ?", tenantId)).toBe(0);
    expect(await count("invitations WHERE tenant_id = ?", tenantId)).toBe(0);
  });
});

describe("the last owner", () => {
  /** Owners of a tenant whose founder has deleted their account: it stays for the others. */
  async function heirs(count: number): Promise<{ people: Tenant[]; tenantId: string }> {
    const amina = await signUpHeld();
    const people: Tenant[] = [];
    for (let index = 0; index < count; index += 1) people.push(await join(amina, "owner"));
    await env.DB.prepare("DELETE FROM memberships WHERE user_id = ?").bind(userIdOf(amina)).run();
    return { people, tenantId: (await meOf(people[0] ?? amina)).tenant.id };
  }
  const ownersIn = (tenantId: string) => count("memberships WHERE tenant_id = ? AND role = 'owner'", tenantId);

  it("can neither leave, nor be made a creator, nor be removed", async () => {
    const amina = await signUpHeld();
    await join(amina);
    const { people, tenantId } = await heirs(2);
    const [juma = amina, zawadi = amina] = people;
    read(await changeRole(juma, userIdOf(zawadi), "creator"), 200, memberAnswer);
    for (const [owner, words] of [
      [amina, /made with/],
      [juma, /only owner/],
    ] as const) {
      readProblem(await owner.post("/api/account/leave"), "last_owner");
      expect(readProblem(await changeRole(owner, userIdOf(owner), "creator"), "last_owner").detail).toMatch(words);
      expect(readProblem(await remove(owner, userIdOf(owner)), "last_owner").detail).toMatch(words);
      expect((await meOf(owner)).tenant.role).toBe("owner");
    }
    for (const action of ["member.leave", "member.remove"]) expect(await auditRows(tenantId, action)).toBe(0);
    expect(await auditRows(tenantId, "member.role")).toBe(1);
    // A creator keeps nobody's tenant going, and goes.
    expect((await zawadi.post("/api/account/leave")).status).toBe(204);
  });

  it("is the last though another one is shut out", async () => {
    const { people, tenantId } = await heirs(2);
    const [juma, zawadi] = people as [Tenant, Tenant];
    await env.DB.prepare("UPDATE users SET disabled_at_ms = 1 WHERE id = ?").bind(userIdOf(zawadi)).run();
    readProblem(await changeRole(juma, userIdOf(juma), "creator"), "last_owner");
    readProblem(await juma.post("/api/account/leave"), "last_owner");
    expect(await ownersIn(tenantId)).toBe(2);
  });

  it.each<[string, (juma: Tenant, zawadi: Tenant) => [Tenant, Tenant], number[]]>([
    // Whoever comes second is no owner any more: found by the guard of the route, or by the statement itself.
    ["the faster to demote the other", (juma, zawadi) => [zawadi, juma], [200, 403]],
    ["the faster to step down", (juma, zawadi) => [juma, zawadi], [200, 409]],
  ])("is somebody whichever of two owners is %s: twenty times", async (_name, targets, expected) => {
    const { people, tenantId } = await heirs(2);
    const [juma, zawadi] = people as [Tenant, Tenant];
    const [first, second] = targets(juma, zawadi);
    for (let round = 0; round < 20; round += 1) {
      await env.DB.prepare("UPDATE memberships SET role = 'owner' WHERE tenant_id = ?").bind(tenantId).run();
      const replies = await Promise.all([
        changeRole(juma, userIdOf(first), "creator"),
        changeRole(zawadi, userIdOf(second), "creator"),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual(expected);
      expect(await ownersIn(tenantId)).toBe(1);
      expect(await auditRows(tenantId, "member.role")).toBe(round + 1);
    }
  });

  it("is whoever of two who leave at once is the slower", async () => {
    const { people, tenantId } = await heirs(2);
    const replies = await Promise.all(people.map((owner) => owner.post("/api/account/leave")));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await ownersIn(tenantId)).toBe(1);
  });

  it("is somebody whatever four owners do to each other at once", async () => {
    // Mulberry32, so that a failing round can be had again by its number.
    const chance = (seed: number) => () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
    for (let round = 0; round < 4; round += 1) {
      const draw = chance(round);
      const { people, tenantId } = await heirs(4);
      const one = () => people[Math.floor(draw() * people.length)] as Tenant;
      await Promise.all(
        Array.from({ length: 12 }, () => {
          const actor = one();
          // Every second time upon themselves, which is what brings a tenant to its last owner.
          const [target, kind] = [draw() < 0.5 ? actor : one(), draw()];
          if (kind < 0.2) return actor.post("/api/account/leave");
          if (kind < 0.5) return remove(actor, userIdOf(target));
          return changeRole(actor, userIdOf(target), kind < 0.9 ? "creator" : "owner");
        }),
      );
      expect(await ownersIn(tenantId), `round ${round}`).toBeGreaterThanOrEqual(1);
      // Each member whose role or membership went has a row of it, and no row is of what did not happen.
      const gone = 4 - (await count("memberships WHERE tenant_id = ?", tenantId));
      const told = (await auditRows(tenantId, "member.remove")) + (await auditRows(tenantId, "member.leave"));
      expect(told, `round ${round}`).toBe(gone);
    }
  });
});

describe("leaving and being removed", () => {
  it.each<[string, (amina: Tenant, juma: Tenant) => Promise<{ status: number }>, string]>([
    ["who leaves", (_, juma) => juma.post("/api/account/leave"), "member.leave"],
    ["who is removed", (amina, juma) => remove(amina, userIdOf(juma)), "member.remove"],
  ])("ends sessions and keys in that tenant at once, of %s", async (_name, end, action) => {
    const amina = await signUpHeld();
    const juma = await join(amina, "owner");
    const tenantId = await tenantIdOf(amina);
    const elsewhere = await signInAgain(juma);
    const there = await keyOf(juma);
    const own = await keyOf(elsewhere);
    const aminas = await keyOf(amina);
    const { id } = await submit(juma, "plain", 1);
    expect((await end(amina, juma)).status).toBe(204);

    readProblem(await juma.get("/api/auth/me"), "unauthenticated");
    readProblem(await juma.post("/api/videos", bodyOf("plain", 1)), "unauthenticated");
    readProblem(await there.get("/api/videos"), "unauthenticated");
    for (const key of [own, aminas]) expect((await key.get("/api/videos")).status).toBe(200);
    expect((await meOf(elsewhere)).tenant.id).not.toBe(tenantId);
    expect(await membersOf(amina)).toHaveLength(1);
    expect(await auditRows(tenantId, action)).toBe(1);

    // What they made stays the tenant's; they reach nothing of it any more.
    expect((await amina.get(`/api/videos/${id}`)).status).toBe(200);
    readProblem(await elsewhere.get(`/api/videos/${id}`), "not_found");
    readProblem(await switchTo(elsewhere, tenantId), "not_found");
    const tenants = read(await elsewhere.get("/api/auth/tenants"), 200, ownTenantsAnswer).data;
    expect(tenants.map((tenant) => tenant.id)).not.toContain(tenantId);
    const signedIn = await signInAgain(juma);
    expect((await meOf(signedIn)).tenant).toMatchObject({ role: "owner", name: juma.email });
  });

  it("is not possible from the tenant that was made with one's account, which nobody can take, whoever else owns it", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina, "owner");
    readProblem(await amina.post("/api/account/leave"), "last_owner");
    readProblem(await remove(juma, userIdOf(amina)), "last_owner");
    readProblem(await changeRole(juma, userIdOf(amina), "creator"), "last_owner");
    expect(await membersOf(juma)).toHaveLength(2);
    expect((await meOf(await signInAgain(amina))).tenant.role).toBe("owner");
    expect((await juma.post("/api/account/leave")).status).toBe(204);
  });

  it("can be followed by another invitation, and the old keys stay dead", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina, "owner");
    const key = await keyOf(juma);
    await remove(amina, userIdOf(juma));
    const signedIn = await signInAgain(juma);
    const { token } = await invitedTo(amina, juma.email);
    read(await accept(signedIn, token), 200, ownTenantEnvelope);
    readProblem(await key.get("/api/videos"), "unauthenticated");
    readProblem(await juma.get("/api/auth/me"), "unauthenticated");
  });
});

describe("switching", () => {
  it("takes this session and no other to a tenant one is in, and back", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    const [theirs, own] = [await tenantIdOf(amina), await ownTenantOf(juma)];
    const other = await signInAgain(juma);
    expect(read(await juma.get("/api/auth/tenants"), 200, ownTenantsAnswer)).toEqual({
      data: [
        { id: own, name: juma.email, role: "owner", plan: "free", is_current: false },
        { id: theirs, name: amina.email, role: "creator", plan: "free", is_current: true },
      ],
      next_cursor: null,
    });
    expect((await meOf(other)).tenant.id).toBe(own);
    expect(read(await switchTo(juma, own), 200, meAnswer).tenant).toMatchObject({ id: own, role: "owner" });
    expect((await meOf(juma)).tenant.id).toBe(own);
    expect(read(await switchTo(juma, theirs), 200, meAnswer).tenant).toMatchObject({ id: theirs, role: "creator" });
    expect(await auditRows(theirs, "session.switch_tenant")).toBe(2);
  });

  it("is not for keys, which stay in their tenant; nor do they join, leave, invite or rename", async () => {
    const amina = await signUpHeld();
    const key = await keyOf(await join(amina, "owner"));
    const asked: [string, string, object?][] = [
      ["GET", "/api/auth/tenants"],
      ["POST", "/api/auth/tenant", { tenant_id: await tenantIdOf(amina) }],
      ["POST", "/api/account/invitations/accept", { token: "any" }],
      ["POST", "/api/account/invitations", { email: newEmail(), role: "owner" }],
      ["POST", "/api/account/leave"],
      ["PATCH", `/api/account/members/${userIdOf(amina)}`, { role: "creator" }],
      ["DELETE", `/api/account/members/${userIdOf(amina)}`],
      ["PATCH", "/api/account/profile", { name: "Key" }],
      ["PATCH", "/api/account/tenant", { name: "Key" }],
    ];
    for (const [method, path, json] of asked)
      readProblem(await key.call(method, path, json === undefined ? {} : { json }), "forbidden");
    expect(await membersOf(key)).toHaveLength(2);
  });

  it("is not possible into a tenant one is not in, or that is being deleted", async () => {
    const [amina, zawadi] = await Promise.all([signUpHeld(), signUpHeld()]);
    const tenantId = await tenantIdOf(zawadi);
    readProblem(await switchTo(amina, tenantId), "not_found");
    readProblem(await switchTo(amina, `ten_${"0".repeat(26)}`), "not_found");
    expect(readPointers(await switchTo(amina, "mine"))).toEqual(["/tenant_id"]);
    expect(await auditRows(tenantId, "session.switch_tenant")).toBe(0);
    const juma = await join(zawadi);
    await switchTo(juma, await ownTenantOf(juma));
    await env.DB.prepare("UPDATE tenants SET closed_at_ms = 1 WHERE id = ?").bind(tenantId).run();
    readProblem(await switchTo(juma, tenantId), "not_found");
    expect(read(await juma.get("/api/auth/tenants"), 200, ownTenantsAnswer).data).toHaveLength(1);
  });

  it("does not meet in one tenant what the same Idempotency-Key has made in another", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    const make = () => juma.post("/api/videos", bodyOf("plain", 1), { "Idempotency-Key": "the-same" });
    const first = read(await make(), 202, videoAccepted);
    await switchTo(juma, await ownTenantOf(juma));
    const second = await make();
    expect(readProblem(second, "idempotency_key_reused").instance).toBe("/api/videos");
    expect(second.text).not.toContain(first.id);
    // When nobody remembers the answers any more, either.
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE scope = ?").bind(userIdOf(juma)).run();
    expect(read(await make(), 202, videoAccepted).id).not.toBe(first.id);
    expect((await readMoney(juma)).balance).toBe(9);
    expect((await readMoney(amina)).balance).toBe(9);
  });
});

describe("names", () => {
  const patch = (client: Client, what: string, json: object) => client.call("PATCH", `/api/account/${what}`, { json });

  it("of a user and their phone change, go and come, and what is not named stays", async () => {
    const amina = await signUpHeld();
    const named = read(await patch(amina, "profile", { name: " Amina ", phone: "0733 222 333" }), 200, meAnswer).user;
    expect(named).toMatchObject({ name: "Amina", phone: "+254733222333" });
    expect(read(await patch(amina, "profile", { name: null }), 200, meAnswer).user).toMatchObject({
      name: null,
      phone: "+254733222333",
    });
    expect(read(await patch(amina, "profile", { phone: null }), 200, meAnswer).user.phone).toBeNull();
    expect(readPointers(await patch(amina, "profile", { phone: "12" }))).toEqual(["/phone"]);
    expect(readPointers(await patch(amina, "profile", {}))).toEqual([""]);
    expect(readPointers(await patch(amina, "profile", { name: "Amina", email: newEmail() }))).toEqual(["/email"]);
    const rows = await env.DB.prepare("SELECT details FROM audit_log WHERE action = 'account.update' AND target = ?")
      .bind(userIdOf(amina))
      .all();
    expect(rows.results).toEqual([{ details: null }, { details: null }, { details: null }]);
  });

  it("of phones are one account's: of two who take one at once, one has it", async () => {
    const [amina, juma] = await Promise.all([signUpHeld(), signUpHeld()]);
    const phone = "+254733222444";
    const replies = await Promise.all([amina, juma].map((client) => patch(client, "profile", { phone, name: "Both" })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await count("users WHERE phone = ?", phone)).toBe(1);
    expect(await count("users WHERE name = 'Both'")).toBe(1);
    const [loser] = replies.filter(({ status }) => status === 409);
    if (loser !== undefined) readProblem(loser, "phone_taken");
    // One's own is not taken.
    const winner = replies[0]?.status === 200 ? amina : juma;
    read(await patch(winner, "profile", { phone }), 200, meAnswer);
  });

  it("of a tenant are its owners' to change", async () => {
    const amina = await signUpHeld();
    const juma = await join(amina);
    expect(read(await patch(amina, "tenant", { name: " Duka letu " }), 200, meAnswer).tenant.name).toBe("Duka letu");
    expect((await meOf(juma)).tenant.name).toBe("Duka letu");
    readProblem(await patch(juma, "tenant", { name: "Langu" }), "forbidden");
    expect(readPointers(await patch(amina, "tenant", { name: " " }))).toEqual(["/name"]);
    expect(await auditRows(await tenantIdOf(amina), "tenant.update")).toBe(1);
  });
});

describe("operators", () => {
  const act = (operator: Client, user: Tenant, what: string, body: object = { reason: "a stolen card" }) =>
    operator.post(`/api/admin/users/${userIdOf(user)}/${what}`, body);

  it("shut a user out at once, everywhere, and let them in again", async () => {
    const operator = await signUpOperator();
    const amina = await signUpHeld();
    const other = await signInAgain(amina);
    const key = await keyOf(amina);
    const shut = read(await act(operator, amina, "disable"), 200, adminUserAnswer);
    expect(Date.parse(shut.disabled_at ?? "")).toBeGreaterThan(Date.now() - 60_000);
    for (const client of [amina, other, key]) readProblem(await client.get("/api/auth/me"), "unauthenticated");
    const body = { email: amina.email, password };
    readProblem(await newClient().post("/api/auth/login", body), "invalid_credentials");
    const found = read(await operator.get(`/api/admin/users?query=${amina.email}`), 200, adminUsersAnswer).data;
    expect(found[0]?.disabled_at).toBe(shut.disabled_at);
    // Once is as good as twice.
    expect(read(await act(operator, amina, "disable"), 200, adminUserAnswer).disabled_at).toBe(shut.disabled_at);

    expect(read(await act(operator, amina, "enable"), 200, adminUserAnswer).disabled_at).toBeNull();
    read(await act(operator, amina, "enable"), 200, adminUserAnswer);
    // The sessions that were ended stay so.
    readProblem(await amina.get("/api/auth/me"), "unauthenticated");
    await signInAgain(amina);
    expect((await key.get("/api/auth/me")).status).toBe(200);
    const rows = await env.DB.prepare(
      "SELECT action, actor, details FROM audit_log WHERE target = ? AND action IN ('account.disable', 'account.enable') ORDER BY created_at_ms, id",
    )
      .bind(userIdOf(amina))
      .all();
    const details = '{"reason":"a stolen card"}';
    expect(rows.results).toEqual([
      { action: "account.disable", actor: userIdOf(operator), details },
      { action: "account.enable", actor: userIdOf(operator), details },
    ]);
  });

  it("cannot shut themselves out", async () => {
    const operator = await signUpOperator();
    expect(readPointers(await act(operator, operator, "disable"))).toEqual(["/id"]);
    expect((await meOf(operator)).user.role).toBe("admin");
  });

  it("sign a user out everywhere, who may sign in again", async () => {
    const operator = await signUpOperator();
    const amina = await signUpHeld();
    const other = await signInAgain(amina);
    const ended = read(await act(operator, amina, "end-sessions"), 200, sessionsEndedAnswer);
    expect(ended).toEqual({ user_id: userIdOf(amina), ended: 2 });
    for (const client of [amina, other]) readProblem(await client.get("/api/auth/me"), "unauthenticated");
    await signInAgain(amina);
    expect(await count("audit_log WHERE action = 'account.end_sessions' AND target = ?", userIdOf(amina))).toBe(1);
  });

  it("say why, and of somebody who is there", async () => {
    const operator = await signUpOperator();
    const amina = await signUpHeld();
    for (const what of ["disable", "enable", "end-sessions"]) {
      expect(readPointers(await act(operator, amina, what, {}))).toEqual(["/reason"]);
      const path = `/api/admin/users/usr_${"0".repeat(26)}/${what}`;
      readProblem(await operator.post(path, { reason: "a stolen card" }), "not_found");
    }
    expect((await meOf(amina)).user.id).toBe(userIdOf(amina));
  });

  it("see each user once, however many tenants they are in", async () => {
    const operator = await signUpOperator();
    const amina = await signUpHeld();
    const juma = await join(amina);
    const found = read(await operator.get(`/api/admin/users?query=${juma.email}`), 200, adminUsersAnswer).data;
    expect(found.map(({ id, tenant }) => [id, tenant.id])).toEqual([[userIdOf(juma), await ownTenantOf(juma)]]);
  });
});

/** As the guard of a route has let somebody in who is an owner: what has become of them since, it does not know. */
async function contextOf(owner: Tenant): Promise<UserContext> {
  const actor: UserContext["actor"] = {
    kind: "user",
    userId: userIdOf(owner),
    tenantId: (await meOf(owner)).tenant.id,
    via: { kind: "session", sessionId: decodeJwt<{ sid: string }>(owner.token).sid, authenticatedAtMs: Date.now() },
    role: "owner",
    plan: "free",
    isAdmin: false,
  };
  return { ...newContext(), actor };
}

async function signInByLinkOf(context: Context, email: string): Promise<void> {
  const { token } = await signInLink(email);
  const given = { token, browser: null, isConfirmed: true, language: "en", userAgent: null } as const;
  expect(await signInByLink(context, given)).toMatchObject({ outcome: "opened" });
}

async function resetOf(context: Context, email: string): Promise<void> {
  const token = await resetToken(email);
  expect(await resetPassword(context, { token, password: "mahindi ya kuchoma" })).toEqual({ outcome: "done" });
}

/** The same database, where something happens between what a verb has read and what it writes. */
function beforeBatch(db: Deps["db"], happen: () => Promise<unknown>): Deps["db"] {
  return new Proxy(db, {
    get(target, name) {
      if (name !== "batch") {
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      const batch: Deps["db"]["batch"] = async (statements) => {
        await happen();
        return target.batch(statements);
      };
      return batch;
    },
  });
}

/** The tenant that was made with somebody's account. */
async function ownTenantOf(tenant: Tenant): Promise<string> {
  const query = env.DB.prepare("SELECT tenant_id FROM memberships WHERE user_id = ? ORDER BY created_at_ms LIMIT 1");
  return (await query.bind(userIdOf(tenant)).first<string>("tenant_id")) ?? "";
}

/** A secret key that somebody makes in the tenant they are at work in. */
async function keyOf(client: Client): Promise<Client> {
  const reply = await client.post("/api/account/api-keys", { name: "ci", kind: "secret" });
  return newClient({ token: read(reply, 201, keyMade).api_key });
}
