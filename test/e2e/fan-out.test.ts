/** One long video over several renderers: the same bytes as over one, and any of them may die in the middle. */
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Account } from "../support/account.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

const sentences = [
  "Every morning the market in Nakuru opens before the sun is over the hills.",
  "Farmers bring maize, beans and tomatoes on lorries and on motorbikes.",
  "A phone tells each of them what the same sack sold for yesterday in Nairobi.",
  "So a price is no longer a secret that only the trader knows.",
  "Payments arrive in seconds, and the money sleeps safely in a wallet.",
  "Buyers read the same prices, so nobody has to shout across the yard.",
  "What is left over is shared with the school down the road.",
  "Tomorrow the lorries come again, and nobody has to guess.",
];
/** More than half a minute, so that it is worth four renderers, and drafted, so that it is quickly made. */
const body = { scenes: sentences.map((text) => ({ text })), vertical: true, fps: 24, draft: true };
const spread = { RENDERERS: "4", RENDER_FAN_OUT: "4" };

type Json = Record<string, unknown>;
const isRendering = (video: Json) => video.status === "rendering";

async function withProduct(
  stateDir: string,
  variables: Record<string, string>,
  run: (product: Product) => Promise<void>,
): Promise<void> {
  const product = await startProduct({ stateDir, variables });
  try {
    await run(product);
  } finally {
    await product.stop();
    await removeState(stateDir);
  }
}

/** The same key of the same account is the same video, with the same seed. */
async function submit(account: Account, key: string): Promise<string> {
  const { status, body: accepted } = await account.send("POST", "/api/videos", body, { "Idempotency-Key": key });
  expect(status, JSON.stringify(accepted)).toBe(202);
  return String(accepted.id);
}

function digestOf(video: Json): string {
  expect(video.status, JSON.stringify(video.error)).toBe("succeeded");
  return String((video.output as Json).sha256);
}

/** How many parts of the video the renderers say they have made. */
function partsMade(log: string, id: string): number {
  const lines = log.split("\n").filter((line) => line.includes("render_ended") && line.includes('"outcome":"done"'));
  return lines.filter((line) => line.includes(`${id}-p`)).length;
}

const newState = () => mkdtemp(join(tmpdir(), "shujaa-fan-out-"));

test("a video made by four renderers has the bytes of one made by one, also when any of them is killed", async () => {
  const origin = await newState();
  const first = await startProduct({ stateDir: origin });
  const { token } = await Account.signUp(first.url);
  await first.stop();

  /** The same video of the same account, in a world in which it was never made. */
  const makeAnew = async (
    variables: Record<string, string>,
    disturb?: (product: Product, account: Account, id: string) => Promise<void>,
  ) => {
    const stateDir = await newState();
    await cp(origin, stateDir, { recursive: true });
    const made = { digest: "", parts: 0 };
    await withProduct(stateDir, variables, async (product) => {
      const account = new Account(product.url, token);
      const id = await submit(account, "the-one-video");
      await disturb?.(product, account, id);
      made.digest = digestOf(await account.waitFor(id));
      made.parts = partsMade(product.log(), id);
    });
    return made;
  };

  const alone = await makeAnew({});
  expect(alone.parts).toBe(0);
  expect(await makeAnew(spread)).toEqual({ digest: alone.digest, parts: 3 });
  // One of the four is the lead's, whichever it is.
  for (let index = 0; index < 4; index += 1) {
    const killed = await makeAnew(spread, async (product, account, id) => {
      await account.waitFor(id, isRendering);
      process.kill((await product.pids()).renderers[index] ?? 0, "SIGKILL");
    });
    expect(killed.digest, `renderer ${index} was killed`).toBe(alone.digest);
  }
  await removeState(origin);
});

test("a spread video that is cancelled is stopped in every renderer within two seconds", async () => {
  await withProduct(await newState(), spread, async (product) => {
    const account = await Account.signUp(product.url);
    const id = await submit(account, "to-be-stopped");
    await account.waitFor(id, isRendering);
    const startedAtMs = performance.now();
    const { status } = await account.send("POST", `/api/videos/${id}/cancel`);
    expect(status).toBe(200);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    expect(await account.balance()).toMatchObject({ held: 0, balance: 10 });
    // Every renderer is free again at once: the next video is spread as if nothing had been.
    expect(digestOf(await account.waitFor(await submit(account, "the-next")))).toMatch(/^[0-9a-f]{64}$/);
  });
});
