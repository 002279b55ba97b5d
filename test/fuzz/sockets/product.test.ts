/** The product as `npm start` runs it, against who does not speak HTTP as clients do. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Account } from "../../support/account.ts";
import { type Pids, type Product, removeState, startProduct } from "../../support/product.ts";
import { fuzz, shares } from "../budget.ts";
import { conversationsWith } from "./conversations.ts";
import { damaged, expectSense, hold } from "./hold.ts";
import { request, speak } from "./wire.ts";

let stateDir: string;
let product: Product;
let account: Account;
let pids: Pids;
let headers: string[];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "shujaa-sockets-"));
  product = await startProduct({ stateDir, variables: { USER_REQUESTS_PER_SECOND: "1000" } });
  account = await Account.signUp(product.url);
  headers = [`Authorization: Bearer ${account.token}`];
  pids = await product.pids();
});
afterAll(async () => {
  await product.stop();
  await removeState(stateDir);
});

/** The same processes, at once, no line of a bug, and nothing charged for what was never said whole. */
async function expectWell(videos: number): Promise<void> {
  const health = await fetch(`${product.url}/api/health`, { signal: AbortSignal.timeout(5_000) });
  expect(health.status).toBe(200);
  expect(await product.pids()).toEqual(pids);
  expect(product.log()).not.toMatch(/"event":"bug"/);
  const { body } = await account.send("GET", "/api/videos");
  expect((body.data as unknown[]).length).toBe(videos);
}

const quote = JSON.stringify({ prompt: "A day at the market", scenes: 1 });

it("answers or ends what no client says, and is well afterwards", async () => {
  const wrong = await hold(product.url, conversationsWith({ path: "/api/videos/quote", headers, body: quote }));
  expect(wrong).toEqual([]);
  await expectWell(0);
});

it("takes no order that was never said to its end", async () => {
  const order = (key: string, said: string, ...more: string[]) =>
    request(
      "POST /api/videos",
      [...headers, "Content-Type: application/json", `Idempotency-Key: ${key}`, ...more],
      said,
    );
  const part = quote.slice(0, -1);
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      speak(
        product.url,
        index % 2 === 0
          ? [order(`half-${index}`, part, `Content-Length: ${quote.length}`), { pauseMs: 50 }]
          : [
              order(`half-${index}`, `${part.length.toString(16)}\r\n${part}`, "Transfer-Encoding: chunked"),
              { pauseMs: 50 },
            ],
        { leave: 0 },
      ),
    ),
  );
  expect((await account.balance()).balance).toBe(10);
  await expectWell(0);
});

it("lets go of uploads that break off, and keeps nothing of them", async () => {
  const half = request(
    "POST /api/assets",
    [...headers, "Content-Type: image/png", "Content-Length: 5000000"],
    Buffer.alloc(1_000_000, 7),
  );
  await Promise.all(Array.from({ length: 12 }, () => speak(product.url, [half, { pauseMs: 100 }], { leave: 0 })));
  const { body } = await account.send("GET", "/api/assets");
  expect(body.data).toEqual([]);
  await expectWell(0);
});

it("answers fifty requests that come in one piece, each in its turn", async () => {
  const one = request("GET /api/videos", headers).toString("latin1");
  const { statuses } = await speak(product.url, [one.repeat(50)]);
  expect(statuses).toEqual(Array.from({ length: 50 }, () => 200));
});

it("is well when answers are not listened to: of a page, a document, a list", async () => {
  for (const path of ["/", "/openapi.json", "/api/videos"]) {
    await Promise.all(
      Array.from({ length: 8 }, () => speak(product.url, [request(`GET ${path}`, headers)], { leave: 1 })),
    );
  }
  await expectWell(0);
});

it("makes sense of damaged requests", async () => {
  const whole = request(
    "POST /api/videos/quote",
    [...headers, "Content-Type: application/json", `Content-Length: ${quote.length}`],
    quote,
  );
  await fuzz(
    fc.asyncProperty(damaged(whole), (bytes) => expectSense(product.url, bytes)),
    shares.sockets,
  );
  await expectWell(0);
});
