import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { meAnswer, sessionAnswer } from "../../src/contract/accounts.ts";
import {
  adjustedAnswer,
  adminPaymentEnvelope,
  adminPaymentsAnswer,
  adminUserAnswer,
  adminUsersAnswer,
  adminVideosAnswer,
  auditLogAnswer,
  statsAnswer,
  stuckAnswer,
  waivedAnswer,
} from "../../src/contract/admin.ts";
import { transactionsAnswer } from "../../src/contract/credits.ts";
import { recordClaim } from "../../src/core/payments/settle-claim.ts";
import { dayMs } from "../../src/core/plans/plans.ts";
import { app } from "../../src/http/app.ts";
import { type Operation, operationSymbol } from "../../src/http/operation.ts";
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
import { at } from "../support/later.ts";
import {
  newContext,
  payByCard,
  payFor,
  requirePaymentRow,
  signUpOperator,
  starterByPhone,
  writePayment,
} from "../support/payment-rows.ts";
import { makeVideo, readMoney, setPlan, submit, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

let operator: Tenant;
// One for each part: nobody may ask more than 100 times in ten seconds.
const newOperator = () =>
  beforeAll(async () => {
    operator = await signUpOperator();
  });

const userIdOf = (tenant: Tenant) => tenant.session.user.id;
const usersOf = async (query = "") => read(await operator.get(`/api/admin/users${query}`), 200, adminUsersAnswer);
const paymentsOf = async (query = "") =>
  read(await operator.get(`/api/admin/payments${query}`), 200, adminPaymentsAnswer);
const auditOf = async (query: string) => read(await operator.get(`/api/admin/audit-log${query}`), 200, auditLogAnswer);

describe("who operates the service", () => {
  newOperator();
  const routes = app.routes.flatMap(({ method, path, handler }) => {
    const declared = (handler as typeof handler & { [operationSymbol]?: Operation })[operationSymbol];
    return declared?.permission?.startsWith("service.") === true ? [[`${method} ${path}`, method, path] as const] : [];
  });
  const concrete = (path: string) =>
    path
      .replace("users/:id", "users/usr_00000000000000000000000000")
      .replace("payments/:id", "payments/pay_00000000000000000000000000");

  it("has all of /api/admin to themselves", () => {
    const paths = [...new Set(app.routes.map(({ path }) => path))].filter((path) => path.startsWith("/api/admin/"));
    expect(paths.length).toBeGreaterThan(10);
    expect([...new Set(routes.map(([, , path]) => path))].sort()).toEqual(paths.sort());
  });

  it.each(routes)("%s is nobody else's, whatever is sent", async (_name, method, path) => {
    const amina = await signUp();
    const body = method === "GET" ? {} : { body: "{ this is no JSON" };
    readProblem(await amina.call(method, `${concrete(path)}?nonsense=1`, body), "forbidden");
    readProblem(await operator.withToken(null).call(method, concrete(path), body), "unauthenticated");
    const reply = await newClient({ token: "nonsense" }).call(method, concrete(path), body);
    readProblem(reply, "unauthenticated");
  });

  it("is told so, and is still the owner of their own tenant", async () => {
    const me = read(await operator.get("/api/auth/me"), 200, meAnswer);
    expect([me.user.role, me.tenant.role]).toEqual(["admin", "owner"]);
    const body = { email: ` ${operator.email.toUpperCase()} `, password };
    expect(read(await operator.post("/api/auth/login", body), 200, sessionAnswer).user.role).toBe("admin");
    const amina = await signUp();
    expect(read(await amina.get("/api/auth/me"), 200, meAnswer).user.role).toBe("owner");
  });
});

describe("users", () => {
  newOperator();
  it("are found by a part of their email, name, phone or id, in any case, and nothing in it is a pattern", async () => {
    const email = newEmail();
    const body = { email, password, name: "Wanjikũ 100%_Njoroge", phone: "0733 111 222" };
    const session = read(await newClient().post("/api/auth/signup", body), 201, sessionAnswer);
    const tenant = read(await newClient({ token: session.access_token }).get("/api/auth/me"), 200, meAnswer).tenant.id;
    const others = await signUp();
    const found = async (query: string) =>
      (await usersOf(`?query=${encodeURIComponent(query)}`)).data.map(({ id }) => id);
    const wanted = [email, email.toUpperCase(), "%_njoroge", "0733111222", "+254 733 111 222", "733111222"];
    for (const query of [...wanted, session.user.id, tenant])
      expect(await found(query), query).toEqual([session.user.id]);
    expect(await found("%")).toEqual([session.user.id]);
    expect(await found("100_")).toEqual([]);
    expect(await found(`${email}%`)).toEqual([]);
    expect(await found(userIdOf(others))).toEqual([userIdOf(others)]);
    // Longer than D1 lets a LIKE pattern be.
    expect(await found("a".repeat(200))).toEqual([]);
    expect(readPointers(await operator.get("/api/admin/users?query="))).toEqual(["/query"]);
  });

  it("come with their plan, what they have and what they owe", async () => {
    const amina = await signUp();
    await setPlan(amina, "pro");
    const payment = await payFor(amina);
    const { data } = await usersOf(`?query=${userIdOf(amina)}`);
    expect(data).toEqual([
      {
        ...amina.session.user,
        tenant: { id: await tenantIdOf(amina), name: amina.email, plan: "pro", role: "owner" },
        credits: { balance: 60, held: 0, total_purchased: 50, owed: 0, on_hold: false },
        disabled_at: null,
      },
    ]);
    await spend(amina, 30);
    await takeBack(payment.id, payment.amount);
    const [after] = (await usersOf(`?query=${userIdOf(amina)}`)).data;
    expect(after?.credits).toMatchObject({ balance: 0, owed: 20, on_hold: true });
  });

  it("are listed page by page, the newest first, each once", async () => {
    for (let count = 0; count < 3; count += 1) await signUp();
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof usersOf>> = await usersOf(
        `?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    const { results } = await env.DB.prepare("SELECT id FROM users ORDER BY created_at_ms DESC, id DESC").all<{
      id: string;
    }>();
    expect(seen).toEqual(results.map(({ id }) => id));
    readProblem(await operator.get("/api/admin/users?cursor=nonsense"), "validation_failed");
  });
});

/** Uses up credits as a video would. */
async function spend(tenant: Tenant, credits: number): Promise<void> {
  const ledger = newContext().deps.ledger(await tenantIdOf(tenant));
  const usage = { images: 0, speech_seconds: 0, render_seconds: 0 };
  const id = `vid_spent_${userIdOf(tenant)}_${credits}`;
  await ledger.hold({ id, credits, plan: "enterprise", description: "Video", usage });
  await ledger.capture({ holdId: id, credits, usage });
}

async function takeBack(paymentId: string, amount: number): Promise<void> {
  const claim = { id: `re_${paymentId}`, kind: "refund", amount, state: "taken", providerStatus: "succeeded" } as const;
  await recordClaim(newContext(), await requirePaymentRow(paymentId), claim);
}

describe("giving and taking credits", () => {
  newOperator();
  const adjust = (tenant: Tenant, amount: number, headers: Record<string, string> = {}) =>
    operator.post(`/api/admin/users/${userIdOf(tenant)}/credits`, { amount, reason: "a broken video" }, headers);

  it("moves the balance, tells the user why, and is written down with who and how much", async () => {
    const amina = await signUp();
    expect(read(await adjust(amina, 25), 200, adjustedAnswer)).toEqual({
      user_id: userIdOf(amina),
      amount: 25,
      balance: 35,
    });
    expect(read(await adjust(amina, -5), 200, adjustedAnswer).balance).toBe(30);
    expect((await readMoney(amina)).amounts).toEqual([10, 25, -5]);
    const { data } = read(await amina.get("/api/credits/transactions?type=adjustment"), 200, transactionsAnswer);
    expect(data.map(({ description }) => description)).toEqual(["a broken video", "a broken video"]);
    const rows = (await auditOf(`?action=credits.adjusted&tenant_id=${await tenantIdOf(amina)}`)).data;
    expect(rows.map(({ actor, target, details }) => ({ actor, target, ...details }))).toEqual(
      [
        [-5, 30],
        [25, 35],
      ].map(([amount, balance]) => ({
        actor: userIdOf(operator),
        target: userIdOf(amina),
        amount,
        balance,
        reason: "a broken video",
        id: expect.stringMatching(/^adj_\w{26}$/),
      })),
    );
  });

  it("never takes more than can be spent: ten at once take what is there", async () => {
    const amina = await signUp();
    expect(readProblem(await adjust(amina, -11), "insufficient_credits")).toMatchObject({ needed: 11, available: 10 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => adjust(amina, -3)));
    expect(replies.map(({ status }) => status).sort()).toEqual([
      200,
      200,
      200,
      ...Array.from({ length: 7 }, () => 402),
    ]);
    expect(await readMoney(amina)).toMatchObject({ balance: 1 });
  });

  it("does a repeat once, whatever died in between, and the key is not another user's", async () => {
    const [amina, juma] = [await signUp(), await signUp()];
    const headers = { "Idempotency-Key": `adjust-${userIdOf(amina)}` };
    expect((await adjust(amina, 7, headers)).status).toBe(200);
    const again = await adjust(amina, 7, headers);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    // The answer was never kept, as after a crash: the ledger knows the id.
    await env.DB.prepare("DELETE FROM idempotency_keys").run();
    expect(read(await adjust(amina, 7, headers), 200, adjustedAnswer).balance).toBe(17);
    await env.DB.prepare("DELETE FROM idempotency_keys").run();
    readProblem(await adjust(amina, 8, headers), "idempotency_key_reused");
    expect(await readMoney(amina)).toMatchObject({ balance: 17 });
    expect(await readMoney(juma)).toMatchObject({ balance: 10 });
  });

  it.each([
    [{ amount: 0, reason: "nothing" }, "/amount"],
    [{ amount: 1.5, reason: "a half" }, "/amount"],
    [{ amount: 1_000_001, reason: "too much" }, "/amount"],
    [{ amount: 1, reason: "  a " }, "/reason"],
    [{ amount: 1 }, "/reason"],
    [{ amount: 1, reason: "more", tenant: "ten_1" }, "/tenant"],
  ])("refuses %j", async (body, pointer) => {
    const amina = await signUp();
    expect(readPointers(await operator.post(`/api/admin/users/${userIdOf(amina)}/credits`, body))).toEqual([pointer]);
    expect(await readMoney(amina)).toMatchObject({ balance: 10 });
  });

  it.each(["usr_00000000000000000000000000", "usr_1", "nobody"])("to %s is to nobody", async (id) => {
    for (const [path, body] of [
      ["credits", { amount: 1, reason: "for luck" }],
      ["waive", { reason: "for luck" }],
      ["plan", { plan: "pro", reason: "for luck" }],
    ] as const)
      readProblem(await operator.post(`/api/admin/users/${id}/${path}`, body), "not_found");
  });

  it("forgives what is owed, so that credits can be spent again", async () => {
    const amina = await signUp();
    const payment = await payFor(amina);
    await spend(amina, 45);
    await takeBack(payment.id, payment.amount);
    readProblem(await amina.post("/api/videos", { prompt: "A day", scenes: 1 }), "account_on_hold");
    const waive = () => operator.post(`/api/admin/users/${userIdOf(amina)}/waive`, { reason: "a mistake of ours" });
    expect(read(await waive(), 200, waivedAnswer).waived).toBe(35);
    expect(read(await waive(), 200, waivedAnswer).waived).toBe(0);
    read(await adjust(amina, 10), 200, adjustedAnswer);
    expect(await readMoney(amina)).toMatchObject({ balance: 10 });
    await makeVideo(amina, "plain", 1);
    const rows = (await auditOf(`?action=credits.waived&tenant_id=${await tenantIdOf(amina)}`)).data;
    expect(rows.map(({ details }) => details?.amount)).toEqual([0, 35]);
  });
});

describe("giving a plan", () => {
  newOperator();
  const give = (tenant: Tenant, body: object) => operator.post(`/api/admin/users/${userIdOf(tenant)}/plan`, body);

  it("is on at once and until then, and is told by whom", async () => {
    const nowMs = Date.UTC(2037, 1, 1);
    const amina = await signUp();
    const until = new Date(nowMs).toISOString();
    const given = read(await give(amina, { plan: "enterprise", until, reason: "a pilot" }), 200, adminUserAnswer);
    expect(given.tenant.plan).toBe("enterprise");
    const subscription = JSON.parse((await amina.get("/api/billing/subscription")).text);
    expect(subscription).toMatchObject({
      plan: "enterprise",
      status: "active",
      current_period_end: until,
      cancel_at_period_end: true,
      provider: "operator",
    });
    const endless = read(await give(amina, { plan: "premium", reason: "for good" }), 200, adminUserAnswer);
    expect(endless.tenant.plan).toBe("premium");
    expect(JSON.parse((await amina.get("/api/billing/subscription")).text)).toMatchObject({
      current_period_end: null,
      cancel_at_period_end: false,
    });
    const ended = read(await give(amina, { plan: "free", reason: "the pilot is over" }), 200, adminUserAnswer);
    expect(ended.tenant.plan).toBe("free");
    const rows = (await auditOf(`?action=plan.given&tenant_id=${await tenantIdOf(amina)}`)).data;
    expect(rows.map(({ details, actor }) => [actor, details?.plan, details?.reason])).toEqual([
      [userIdOf(operator), "free", "the pilot is over"],
      [userIdOf(operator), "premium", "for good"],
      [userIdOf(operator), "enterprise", "a pilot"],
    ]);
  });

  it("with an end that is past, or none of the plans, is refused", async () => {
    const amina = await signUp();
    const past = { plan: "pro", until: "2020-01-01T00:00:00Z", reason: "too late" };
    expect(readPointers(await give(amina, past))).toEqual(["/until"]);
    expect(readPointers(await give(amina, { plan: "gold", reason: "no such" }))).toEqual(["/plan"]);
  });
});

describe("payments", () => {
  newOperator();
  let amina: Tenant;
  beforeAll(async () => {
    amina = await signUp();
  });

  it("are found by what anybody calls them, by provider, state and whether a person has to look", async () => {
    const paid = await payFor(amina, { ...starterByPhone, phone: "254799000001", receipt: "UZZ9RECEIPT" });
    const waiting = await writePayment(amina, {
      paymentIntentId: `pi_${paid.id}`,
      attention: "Stripe says USD 1.00, and the order USD 9.99",
    });
    const failed = await writePayment(amina, { state: "failed", failureCode: "card_declined" });
    const expired = await writePayment(amina, { state: "expired" });
    const ids = async (query: string) => (await paymentsOf(`?limit=100&${query}`)).data.map(({ id }) => id);
    const mine = `query=${encodeURIComponent(amina.email)}`;
    expect(await ids(mine)).toEqual([expired.id, failed.id, waiting.id, paid.id]);
    for (const query of [paid.id, "uzz9receipt", "254799000001"])
      expect(await ids(`query=${query}`)).toContain(paid.id);
    expect(await ids(`query=pi_${paid.id}`)).toEqual([waiting.id]);
    expect(await ids(`${mine}&provider=mpesa`)).toEqual([paid.id]);
    expect(await ids(`${mine}&attention=true`)).toEqual([waiting.id]);
    expect(await ids(`${mine}&attention=false`)).toEqual([expired.id, failed.id, paid.id]);
    const byStatus = { pending: waiting, paid, failed, expired };
    for (const [status, payment] of Object.entries(byStatus))
      expect(await ids(`${mine}&status=${status}`)).toEqual([payment.id]);

    await takeBack(paid.id, paid.amount);
    expect(await ids(`${mine}&status=paid`)).toEqual([]);
    expect(await ids(`${mine}&status=refunded`)).toEqual([paid.id]);
    const dispute = {
      kind: "dispute",
      amount: paid.amount,
      state: "frozen",
      providerStatus: "needs_response",
    } as const;
    await recordClaim(newContext(), await requirePaymentRow(paid.id), { id: `dp_${paid.id}`, ...dispute });
    expect(await ids(`${mine}&status=refunded`)).toEqual([]);
    expect(await ids(`${mine}&status=disputed`)).toEqual([paid.id]);
    const answer = (await paymentsOf(`?query=${paid.id}`)).data.find(({ id }) => id === paid.id);
    expect(answer).toMatchObject({ tenant_id: await tenantIdOf(amina), user_id: userIdOf(amina), status: "disputed" });
    expect(answer?.claims.map(({ id, state, is_settled }) => [id, state, is_settled])).toEqual([
      [`re_${paid.id}`, "taken", true],
      [`dp_${paid.id}`, "frozen", true],
    ]);
  });

  it("of many are read page by page", async () => {
    const many = await signUp();
    for (let count = 0; count < 5; count += 1) await writePayment(many);
    const query = `query=${encodeURIComponent(many.email)}&limit=2`;
    const first = await paymentsOf(`?${query}`);
    const second = await paymentsOf(`?${query}&cursor=${first.next_cursor}`);
    const third = await paymentsOf(`?${query}&cursor=${second.next_cursor}`);
    expect([first, second, third].map(({ data }) => data.length)).toEqual([2, 2, 1]);
    expect(third.next_cursor).toBeNull();
    expect(new Set([first, second, third].flatMap(({ data }) => data.map(({ id }) => id))).size).toBe(5);
  });

  it("are taken off the list of those to look at, with a note of who and why, once", async () => {
    const payment = await writePayment(amina, { attention: "the amounts differ" });
    const resolve = () => operator.post(`/api/admin/payments/${payment.id}/resolve`, { note: "asked the payer" });
    for (let count = 0; count < 2; count += 1)
      expect(read(await resolve(), 200, adminPaymentEnvelope).payment).toMatchObject({
        id: payment.id,
        attention: null,
      });
    const rows = (await auditOf("?action=payment.resolved")).data.filter(({ target }) => target === payment.id);
    expect(rows.map(({ actor, details }) => ({ actor, ...details }))).toEqual([
      { actor: userIdOf(operator), note: "asked the payer", attention: "the amounts differ" },
    ]);
    const nobody = await operator.post("/api/admin/payments/pay_00000000000000000000000000/resolve", { note: "none" });
    readProblem(nobody, "not_found");
  });

  it("are refunded through Stripe, in part and then the rest, and never more", async () => {
    const juma = await signUp();
    const id = await payByCard(juma);
    const refund = (body: object, headers = {}) => operator.post(`/api/admin/payments/${id}/refund`, body, headers);
    const part = read(await refund({ amount: 333, reason: "a part" }), 200, adminPaymentEnvelope).payment;
    expect(part).toMatchObject({ status: "paid", refunded_amount: 333 });
    // 333 of 999 cents are a third of 50 credits, rounded down.
    expect(await readMoney(juma)).toMatchObject({ balance: 44 });
    readProblem(await refund({ amount: 667, reason: "too much" }), "not_refundable");
    const headers = { "Idempotency-Key": `refund-${id}` };
    for (let count = 0; count < 2; count += 1) {
      const rest = read(await refund({ reason: "the rest" }, headers), 200, adminPaymentEnvelope).payment;
      expect(rest).toMatchObject({ status: "refunded", refunded_amount: 999 });
      await env.DB.prepare("DELETE FROM idempotency_keys").run();
    }
    expect(await readMoney(juma)).toMatchObject({ balance: 10 });
    readProblem(await refund({ reason: "once more" }), "not_refundable");
    const rows = (await auditOf(`?action=payment.refund&tenant_id=${await tenantIdOf(juma)}`)).data;
    expect(rows.map(({ actor, details }) => [actor, details?.amount, details?.reason]).slice(-2)).toEqual([
      [userIdOf(operator), 666, "the rest"],
      [userIdOf(operator), 333, "a part"],
    ]);
  });
});

describe("what is stuck", () => {
  newOperator();
  it("is what has waited too long, and nothing that is on its way", async () => {
    const nowMs = Date.UTC(2037, 5, 1);
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const old = nowMs - 5 * 60_000 - 1;
    const event = (id: string, receivedAtMs: number, handledAtMs: number | null) =>
      env.DB.prepare(
        "INSERT INTO provider_events (id, provider, type, body, received_at_ms, next_try_at_ms, handled_at_ms) VALUES (?, 'stripe', 'charge.refunded', '{}', ?, ?, ?)",
      ).bind(id, receivedAtMs, receivedAtMs + 1, handledAtMs);
    const stray = (receipt: string, resolution: string | null) =>
      env.DB.prepare("INSERT INTO stray_receipts VALUES (?, 5000, 'ACC', ?, ?, ?)").bind(receipt, old, old, resolution);
    await env.DB.batch([
      event("evt_old", old, null),
      event("evt_young", nowMs, null),
      event("evt_done", old, old),
      stray("STRAY1", null),
      stray("STRAY2", "sent back"),
    ]);
    const unfulfilled = await writePayment(amina, { state: "paid", paidAtMs: old });
    const young = await writePayment(amina, { state: "paid", paidAtMs: nowMs });
    const looked = await writePayment(amina, { attention: "a success that the query denies", createdAtMs: old });
    await env.DB.prepare(
      "INSERT INTO payment_claims (id, payment_id, tenant_id, kind, amount, state, provider_status, created_at_ms, updated_at_ms) VALUES ('re_stuck', ?, ?, 'refund', 1, 'taken', 'succeeded', ?, ?)",
    )
      .bind(unfulfilled.id, unfulfilled.tenantId, old, old)
      .run();
    const waiting = await submit(amina, "plain", 1);
    const ended = await submit(amina, "plain", 1);
    const fresh = await submit(amina, "plain", 1);
    await env.DB.batch([
      env.DB.prepare("UPDATE videos SET created_at_ms = ? WHERE id = ?").bind(nowMs - 15 * 60_000 - 1, waiting.id),
      env.DB.prepare("UPDATE videos SET status = 'failed', finished_at_ms = ? WHERE id = ?").bind(old, ended.id),
      env.DB.prepare("UPDATE videos SET created_at_ms = ? WHERE id = ?").bind(nowMs, fresh.id),
    ]);
    const signedIn = await at(operator, nowMs);
    const stuck = read(await signedIn.get("/api/admin/stuck"), 200, stuckAnswer);
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    expect(stuck.events).toMatchObject({ count: 1, data: [{ id: "evt_old", type: "charge.refunded" }] });
    expect(idsOf(stuck.unfulfilled)).toContain(unfulfilled.id);
    expect(idsOf(stuck.unfulfilled)).not.toContain(young.id);
    expect(idsOf(stuck.attention)).toContain(looked.id);
    expect(stuck.attention.count).toBe(stuck.attention.data.length);
    expect(idsOf(stuck.unsettled_claims)).toEqual(["re_stuck"]);
    expect(stuck.stray_receipts).toMatchObject({ count: 1, data: [{ receipt: "STRAY1", amount: 5000 }] });
    expect(idsOf(stuck.unsettled_videos)).toEqual([ended.id]);
    expect(idsOf(stuck.waiting_videos)).toContain(waiting.id);
    expect(idsOf(stuck.waiting_videos)).not.toContain(fresh.id);
  });
});

describe("videos and the audit log", () => {
  newOperator();
  it("lists everybody's videos, by status", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id } = await submit(amina, "plain", 1);
    const listed = async (query: string) =>
      read(await operator.get(`/api/admin/videos?limit=100&${query}`), 200, adminVideosAnswer).data;
    expect(await listed("status=queued")).toContainEqual(
      expect.objectContaining({ id, tenant_id: await tenantIdOf(amina), user_id: userIdOf(amina), status: "queued" }),
    );
    expect((await listed("status=succeeded")).map((video) => video.id)).not.toContain(id);
    await amina.call("DELETE", `/api/videos/${id}`);
    expect((await listed("status=cancelled")).find((video) => video.id === id)?.deleted_at).not.toBeNull();
  });

  it("lists changes by tenant, actor and action, or the first part of one", async () => {
    const amina = await signUp();
    await payFor(amina);
    const tenant = `tenant_id=${await tenantIdOf(amina)}`;
    const actions = async (query: string) => (await auditOf(`?${tenant}&${query}`)).data.map(({ action }) => action);
    expect(await actions("")).toEqual(["payment.paid", "account.sign_up"]);
    expect(await actions("action=account.sign_up")).toEqual(["account.sign_up"]);
    expect(await actions("action=account")).toEqual(["account.sign_up"]);
    expect(await actions("action=acc")).toEqual([]);
    expect(await actions("actor=system")).toEqual(["payment.paid"]);
    expect(await actions(`actor=${userIdOf(amina)}`)).toEqual([]);
    const page = await auditOf(`?${tenant}&limit=1`);
    expect((await auditOf(`?${tenant}&limit=1&cursor=${page.next_cursor}`)).data).toMatchObject([
      { action: "account.sign_up" },
    ]);
  });
});

describe("stats", () => {
  newOperator();
  it("add up: users, videos, credits, payments and what they earned, also by day", async () => {
    const nowMs = Date.UTC(2038, 2, 15, 12);
    // Of earlier tests: copies that are still to come must not come in between.
    await drainAll();
    const before = await statsOf(nowMs);
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs - 29 * dayMs });
    const juma = await signUp();
    await payFor(juma, { ...starterByPhone, phone: "254799000077" });
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
    const amina = await signUp();
    const card = await payFor(amina);
    await takeBack(card.id, 4_99);
    const other = await payFor(amina);
    const dispute = { kind: "dispute", amount: other.amount, state: "taken", providerStatus: "lost" } as const;
    await recordClaim(newContext(), await requirePaymentRow(other.id), { id: `dp_${other.id}`, ...dispute });
    await writePayment(amina, { state: "failed" });
    await makeVideo(amina, "plain", 1);
    await drainAll();
    const after = await statsOf(nowMs);

    const more = (name: (stats: typeof after) => number | undefined) => (name(after) ?? 0) - (name(before) ?? 0);
    expect(more(({ users }) => users.total)).toBe(2);
    expect(after.users.new_today).toBe(1);
    expect(more(({ videos }) => videos.succeeded)).toBe(1);
    expect(more(({ payments }) => payments.paid)).toBe(3);
    expect(more(({ payments }) => payments.failed)).toBe(1);
    expect(more(({ credits }) => credits.bought)).toBe(150);
    expect(more(({ credits }) => credits.given)).toBe(20);
    expect(more(({ credits }) => credits.spent)).toBe(1);
    // 24 of the 50 by the refund, and all 50 by the dispute.
    expect(more(({ credits }) => credits.taken)).toBe(74);
    const earned = (provider: string) => (stats: typeof after) => {
      const row = stats.revenue.find((one) => one.provider === provider);
      return row === undefined ? 0 : row.paid - row.returned;
    };
    expect(more(earned("stripe"))).toBe(5_00);
    expect(more(earned("mpesa"))).toBe(1250_00);

    expect(after.days).toHaveLength(30);
    expect(after.days.at(-1)).toEqual({
      date: "2038-03-15",
      new_users: 1,
      videos: 1,
      credits_spent: 1,
      payments: 2,
      revenue: [{ provider: "stripe", currency: "USD", paid: 19_98, returned: 14_98 }],
    });
    expect(after.days[0]).toMatchObject({
      date: "2038-02-14",
      new_users: 1,
      payments: 1,
      revenue: [{ provider: "mpesa", currency: "KES", paid: 1250_00, returned: 0 }],
    });
    expect(after.days[14]).toEqual({
      date: "2038-02-28",
      new_users: 0,
      videos: 0,
      credits_spent: 0,
      payments: 0,
      revenue: [],
    });
  });

  async function statsOf(nowMs: number) {
    const signedIn = await at(operator, nowMs);
    return read(await signedIn.get("/api/admin/stats"), 200, statsAnswer);
  }
  async function drainAll(): Promise<void> {
    const { results } = await env.DB.prepare("SELECT id FROM tenants").all<{ id: string }>();
    for (const { id } of results) await newContext().deps.ledger(id).drainOutbox();
  }
});
