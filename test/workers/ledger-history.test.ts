import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { beforeEach, describe, expect, it } from "vitest";
import { transactionsQuery } from "../../src/contract/credits.ts";
import type { UserContext } from "../../src/core/context.ts";
import { calculateCost } from "../../src/core/credits/calculate-cost.ts";
import { getBalance } from "../../src/core/credits/get-balance.ts";
import { listTransactions } from "../../src/core/credits/list-transactions.ts";
import { transactionsCsv } from "../../src/core/credits/transactions-csv.ts";
import { encodeCursor } from "../../src/core/cursor.ts";
import { Refusal } from "../../src/core/fail.ts";
import type { Plan } from "../../src/core/plans/plans.ts";
import { ledgerOf, setClock } from "../simulation/ledger-world.ts";

const midnight = Date.UTC(2031, 4, 10);
const usage = { images: 1, speech_seconds: 10, render_seconds: 10 };

let tenants = 0;
const newTenant = () => `ten_history_${++tenants}`;

const via = { kind: "session" as const, sessionId: "ses_1", authenticatedAtMs: 0 };

function contextOf(tenantId: string, plan: Plan = "free"): UserContext {
  const deps = { db: drizzle(env.DB), ledger: ledgerOf } as unknown as UserContext["deps"];
  return {
    actor: { kind: "user", userId: "usr_1", via, role: "owner", tenantId, plan, isAdmin: false },
    requestId: "req_1",
    address: null,
    deps,
  };
}

async function grantOn(
  tenantId: string,
  atMs: number,
  id: string,
  more: { description?: string; paymentId?: string } = {},
) {
  setClock(atMs);
  await ledgerOf(tenantId).grant({ id, type: "topup", credits: 10, description: id, ...more });
}

const list = (tenantId: string, query: Record<string, unknown> = {}) =>
  listTransactions(contextOf(tenantId), transactionsQuery.parse(query));
const descriptions = async (tenantId: string, query: Record<string, unknown> = {}) =>
  (await list(tenantId, query)).data.map((transaction) => transaction.description);
const csvOf = async (tenantId: string, query: Parameters<typeof transactionsCsv>[1] = {}) =>
  await new Response(await transactionsCsv(contextOf(tenantId), query)).text();

beforeEach(() => {
  setClock(midnight);
});

describe("listTransactions", () => {
  it("is whole as soon as the ledger has answered, newest first", async () => {
    const tenantId = newTenant();
    const ledger = ledgerOf(tenantId);
    await ledger.grant({ id: "pay_1", type: "purchase", credits: 50, description: "Starter", paymentId: "pay_1" });
    await ledger.hold({ id: "vid_1", credits: 8, plan: "pro", description: "Lions", usage });
    const { data, next_cursor } = await list(tenantId);
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^trx_[0-9a-z]{26}$/),
        type: "usage",
        amount: -8,
        balance_after: 42,
        description: "Lions",
        video_id: "vid_1",
        created_at: "2031-05-10T00:00:00.000Z",
      },
      {
        id: expect.stringMatching(/^trx_[0-9a-z]{26}$/),
        type: "purchase",
        amount: 50,
        balance_after: 50,
        description: "Starter",
        payment_id: "pay_1",
        created_at: "2031-05-10T00:00:00.000Z",
      },
    ]);
    expect(next_cursor).toBeNull();
  });

  it("pages without gaps or repeats, also when there is more by then", async () => {
    const tenantId = newTenant();
    for (let i = 1; i <= 5; i += 1) await grantOn(tenantId, midnight, `pay_${i}`);
    const first = await list(tenantId, { limit: 2 });
    await grantOn(tenantId, midnight, "pay_6");
    const second = await list(tenantId, { limit: 2, cursor: first.next_cursor });
    const third = await list(tenantId, { limit: 2, cursor: second.next_cursor });
    const pages = [first, second, third].map((page) => page.data.map((transaction) => transaction.description));
    expect(pages).toEqual([["pay_5", "pay_4"], ["pay_3", "pay_2"], ["pay_1"]]);
    expect(third.next_cursor).toBeNull();
    expect((await list(tenantId, { limit: 6 })).next_cursor).toBeNull();
  });

  it("filters by type and by time, both ends included, a bare day being all of it", async () => {
    const tenantId = newTenant();
    await grantOn(tenantId, midnight - 1, "day before, last moment");
    await grantOn(tenantId, midnight, "first moment");
    await grantOn(tenantId, midnight + 86_399_999, "last moment");
    await grantOn(tenantId, midnight + 86_400_000, "day after");
    await ledgerOf(tenantId).hold({ id: "vid_1", credits: 1, plan: "pro", description: "video", usage });
    const day = ["last moment", "first moment"];
    expect(await descriptions(tenantId, { from: "2031-05-10", to: "2031-05-10" })).toEqual(day);
    expect(await descriptions(tenantId, { from: "2031-05-10T03:00:00+03:00", to: "2031-05-10T23:59:59.999Z" })).toEqual(
      day,
    );
    expect(await descriptions(tenantId, { from: "2031-05-10T23:59:59.999Z", type: "topup" })).toEqual([
      "day after",
      "last moment",
    ]);
    expect(await descriptions(tenantId, { to: "2031-05-09T23:59:59.999Z" })).toEqual(["day before, last moment"]);
    expect(await descriptions(tenantId, { type: "usage" })).toEqual(["video"]);
    expect(await descriptions(tenantId, { from: "2031-05-12" })).toEqual([]);
  });

  it("never shows another tenant's", async () => {
    const [mine, theirs] = [newTenant(), newTenant()];
    for (const tenantId of [mine, theirs]) {
      for (const id of ["pay_1", "pay_2"]) await grantOn(tenantId, midnight, id, { description: `${tenantId} ${id}` });
    }
    const { next_cursor } = await list(theirs, { limit: 1 });
    expect(await descriptions(mine, { cursor: next_cursor })).toEqual([`${mine} pay_1`]);
    expect(await csvOf(mine)).not.toContain(theirs);
  });

  it.each(["", "x", "e30", encodeCursor(["1"]), encodeCursor([1, 2]), encodeCursor([1.5]), btoa("[1e999]")])(
    "refuses the cursor %j, which it never gave out",
    async (cursor) => {
      const refusal = await list(newTenant(), { cursor }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal).toMatchObject({ code: "validation_failed", data: { errors: [{ pointer: "/cursor" }] } });
    },
  );
});

describe("transactionsCsv", () => {
  const header = "id,type,amount,balance_after,description,video_id,payment_id,created_at,image_id";

  it("is a header alone when nothing happened", async () => {
    expect(await csvOf(newTenant())).toBe(`${header}\r\n`);
  });

  it("quotes what needs it, keeps amounts numbers, and lets no text run as a formula", async () => {
    const tenantId = newTenant();
    await grantOn(tenantId, midnight, "pay_1", { description: '=HYPERLINK("http://x"),"y"', paymentId: "@SUM(A1)" });
    await ledgerOf(tenantId).hold({ id: "-1+1", credits: 3, plan: "pro", description: "two\nlines", usage });
    const [{ id: second = "" } = {}, { id: first = "" } = {}] = (await list(tenantId)).data;
    expect(await csvOf(tenantId)).toBe(
      [
        header,
        `${second},usage,-3,7,"two\nlines",'-1+1,,2031-05-10T00:00:00.000Z,`,
        `${first},topup,10,10,"'=HYPERLINK(""http://x""),""y""",,'@SUM(A1),2031-05-10T00:00:00.000Z,`,
        "",
      ].join("\r\n"),
    );
  });

  it("holds every row, over many pages, and takes the same filters", async () => {
    const tenantId = newTenant();
    const ids = Array.from({ length: 1001 }, (_, i) => `pay_${i}`);
    await Promise.all(ids.map((id) => ledgerOf(tenantId).grant({ id, type: "bonus", credits: 1, description: id })));
    await grantOn(tenantId, midnight + 86_400_000, "next day");
    const lines = (await csvOf(tenantId)).split("\r\n");
    expect(lines).toHaveLength(1 + 1002 + 1);
    const balances = lines.slice(1, -1).map((line) => Number(line.split(",")[3]));
    expect(balances).toEqual([1011, ...ids.map((_, i) => 1001 - i)]);
    expect((await csvOf(tenantId, { type: "topup" })).split("\r\n")).toHaveLength(3);
    expect((await csvOf(tenantId, { to: "2031-05-10" })).split("\r\n")).toHaveLength(1003);
  });
});

describe("getBalance and calculateCost", () => {
  const quote = { resolution: "720p", custom_music: true, premium_tts: false, ai_enhancement: false } as const;

  it("tell what can be spent, what is held and what was bought", async () => {
    const tenantId = newTenant();
    await grantOn(tenantId, midnight, "pay_1");
    await ledgerOf(tenantId).hold({ id: "vid_1", credits: 3, plan: "pro", description: "Video", usage });
    const balance = { balance: 7, held: 3, total_purchased: 10 };
    expect(await getBalance(contextOf(tenantId))).toEqual({ ...balance, unlimited: false, owed: 0, on_hold: false });
    expect(await getBalance(contextOf(tenantId, "premium"))).toEqual({
      ...balance,
      unlimited: true,
      owed: 0,
      on_hold: false,
    });
  });

  it("say whether the balance covers it, on both sides of the edge", async () => {
    const tenantId = newTenant();
    await grantOn(tenantId, midnight, "pay_1");
    const context = contextOf(tenantId);
    expect(await calculateCost(context, { ...quote, duration_seconds: 96 })).toEqual({
      credits: 10,
      breakdown: [
        { item: "video_720p", credits: 8 },
        { item: "own_music", credits: 2 },
      ],
      affordable: true,
      balance: 10,
    });
    expect(await calculateCost(context, { ...quote, duration_seconds: 96.001 })).toMatchObject({
      credits: 11,
      affordable: false,
    });
    expect(await calculateCost(context, { ...quote, duration_minutes: 1.6 })).toMatchObject({ credits: 10 });
  });

  it("cost nothing on a plan whose videos cost none", async () => {
    const answer = await calculateCost(contextOf(newTenant(), "premium"), { ...quote, duration_minutes: 3 });
    expect(answer).toMatchObject({ credits: 0, affordable: true, balance: 0 });
  });
});
