/** Any process may be killed at any moment: the video finishes or is given back, once. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Account } from "../support/account.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

const body = { prompt: "A farmer in Nakuru sells maize by phone", scenes: 2, vertical: true };
const isRendering = (video: Record<string, unknown>) => video.status === "rendering" && Number(video.progress) > 30;

/** One video, paid once: finished at the price of its length, or given back whole. */
async function expectSettledOnce(account: Account, id: string): Promise<void> {
  const video = await account.waitFor(id);
  const { balance, held } = await account.balance();
  const amounts = await account.amounts();
  expect(held).toBe(0);
  expect(amounts.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
  expect(amounts.filter(({ type }) => type === "usage")).toHaveLength(1);
  expect(amounts.filter(({ type }) => type === "refund").length).toBeLessThanOrEqual(1);
  const { duration } = (video.output ?? { duration: 0 }) as { duration: number };
  expect(video.status).toBe("succeeded");
  expect(balance).toBe(10 - Math.max(1, Math.ceil((5 * duration) / 60)));
  const file = await fetch(String((video.output as { url: string }).url));
  expect(file.status).toBe(200);
  await file.body?.cancel();
}

async function withProduct(run: (product: Product, stateDir: string) => Promise<Product>): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-kill-"));
  let product = await startProduct({ stateDir });
  try {
    product = await run(product, stateDir);
  } finally {
    await product.stop();
    await removeState(stateDir);
  }
}

test("everything is killed in the middle of a render, and started again", async () => {
  await withProduct(async (first, stateDir) => {
    const account = await Account.signUp(first.url);
    const { body: accepted } = await account.send("POST", "/api/videos", body);
    const id = String(accepted.id);
    await account.waitFor(id, isRendering);
    await first.kill();
    const second = await startProduct({ stateDir, port: Number(new URL(first.url).port) });
    await expectSettledOnce(account, id);
    return second;
  });
});

test("the worker is killed in the middle of a render", async () => {
  await withProduct(async (product) => {
    const account = await Account.signUp(product.url);
    const { body: accepted } = await account.send("POST", "/api/videos", body);
    const id = String(accepted.id);
    await account.waitFor(id, isRendering);
    process.kill((await product.pids()).workerd, "SIGKILL");
    await expectSettledOnce(account, id);
    return product;
  });
});

test("the renderer is killed in the middle of a render", async () => {
  await withProduct(async (product) => {
    const account = await Account.signUp(product.url);
    const { body: accepted } = await account.send("POST", "/api/videos", body);
    const id = String(accepted.id);
    await account.waitFor(id, isRendering);
    process.kill((await product.pids()).renderer, "SIGKILL");
    await expectSettledOnce(account, id);
    return product;
  });
});
