import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.ts";
import { startProduct } from "./product-worker.ts";

/**
 * workerd hashes passwords on the isolate's own thread. While many sign in at once a signed-in caller reads their balance
 * every 50 ms: how long do they wait, and how long on a machine where nobody signs in?
 */

const signIns = 50;
const pingEveryMs = 50;
const idleMs = 5_000;

export async function benchSignIns(): Promise<string[]> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-sign-ins-"));
  const product = await startProduct(stateDir);
  const readBalance = async () => {
    const response = await fetch(`${product.url}/api/credits/balance`, { headers: product.headers });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`a read answered ${response.status}`);
  };
  for (let turn = 0; turn < 20; turn += 1) await readBalance();

  const idle = await watch(readBalance, pause(idleMs));
  const alone = performance.now();
  await signIn(product.url);
  const oneMs = performance.now() - alone;
  const startedMs = performance.now();
  const burst = Promise.all(Array.from({ length: signIns }, () => signIn(product.url)));
  const busy = await watch(readBalance, burst);
  const tookMs = performance.now() - startedMs;
  const statuses = Map.groupBy(await burst, (status) => status);

  await product.stop();
  await rm(stateDir, { recursive: true, force: true });
  return [
    `${signIns} sign-ins at once, while somebody else reads their balance every ${pingEveryMs} ms`,
    `  one sign-in alone ${oneMs.toFixed(0)} ms; ${signIns} at once ${(tookMs / 1000).toFixed(1)} s, answered ${Array.from(statuses, ([status, all]) => `${all.length}× ${status}`).join(", ")}`,
    `  reads meanwhile  ${tell(busy)}`,
    `  on a machine where nobody signs in  ${tell(idle)}`,
    `  ratio of the medians ${(median(busy) / median(idle)).toFixed(1)}, of the worst ${(Math.max(...busy) / Math.max(...idle)).toFixed(1)}`,
  ];
}

/** How long each call took, one begun every 50 ms whether or not those before have ended, until `end`. */
async function watch(call: () => Promise<void>, end: Promise<unknown>): Promise<number[]> {
  const times: Promise<number>[] = [];
  let isOver = false;
  const over = end.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const startedMs = performance.now();
    times.push(call().then(() => performance.now() - startedMs));
    await pause(pingEveryMs);
  }
  await over;
  return Promise.all(times);
}

async function signIn(url: string): Promise<number> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "bench@example.com", password: "a password of the bench" }),
  });
  await response.arrayBuffer();
  return response.status;
}

function tell(times: number[]): string {
  return `median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms, of ${times.length}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
