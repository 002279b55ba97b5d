/** Money over the whole stack of processes, with Stripe and M-Pesa as servers of their own; processes are killed on the way. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort } from "../../src/cli/processes.ts";
import { type ServedDaraja, serve as serveDaraja } from "../stand-ins/daraja/serve.ts";
import { type ServedStripe, serve as serveStripe } from "../stand-ins/stripe/serve.ts";
import { Account } from "../support/account.ts";
import { darajaKeys, paymentVariables, stripeKeys } from "../support/payment-settings.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

let stripe: ServedStripe;
let daraja: ServedDaraja;
let product: Product;
let stateDir: string;
let port: number;

const start = () => startProduct({ stateDir, port, variables: paymentVariables(stripe.origin, daraja.origin) });

beforeAll(async () => {
  port = await findFreePort("127.0.0.1");
  stateDir = await mkdtemp(join(tmpdir(), "shujaa-payments-"));
  stripe = await serveStripe({
    port: 0,
    secretKey: stripeKeys.secretKey,
    webhookSecrets: [stripeKeys.webhookSecret],
    webhookUrl: `http://127.0.0.1:${port}/api/payments/webhook`,
    mode: "automatic",
  });
  daraja = await serveDaraja({ port: 0, ...darajaKeys });
  product = await start();
});

afterAll(async () => {
  await product?.stop();
  await stripe?.close();
  await daraja?.close();
  await removeState(stateDir);
});

async function untilBalance(account: Account, balance: number, limitMs = 60_000): Promise<void> {
  const untilMs = Date.now() + limitMs;
  for (;;) {
    const seen = await account.balance().catch(() => null);
    if (seen?.balance === balance) return;
    if (Date.now() > untilMs) throw new Error(`the balance is still ${seen?.balance}, not ${balance}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function orderByCard(account: Account): Promise<string> {
  const { status, body } = await account.send("POST", "/api/payments/create-intent", { package_id: "starter" });
  expect(status).toBe(201);
  return String(body.payment_intent_id);
}

async function expectProven(account: Account): Promise<void> {
  const { body } = await account.send("GET", "/api/credits/statement");
  expect(body).toMatchObject({ proven: true, differences: [] });
}

test("a package by card: the webhook credits it, and a refund and a dispute take their shares", async () => {
  const account = await Account.signUp(product.url);
  const paymentIntent = await orderByCard(account);
  stripe.standIn.payIntent({ paymentIntent });
  await untilBalance(account, 60);
  stripe.standIn.refund({ paymentIntent, amount: 500 });
  await untilBalance(account, 35);
  const { id: dispute } = stripe.standIn.openDispute({ paymentIntent });
  await untilBalance(account, 10);
  stripe.standIn.closeDispute({ dispute, status: "won" });
  await untilBalance(account, 35);
  await expectProven(account);
});

test("a package by phone: the callback credits it once; a cancelled prompt costs nothing", async () => {
  const account = await Account.signUp(product.url);
  const order = { package_id: "starter", phone_number: "0712 345 678" };
  expect((await account.send("POST", "/api/payments/mpesa", order)).status).toBe(202);
  daraja.daraja.setDefaultCallbackMode(["twice"]);
  daraja.daraja.decide("254712345678", "paid");
  await untilBalance(account, 60);
  const { body } = await account.send("POST", "/api/payments/mpesa", { ...order, phone_number: "0711 111 111" });
  daraja.daraja.decide("254711111111", "cancelled");
  await expect
    .poll(async () => (await account.send("GET", `/api/payments/${body.payment_id}`)).body, {
      timeout: 30_000,
      interval: 300,
    })
    .toMatchObject({ status: "failed", failure: { code: "1032", message: expect.stringContaining("othing") } });
  await untilBalance(account, 60);
  await expectProven(account);
});

test("the worker is killed as the money moves: it is credited once, by whichever gets there first", async () => {
  const account = await Account.signUp(product.url);
  const paymentIntent = await orderByCard(account);
  const phone = "254722000000";
  expect((await account.send("POST", "/api/payments/mpesa", { amount: 250, phone_number: phone })).status).toBe(202);
  process.kill((await product.pids()).workerd, "SIGKILL");
  stripe.standIn.payIntent({ paymentIntent });
  daraja.daraja.setDefaultCallbackMode(["normal"]);
  daraja.daraja.decide(phone, "paid");
  // Stripe sends its webhook again; M-Pesa does not: if the callback met nobody, the ladder asks after 75 s.
  await untilBalance(account, 70, 150_000);
  await expectProven(account);
});

test("everything is killed after the payment and started again: nothing is lost, nothing comes twice", async () => {
  const account = await Account.signUp(product.url);
  const paymentIntent = await orderByCard(account);
  await product.kill();
  stripe.standIn.payIntent({ paymentIntent });
  product = await start();
  expect(
    (await account.send("POST", "/api/payments/confirm", { payment_intent_id: paymentIntent })).body,
  ).toMatchObject({
    payment: { status: "paid", credits: 50 },
  });
  await untilBalance(account, 60);
  expect((await account.amounts()).filter(({ type }) => type === "purchase")).toHaveLength(1);
  await expectProven(account);
});
