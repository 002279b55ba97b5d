import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBare } from "./bare-platform.ts";
import { startProduct } from "./product-worker.ts";
import { type Target, targetsOf } from "./requests.ts";

const requests = 50;

/** How many calls to the platform a request of each target makes: that the floor is one can be read off. */
export async function countPlatformCalls(): Promise<string[]> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-calls-"));
  const product = await startProduct(stateDir, { isCounted: true });
  const bare = await startBare({ isCounted: true });
  const lines: string[] = [];
  for (const target of targetsOf(product, bare)) lines.push(`  ${target.name}: ${await callsOf(target)}`);
  await product.stop();
  await bare.stop();
  await rm(stateDir, { recursive: true, force: true });
  return [`platform calls a request, over ${requests} requests`, ...lines];
}

async function callsOf({ url, method, headers, body }: Target): Promise<string> {
  const request = async () => {
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  };
  const counts = new URL("/platform-calls", url);
  // What the first request finds out for those after it is no part of them.
  await request();
  await fetch(counts);
  for (let turn = 0; turn < requests; turn += 1) await request();
  const counted = (await (await fetch(counts)).json()) as Record<string, number>;
  const each = Object.entries(counted).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    each.map(([kind, count]) => `${(count / requests).toFixed(2).replace(".00", "")} ${kind}`).join(", ") || "none"
  );
}
