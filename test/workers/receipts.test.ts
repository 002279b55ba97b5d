import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { paymentAnswer } from "../../src/contract/payments.ts";
import { recordClaim } from "../../src/core/payments/settle-claim.ts";
import { toPaymentAnswer } from "../../src/core/payments/to-wire.ts";
import { dayMs } from "../../src/core/plans/plans.ts";
import {
  newClient,
  newEmail,
  password,
  readPointers,
  readProblem,
  signUp,
  type Tenant,
} from "../support/api-client.ts";
import { at } from "../support/later.ts";
import { newContext, payFor, requirePaymentRow, starterByPhone, writePayment } from "../support/payment-rows.ts";

afterEach(() => vi.useRealTimers());

const receiptPath = ({ id }: { id: string }) => `/api/payments/${id}/receipt`;
/** What a reader sees: the words between the tags, the entities read. */
function textOf(page: string): string {
  const body = page.slice(page.indexOf("<body>"));
  const words = body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  return words
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

let phones = 0;
function newPhone(): string {
  phones += 1;
  return `25471${String(phones).padStart(7, "0")}`;
}
const byPhone = () => ({ ...starterByPhone, phone: newPhone() });

async function open(tenant: Tenant, payment: { id: string }, query = ""): Promise<string> {
  const reply = await tenant.get(`${receiptPath(payment)}${query}`);
  expect(reply.status, reply.text).toBe(200);
  expect(reply.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
  return reply.text;
}

describe("a receipt", () => {
  it("says who bought what from whom, for how much, by what and when, in UTC and in Nairobi", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2036, 11, 31, 22, 5) });
    const amina = await signUp();
    const payment = await payFor(amina, {
      ...byPhone(),
      phone: "254712345678",
      packageId: "business",
      credits: 500,
      bonus: 50,
      amount: 10_000_00,
      receipt: "UAB1CD2EF3",
    });
    const text = textOf(await open(amina, payment));
    expect(text).toContain(`Receipt no. ${payment.id}`);
    expect(text).toContain(`Billed to ${amina.email}`);
    expect(text).toContain("Seller Shujaa Studio https://studio.test");
    expect(text).toContain("Business package: 500 credits and 50 bonus credits KES 10,000.00");
    expect(text).toContain("Total paid KES 10,000.00");
    expect(text).toContain("Paid by M-Pesa M-Pesa receipt UAB1CD2EF3 Phone +254712345678");
    expect(text).toContain("Paid on 31 December 2036, 22:05 UTC (1 January 2037, 01:05 in Nairobi)");
    expect(text).not.toContain("Refunded");
  });

  it.each([
    [{ purpose: "amount", packageId: null, credits: 1, amount: 20 }, "1 credit USD 0.20"],
    [{ purpose: "amount", packageId: null, credits: 10_000, amount: 2_000_00 }, "10000 credits USD 2,000.00"],
    [{ receipt: "ch_1" }, "Paid by Card (Stripe) Charge ch_1"],
    [{ purpose: "plan", packageId: null, plan: "pro", credits: 0, amount: 7_99 }, "Pro plan, one month USD 7.99"],
    [
      { ...starterByPhone, purpose: "plan", packageId: null, plan: "premium", credits: 0, amount: 2_500_00 },
      "Premium plan, 30 days KES 2,500.00",
    ],
    [{ ...starterByPhone, phone: "254700000009" }, "M-Pesa receipt Not told by M-Pesa yet"],
    [{ amount: 0, purpose: "plan", packageId: null, plan: "pro", credits: 0 }, "Total paid USD 0.00"],
  ] as const)("of %j says: %s", async (fields, words) => {
    const amina = await signUp();
    const payment = await payFor(amina, { ...fields });
    expect(textOf(await open(amina, payment))).toContain(words);
  });

  it("tells of a refund in part, and then of all of it", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2036, 5, 1, 12) });
    const amina = await signUp();
    const payment = await payFor(amina);
    const refund = async (id: string, amount: number, state: "taken" | "returned" = "taken") =>
      recordClaim(newContext(), await requirePaymentRow(payment.id), {
        id: `${id}_${payment.id}`,
        kind: "refund",
        amount,
        state,
        providerStatus: "succeeded",
      });
    // One that did not go through is none.
    await refund("re_0", 1_23, "returned");
    expect(textOf(await open(amina, payment))).not.toMatch(/refund/i);
    await refund("re_1", 5_00);
    const part = textOf(await open(amina, payment));
    expect(part).toMatch(/^ Receipt Partly refunded/);
    expect(part).toContain("Refunded on 1 June 2036, 12:00 UTC (15:00 in Nairobi) −USD 5.00");
    expect(part).toContain("Total after refunds USD 4.99");
    await refund("re_2", 4_99);
    const all = textOf(await open(amina, payment));
    expect(all).toMatch(/^ Receipt Refunded/);
    expect(all).toContain("Total after refunds USD 0.00");
  });

  it("of a payment that is disputed says so, and not that it was refunded", async () => {
    const amina = await signUp();
    const payment = await payFor(amina);
    const dispute = { kind: "dispute", amount: payment.amount, state: "taken", providerStatus: "lost" } as const;
    await recordClaim(newContext(), payment, { id: `dp_${payment.id}`, ...dispute });
    const text = textOf(await open(amina, payment));
    expect(text).toMatch(/^ Receipt Disputed/);
    expect(text).not.toMatch(/refund/i);
  });

  it("is to be had in Swahili", async () => {
    const amina = await signUp();
    const payment = await payFor(amina, byPhone());
    const page = await open(amina, payment, "?lang=sw");
    expect(page).toContain('<html lang="sw">');
    expect(textOf(page)).toMatch(/^ Risiti Imelipwa .*Kifurushi cha Starter: Salio 50 KES 1,250\.00/);
    expect(readPointers(await amina.get(`${receiptPath(payment)}?lang=fr`))).toEqual(["/lang"]);
  });

  it("runs nothing, loads nothing, and shows as text whatever a person has put into it", async () => {
    const name = `<script>alert(1)</script> "O'Neil" & Sons`;
    const body = { email: newEmail(), password, name };
    const session = JSON.parse((await newClient().post("/api/auth/signup", body)).text);
    const client = newClient({ token: session.access_token });
    const amina: Tenant = { ...client, session, email: body.email, token: session.access_token };
    const payment = await payFor(amina, { ...byPhone(), receipt: '<img src=x onerror="alert(2)">' });
    const reply = await amina.get(receiptPath(payment));
    const tags = (reply.text.match(/<[^>]+>/g) ?? []).map((tag) => tag.toLowerCase());
    expect(tags.length).toBeGreaterThan(40);
    expect(
      tags.filter((tag) => /^<(script|img|link|iframe|a|form|base)\b|\s(on\w+|style|src|href)=/.test(tag)),
    ).toEqual([]);
    expect(textOf(reply.text)).toContain(name);
    const policy = reply.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'/);
    // The policy allows this style and no other.
    const style = /<style>([\s\S]*?)<\/style>/.exec(reply.text)?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    expect(policy).toContain(btoa(String.fromCharCode(...new Uint8Array(digest))));
    expect(reply.headers.get("Cache-Control")).toBe("no-store");
    expect(reply.headers.get("X-Frame-Options")).toBe("DENY");
  });
});

describe("who sees a receipt", () => {
  let amina: Tenant;
  let juma: Tenant;
  beforeAll(async () => {
    [amina, juma] = [await signUp(), await signUp()];
  });

  it("is its owner, and nobody else", async () => {
    const payment = await payFor(amina);
    await open(amina, payment);
    readProblem(await juma.get(receiptPath(payment)), "not_found");
    readProblem(await newClient().get(receiptPath(payment)), "unauthenticated");
    readProblem(await amina.get("/api/payments/pay_00000000000000000000000000/receipt"), "not_found");
    readProblem(await amina.get("/api/payments/pay_1/receipt"), "not_found");
  });

  it("and whoever has the link of the payment, which opens that receipt alone and for a week", async () => {
    const nowMs = Date.UTC(2036, 7, 1, 9);
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
    const payment = await payFor(amina);
    const other = await payFor(amina);
    const answer = paymentAnswer.parse(await toPaymentAnswer(newContext(), payment));
    const link = answer.receipt_url ?? "";
    expect(link).toMatch(/^\/api\/payments\/pay_\w{26}\/receipt\?expires=\d+&signature=/);
    const visitor = newClient();
    const opened = await visitor.get(link);
    expect(opened.status).toBe(200);
    expect(textOf(opened.text)).toContain(amina.email);
    expect((await visitor.get(`${link}&lang=sw`)).text).toContain("Risiti");
    readProblem(await visitor.get(link.replace(payment.id, other.id)), "unauthenticated");
    readProblem(await visitor.get(link.replace(/expires=\d+/, `expires=${nowMs + 400 * dayMs}`)), "unauthenticated");
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs + 7 * dayMs });
    expect((await visitor.get(link)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs + 8 * dayMs });
    readProblem(await visitor.get(link), "unauthenticated");
    await open(await at(amina, nowMs + 8 * dayMs), payment);
  });

  it("is nobody while it is not paid", async () => {
    const waiting = await writePayment(await signUp());
    const owner = await signUp();
    const own = await writePayment(owner, { ...byPhone(), state: "pending" });
    readProblem(await owner.get(receiptPath(own)), "payment_not_paid");
    readProblem(await owner.get(receiptPath(waiting)), "not_found");
    for (const state of ["created", "confirming", "failed", "expired"] as const) {
      const payment = await writePayment(owner, { state, phone: newPhone(), provider: "mpesa", currency: "KES" });
      readProblem(await owner.get(receiptPath(payment)), "payment_not_paid");
    }
  });

  it("stays when the account is gone", async () => {
    const gone = await signUp();
    const payment = await payFor(gone);
    await env.DB.prepare("UPDATE payments SET user_id = 'usr_00000000000000000000000000' WHERE id = ?")
      .bind(payment.id)
      .run();
    expect(textOf(await open(gone, payment))).toContain("An account that was closed");
  });
});
