/**
 * The whole money side in one process, from real parts: the core's verbs, the ledger's object, the adapters of Stripe and
 * Daraja, and the stand-in servers as the world outside. Only the platform is other than in production: SQLite in place of D1
 * and of the objects' storage, a list in place of the queue, a clock that a schedule moves. It stands beside the tests in
 * workerd, which use the platform's own; those cannot run thousands of schedules, nor stop a process at each of its steps.
 */
import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/d1";
import type { QueueMessage } from "../../../src/contract/queue-messages.ts";
import { resolveSession } from "../../../src/core/accounts/sessions/resolve-session.ts";
import { signUp } from "../../../src/core/accounts/sign-up.ts";
import type { Actor, Context, UserActor, UserContext } from "../../../src/core/context.ts";
import type { AccessTokens, Deps } from "../../../src/core/deps.ts";
import { connectLedger } from "../../../src/platform/ledger.ts";
import { LedgerObjects } from "./ledger-objects.ts";
import { OwnTime } from "./own-time.ts";
import { type FateOf, noFate, type Outcome, Processes } from "./processes.ts";
import { connectProviders, type Providers } from "./providers.ts";
import { connectD1, openTables, type SqliteFile } from "./sqlite-d1.ts";

/** A Saturday before noon: days, months and the first renewals end early enough. */
export const firstMomentMs = Date.UTC(2031, 0, 25, 9, 0, 0);
export const origin = "https://studio.test";

export type Tenant = { name: string; tenantId: string; userId: string; token: string };
export type LogLine = { level: string; event: string; fields: Record<string, unknown> };
type Message = { id: string; body: QueueMessage; attempts: number };

export const time = new OwnTime();
let tables: SqliteFile | null = null;

export class MoneyWorld {
  readonly tables: SqliteFile;
  readonly processes = new Processes(() => time.runNextTimer());
  readonly ledgers: LedgerObjects;
  readonly providers: Providers;
  readonly deps: Deps;
  readonly tenants: Tenant[] = [];
  readonly log: LogLine[] = [];
  queue: Message[] = [];
  private messages = 0;
  private requests = 0;

  constructor(seed: number) {
    time.reset(firstMomentMs, seed);
    tables ??= openTables();
    tables.reset();
    this.tables = tables;
    const db = connectD1(this.tables, (label, work) => this.processes.at("db", label, work));
    this.ledgers = new LedgerObjects(this.processes, { DB: db });
    this.providers = connectProviders(this.processes, time);
    this.deps = this.connect(db);
  }

  /** Somebody who has signed up and was welcomed. */
  async join(name: string): Promise<Tenant> {
    const outcome = await this.processes.run(`sign-up ${name}`, noFate, () => this.signUp(name));
    if (outcome.kind !== "answered") throw new Error(`nobody could sign up: ${JSON.stringify(outcome)}`);
    return outcome.value;
  }

  async signUp(name: string): Promise<Tenant> {
    const email = `${name}@example.com`;
    const context = this.context({ kind: "anonymous" });
    const { answer } = await signUp(context, {
      email,
      password: "a long enough secret",
      userAgent: null,
      from: { origin, language: "en", browser: null },
    });
    const [row] = this.tables.rows<{ tenant_id: string }>(
      "SELECT tenant_id FROM memberships WHERE user_id = ?",
      answer.user.id,
    );
    const tenant = { name, tenantId: row?.tenant_id ?? "", userId: answer.user.id, token: answer.access_token };
    this.tenants.push(tenant);
    return tenant;
  }

  context<Who extends Actor>(actor: Who): Context<Who> {
    this.requests += 1;
    return { actor, requestId: `request_${this.requests}`, address: null, deps: this.deps };
  }

  systemContext() {
    return this.context({ kind: "system" });
  }

  /** As a request of theirs begins: with the plan of this moment. */
  async userContext(tenant: Tenant): Promise<UserContext> {
    return this.context(await this.actorOf(tenant));
  }

  async actorOf({ name, tenantId, userId, token }: Tenant): Promise<UserActor> {
    const claims = await tokens.verify(token, time.nowMs);
    if (claims === null) throw new Error(`${name} has no token`);
    // No session lasts as long as some schedules do: whoever is still there has signed in again.
    this.tables.rows(
      `INSERT INTO sessions (id, user_id, tenant_id, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET expires_at_ms = excluded.expires_at_ms WHERE expires_at_ms <= excluded.created_at_ms`,
      claims.sessionId,
      userId,
      tenantId,
      time.nowMs,
      time.nowMs + 86_400_000,
    );
    const actor = await resolveSession(this.deps, claims);
    if (actor === null) throw new Error(`${name} is not signed in`);
    return actor;
  }

  /** A request of a user's, to its answer, its refusal, or its death. */
  request<Value>(
    tenant: Tenant,
    name: string,
    fateOf: FateOf,
    work: (context: UserContext) => Promise<Value>,
  ): Promise<Outcome<Value>> {
    return this.processes.run(`${name} of ${tenant.name}`, fateOf, async () => work(await this.userContext(tenant)));
  }

  rows<Shape = Record<string, unknown>>(query: string, ...bindings: (string | number | null)[]): Shape[] {
    return this.tables.rows<Shape>(query, ...bindings);
  }

  send(body: QueueMessage): void {
    this.messages += 1;
    this.queue.push({ id: `message_${this.messages}`, body, attempts: 0 });
  }

  private connect(db: D1Database): Deps {
    const { processes, ledgers, providers } = this;
    const namespace = ledgers.namespace();
    const renders = { send: async () => undefined, sendParts: async () => undefined };
    return {
      ...elsewhere,
      db: drizzle(db),
      clock: { now: () => time.nowMs },
      randomness: { bytes: (length) => time.bytes(length) },
      digests: { sha256: async (text) => new Uint8Array(createHash("sha256").update(text, "utf8").digest()) },
      renderQueue: renders,
      paymentQueue: { send: (message) => processes.at("queue", "send", () => this.send(message)) },
      cards: providers.cards,
      phones: providers.phones,
      metrics: { record: () => undefined },
      log: { write: (level, event, fields) => void this.log.push({ level, event, fields }) },
      ledger: (tenantId) => connectLedger(namespace, tenantId),
    };
  }
}

const tokens: AccessTokens = {
  ttlSeconds: 1_000 * 86_400,
  issue: async (claims) => JSON.stringify(claims),
  verify: async (token) => JSON.parse(token) as { userId: string; sessionId: string },
};

const nothing = async () => undefined;

/** What the money side needs of the rest: accounts without hashing, rooms and renderers that nobody watches. */
const elsewhere = {
  version: "simulation",
  isProduction: false,
  renderParallelism: 1,
  renderFanOut: 1,
  passwords: {
    hash: async () => "hashed",
    verify: async () => true,
    needsRehash: () => false,
    isCommon: async () => false,
  },
  phoneNumbers: { normalise: (phone: string) => phone },
  accessTokens: tokens,
  macs: { sign: async (_purpose: string, text: string) => `mac of ${text}`, verify: async () => true },
  mailQueue: { send: nothing },
  mailer: { send: async () => "sent" as const },
  accountQueue: { send: nothing },
  signedLinks: { sign: async (path: string) => `${path}?signed`, verify: async () => true },
  backlog: { isFull: async () => false },
  signInProviders: { google: null, github: null },
  publicUrl: origin,
  adminEmails: new Set<string>(["operator@example.com"]),
  corsOrigins: new Set<string>(),
  files: {
    deleteAll: nothing,
    delete: nothing,
    open: async () => null,
    list: async () => ({ files: [], cursor: null }),
    receive: async () => ({ size: 0, sha256: "" }),
  } as unknown as Deps["files"],
  archives: {} as Deps["archives"],
  renderer: { discard: nothing } as unknown as Deps["renderer"],
  mediaFetcher: {} as Deps["mediaFetcher"],
  models: { hasScripts: false, hasPictures: false, hasVoice: () => false } as unknown as Deps["models"],
  room: () => ({ publish: nothing, closeParts: async () => [] }) as unknown as ReturnType<Deps["room"]>,
} satisfies Partial<Deps>;
