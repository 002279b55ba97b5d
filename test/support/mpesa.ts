/** A Worker, a Daraja of its own and a clock that moves, for tests of payments by phone over HTTP. */
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { type MpesaAnswer, mpesaAnswer, phoneHookAnswer } from "../../src/contract/payments.ts";
import type { PaymentClaimRow, PaymentRow, ProviderEventRow } from "../../src/core/payments/tables.ts";
import type { Delivery, Fault, Prompt, Transaction } from "../stand-ins/daraja/world.ts";
import { newClient, type Reply, read, signUp, type Tenant } from "./api-client.ts";
import { type HeldQueue, holdQueue } from "./held-queue.ts";
import { darajaKeys } from "./payment-settings.ts";

/** In years to come, so that no alarm of a ledger goes off by itself. */
const beginsAtMs = Date.UTC(2031, 4, 12, 9, 0, 0);
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;

/** What a person, or Safaricom, does at the stand-in. */
export type Daraja = {
  readonly base: string;
  act<Answer = object>(verb: string, body?: object): Promise<Answer>;
  prompts(filter?: { phone?: string; isOpen?: boolean }): Promise<Prompt[]>;
  fault(fault: Fault): Promise<void>;
  /** What it has to say to us, taken away from it. */
  callbacks(filter?: object): Promise<Delivery[]>;
  transactions(): Promise<Transaction[]>;
};

export type MpesaWorld = {
  daraja: Daraja;
  queue: HeldQueue;
  /** Whoever pays: a tenant of the test's own. */
  amina: Tenant;
  /** For the next test in the same world: another tenant, some time later, and nothing of the former ones is due. */
  turnPage(): Promise<void>;
  /** Moves every clock at once. */
  pass(ms: number): Promise<void>;
  now(): number;
  /** Delivers what Daraja has to say, and lets the queue run empty. */
  callBack(filter?: object): Promise<number>;
  /** POSTs one callback, as Daraja would; the answer is always the same. */
  post(delivery: Pick<Delivery, "url" | "body">): Promise<void>;
  runCron(): Promise<void>;
};

let worlds = 0;

export async function mpesaWorld(variables: Record<string, string> = {}): Promise<MpesaWorld> {
  worlds += 1;
  const base = `http://daraja-${crypto.randomUUID()}.test`;
  const queue = holdQueue({ MPESA_API_BASE: base, ...variables });
  const daraja = connect(base);
  let nowMs = beginsAtMs + worlds * 40 * 24 * hourMs;
  const setClocks = async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
    await fetch(`${base}/clock`, { method: "POST", body: JSON.stringify({ now_ms: nowMs }) });
  };
  await setClocks();
  await retireOthers();
  const post: MpesaWorld["post"] = async ({ url, body }) => {
    const headers = { "Content-Type": "application/json" };
    const reply = await newClient({ send: queue.send }).call("POST", url, { body, headers });
    expect(read(reply, 200, phoneHookAnswer)).toEqual({ ResultCode: 0, ResultDesc: "Accepted" });
  };
  const world: MpesaWorld = {
    daraja,
    queue,
    amina: await signUp({ send: queue.send }),
    post,
    now: () => nowMs,
    async turnPage() {
      await world.pass(10 * minuteMs);
      await retireOthers();
      world.amina = await signUp({ send: queue.send });
    },
    async pass(ms) {
      nowMs += ms;
      await setClocks();
    },
    async callBack(filter) {
      const deliveries = await daraja.callbacks(filter);
      for (const delivery of deliveries) await post(delivery);
      await queue.deliverAll();
      return deliveries.length;
    },
    async runCron() {
      await queue.runCron();
      await queue.deliverAll();
    },
  };
  return world;
}

/** The cron of this test has nothing to do with what earlier ones of the file have left: their Daraja is another. */
async function retireOthers(): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("UPDATE payments SET next_check_at_ms = NULL"),
    env.DB.prepare("UPDATE provider_events SET handled_at_ms = 0 WHERE handled_at_ms IS NULL"),
    env.DB.prepare("UPDATE phone_reversals SET asked_at_ms = 0, overdue_at_ms = NULL"),
    env.DB.prepare("UPDATE phone_status_asks SET outcome = 'retired' WHERE outcome IS NULL"),
    env.DB.prepare("DELETE FROM receipt_pulls"),
  ]);
}

function connect(base: string): Daraja {
  const act: Daraja["act"] = async <Answer>(verb: string, body: object = {}) => {
    const response = await fetch(`${base}/stand-in/${verb}`, { method: "POST", body: JSON.stringify(body) });
    const text = await response.text();
    expect(response.status, `${verb}: ${text}`).toBe(200);
    return JSON.parse(text) as Answer;
  };
  return {
    base,
    act,
    prompts: async (filter = {}) => (await act<{ prompts: Prompt[] }>("prompts", filter)).prompts,
    fault: async (fault) => void (await act("fault", fault)),
    callbacks: async (filter = {}) => (await act<{ callbacks: Delivery[] }>("take-callbacks", filter)).callbacks,
    transactions: async () => (await act<{ transactions: Transaction[] }>("transactions")).transactions,
  };
}

/** Safaricom does this once for a shortcode. It takes a token, which makes ours void. */
export async function registerPulls({ daraja: { base } }: MpesaWorld): Promise<void> {
  const { consumerKey, consumerSecret, shortcode } = darajaKeys;
  const basic = { Authorization: `Basic ${btoa(`${consumerKey}:${consumerSecret}`)}` };
  const issued = await fetch(`${base}/oauth/v1/generate?grant_type=client_credentials`, { headers: basic });
  const { access_token: token } = await issued.json<{ access_token: string }>();
  const registered = await fetch(`${base}/pulltransactions/v1/register`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      ShortCode: shortcode,
      RequestType: "Pull",
      NominatedNumber: "254722000000",
      CallBackURL: "https://studio.test/nowhere",
    }),
  });
  expect(registered.status).toBe(200);
}

/** What has settled by now, read as if a day had passed. */
export async function pullReceipts(world: MpesaWorld): Promise<void> {
  await world.pass(20 * minuteMs);
  await env.DB.prepare("DELETE FROM receipt_pulls").run();
  await world.runCron();
}

// From anywhere on, since the files of one run share the stand-in of those who name none.
let phones = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 70_000_000;
/** A phone that nobody else has, and that waits to be pressed on. */
export function newPhone(): string {
  phones += 1;
  return `2547${String(20_000_000 + phones)}`;
}

/** 100 credits for KES 2,500 unless told otherwise. */
export function askToPay(
  tenant: Tenant,
  phone: string,
  { key, ...body }: { key?: string; package_id?: string; amount?: number } = {},
): Promise<Reply> {
  const order = Object.keys(body).length === 0 ? { amount: 2500 } : body;
  const headers = key === undefined ? {} : { "Idempotency-Key": key };
  return tenant.post("/api/payments/mpesa", { ...order, phone_number: phone }, headers);
}

export async function ring(
  tenant: Tenant,
  phone: string,
  order: Parameters<typeof askToPay>[2] = {},
): Promise<MpesaAnswer> {
  return read(await askToPay(tenant, phone, order), 202, mpesaAnswer);
}

export async function rowOf(paymentId: string): Promise<PaymentRow> {
  const row = await env.DB.prepare("SELECT * FROM payments WHERE id = ?").bind(paymentId).first<Columns>();
  if (row === null) throw new Error(`there is no payment ${paymentId}`);
  return inCamelCase<PaymentRow>(row);
}

export async function eventsOf(paymentId: string): Promise<ProviderEventRow[]> {
  const query = env.DB.prepare("SELECT * FROM provider_events WHERE payment_id = ? ORDER BY received_at_ms");
  return (await query.bind(paymentId).all<Columns>()).results.map((row) => inCamelCase<ProviderEventRow>(row));
}

export async function claimsOf(paymentId: string): Promise<PaymentClaimRow[]> {
  const query = env.DB.prepare("SELECT * FROM payment_claims WHERE payment_id = ?");
  return (await query.bind(paymentId).all<Columns>()).results.map((row) => inCamelCase<PaymentClaimRow>(row));
}

type Columns = Record<string, unknown>;
function inCamelCase<Row>(row: Columns): Row {
  const named = Object.entries(row).map(([name, value]) => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(named) as Row;
}

/** The amounts of the tenant's transactions, oldest first; 10 are the free ones. */
export async function creditsOf(tenant: Tenant): Promise<number[]> {
  const reply = await tenant.get("/api/credits/transactions?limit=100");
  expect(reply.status, reply.text).toBe(200);
  const { data } = JSON.parse(reply.text) as { data: { amount: number }[] };
  return data.map(({ amount }) => amount).reverse();
}
