/** Everybody who may knock at a route, with a credential of each kind there is, living and dead. Rows are written by SQL. */
import { env } from "cloudflare:workers";
import { newId } from "../../src/core/ids.ts";
import { signAccessToken } from "./access-tokens.ts";
import { newClient, password, signUp } from "./api-client.ts";

type Role = "owner" | "creator";
export type Person = { userId: string; tenantId: string; role: Role; isAdmin: boolean };

/** What somebody sends; `origin`: from a page there. */
export type Credential = { headers: Record<string, string> };
/** What cannot let anybody in, and why. */
export type Dead = Credential & { name: string };

export type Kind = "session" | "secret_key" | "embed_key";
export type Living = {
  name: string;
  kind: Kind;
  person: Person;
  isFresh: boolean;
  /** A new credential: what a call ends, ends that one alone. */
  issue(): Promise<Credential>;
};

export const pageOrigin = "https://pages.test";
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function makeId(kind: Parameters<typeof newId>[0]): string {
  return newId(kind, Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

async function run(sql: string, ...values: (string | number | null)[]): Promise<void> {
  await env.DB.prepare(sql)
    .bind(...values)
    .run();
}

export type Owner = Person & { email: string };

/** With a tenant of their own. */
export async function newOwner(email?: string): Promise<Owner> {
  const tenant = await signUp(email === undefined ? {} : { email });
  const userId = tenant.session.user.id;
  const query = env.DB.prepare("SELECT tenant_id FROM memberships WHERE user_id = ?").bind(userId);
  const tenantId = (await query.first<string>("tenant_id")) ?? "";
  return { userId, tenantId, role: "owner", isAdmin: email === "operator@example.com", email: tenant.email };
}

/** Somebody else in the tenant of `owner`. */
export async function newMember(owner: Person, role: Role): Promise<Person> {
  const { userId } = await newOwner();
  await run("INSERT INTO memberships VALUES (?, ?, ?, ?)", owner.tenantId, userId, role, Date.now());
  return { userId, tenantId: owner.tenantId, role, isAdmin: false };
}

/** `ageMs`: since they proved who they are. */
export async function openSession({ userId, tenantId }: Person, { ageMs = 0, isEnded = false } = {}) {
  const sessionId = makeId("session");
  const nowMs = Date.now();
  await run(
    "INSERT INTO sessions (id, user_id, tenant_id, created_at_ms, authenticated_at_ms, refreshed_at_ms, expires_at_ms, ended_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ...[sessionId, userId, tenantId, nowMs - ageMs, nowMs - ageMs, nowMs, nowMs + dayMs, isEnded ? nowMs : null],
  );
  return { sessionId, headers: bearer(await signAccessToken({ userId, sessionId })) };
}

/** Of a session that is signed in. */
export async function refreshCookie(email: string): Promise<string> {
  const reply = await newClient().post("/api/auth/login", { email, password });
  const [cookie = ""] = (reply.headers.get("Set-Cookie") ?? "").split(";");
  if (!/^shujaa_refresh=ses_/.test(cookie)) throw new Error(`no refresh cookie: ${reply.text}`);
  return cookie;
}

export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A key that looks like one of ours: the last six characters are the CRC-32 of the others, base 62. */
export function keyText(kind: "secret" | "embed"): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => digits[byte % 62]).join("");
  const body = `${kind === "secret" ? "sk_test_" : "pk_"}${random}`;
  return `${body}${checksum(body)}`;
}

/** Bit by bit: written another way than the service's own. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let written = "";
  for (let place = 0; place < 6; place += 1) {
    written = `${digits[rest % 62]}${written}`;
    rest = Math.floor(rest / 62);
  }
  return written;
}

type KeyState = { isRevoked?: boolean; expiresAtMs?: number };

export async function makeKey(person: Person, kind: "secret" | "embed", state: KeyState = {}) {
  const text = keyText(kind);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keyId = makeId("key");
  await run(
    "INSERT INTO api_keys (id, tenant_id, user_id, name, kind, hash, prefix, last_four, origins, created_at_ms, expires_at_ms, revoked_at_ms) VALUES (?, ?, ?, 'a test', ?, ?, ?, ?, ?, ?, ?, ?)",
    ...[keyId, person.tenantId, person.userId, kind, hex, text.slice(0, 12), text.slice(-4)],
    kind === "embed" ? JSON.stringify([pageOrigin]) : null,
    ...[Date.now(), state.expiresAtMs ?? null, state.isRevoked === true ? Date.now() : null],
  );
  const from = kind === "embed" ? { Origin: pageOrigin } : {};
  return { keyId, text, headers: { ...bearer(text), ...from } };
}

/** Credentials that are none, no more, or not yet whole. */
export async function deadCredentials(owner: Owner): Promise<Dead[]> {
  const [alive, ended, disabled, closed, left] = await Promise.all([
    openSession(owner),
    openSession(owner, { isEnded: true }),
    newOwner(),
    newOwner(),
    newMember(owner, "owner"),
  ]);
  const nowMs = Date.now();
  const ofDisabled = [await openSession(disabled), await makeKey(disabled, "secret"), await makeKey(disabled, "embed")];
  await run("UPDATE users SET disabled_at_ms = ? WHERE id = ?", nowMs, disabled.userId);
  const ofClosed = [await openSession(closed), await makeKey(closed, "secret"), await makeKey(closed, "embed")];
  await run("UPDATE tenants SET closed_at_ms = ? WHERE id = ?", nowMs, closed.tenantId);
  const ofLeft = [await openSession(left), await makeKey(left, "secret"), await makeKey(left, "embed")];
  await run("DELETE FROM memberships WHERE user_id = ? AND tenant_id = ?", left.userId, left.tenantId);
  const { sessionId } = alive;
  const swapped = await signAccessToken({ userId: disabled.userId, sessionId });
  const { email } = owner;
  const past = await signAccessToken({ userId: owner.userId, sessionId }, { issuedAtMs: nowMs - 2 * hourMs });
  const good = await makeKey(owner, "secret");
  const isA = good.text.endsWith("A");
  const named = (name: string, { headers }: Credential): Dead => ({ name, headers });
  return [
    named("no credential", { headers: {} }),
    named("garbage", { headers: bearer("nonsense") }),
    named("a bearer of nothing", { headers: { Authorization: "Bearer" } }),
    named("another scheme", { headers: { Authorization: "Basic YTpi" } }),
    named("an expired token", { headers: bearer(past) }),
    named("a token for another user's session", { headers: bearer(swapped) }),
    named("an ended session", ended),
    named("a refresh cookie alone", { headers: { Cookie: await refreshCookie(email) } }),
    named("a key that nobody has", { headers: bearer(keyText("secret")) }),
    named("an embed key that nobody has", { headers: { ...bearer(keyText("embed")), Origin: pageOrigin } }),
    named("a key mistyped", { headers: bearer(`${good.text.slice(0, -1)}${isA ? "B" : "A"}`) }),
    named("a revoked key", await makeKey(owner, "secret", { isRevoked: true })),
    named("a revoked embed key", await makeKey(owner, "embed", { isRevoked: true })),
    named("a key after its grace", await makeKey(owner, "secret", { expiresAtMs: nowMs - 1000 })),
    ...[ofDisabled, ofClosed, ofLeft].flatMap((theirs, place) => {
      const whose = ["a disabled user", "a closed tenant", "somebody who left"][place];
      return theirs.map((one, which) => named(`${["a session", "a key", "an embed key"][which]} of ${whose}`, one));
    }),
  ];
}

/** Credentials that let somebody in, each as far as they may. */
export async function livingCredentials(owner: Person): Promise<Living[]> {
  const [creator, operator] = await Promise.all([newMember(owner, "creator"), newOwner("operator@example.com")]);
  const session = (name: string, person: Person, ageMs = 0): Living => ({
    name,
    kind: "session",
    person,
    isFresh: ageMs === 0,
    issue: () => openSession(person, { ageMs }),
  });
  const key = (name: string, person: Person, kind: "secret" | "embed"): Living => ({
    name,
    kind: kind === "secret" ? "secret_key" : "embed_key",
    person,
    isFresh: true,
    issue: () => makeKey(person, kind),
  });
  return [
    session("an owner", owner),
    session("an owner who signed in this morning", owner, 3 * hourMs),
    session("a creator", creator),
    session("an operator", operator),
    session("an operator who signed in this morning", operator, 3 * hourMs),
    key("an owner's key", owner, "secret"),
    key("a creator's key", creator, "secret"),
    key("an operator's key", operator, "secret"),
    key("an owner's embed key", owner, "embed"),
    key("a creator's embed key", creator, "embed"),
  ];
}

/** Undoes what a call that was let in may have done to somebody themselves: left, closed or disabled them. */
export async function revive({ userId, tenantId, role }: Person): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("INSERT OR REPLACE INTO memberships VALUES (?, ?, ?, ?)").bind(tenantId, userId, role, 0),
    env.DB.prepare("UPDATE users SET disabled_at_ms = NULL WHERE id = ?").bind(userId),
    env.DB.prepare("UPDATE tenants SET closed_at_ms = NULL WHERE id = ?").bind(tenantId),
  ]);
}
