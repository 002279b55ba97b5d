import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { startBare } from "./bare-platform.ts";
import { median } from "./median.ts";
import { countPlatformCalls } from "./platform-calls.ts";
import { startProduct } from "./product-worker.ts";
import { type Target, targetsOf } from "./requests.ts";

const rounds = 5;
const roundSeconds = 2;
const connections = 10;

/** A submit and a balance read, each over a bare Worker that makes the same platform calls, round by round in turn. */
export async function benchSubmit(): Promise<string[]> {
  const counted = await countPlatformCalls();
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  const product = await startProduct(stateDir);
  const bare = await startBare();
  const targets = targetsOf(product, bare);
  const rates: number[][] = targets.map(() => []);
  for (const target of targets) await fire(target, 1);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of targets.entries()) rates[index]?.push(await fire(target, roundSeconds));
    await product.emptyBacklog();
  }
  await product.stop();
  await bare.stop();
  await rm(stateDir, { recursive: true, force: true });

  const [submit = [], submitFloor = [], balance = [], balanceFloor = []] = rates;
  return [
    ...counted,
    `${connections} connections, median of ${rounds} rounds of ${roundSeconds} s, workerd without a proxy`,
    ...targets.map(({ name }, index) => `  ${perSecond(rates[index] ?? [])} requests/s  ${name}`),
    `  submit over the same platform calls        ${ratio(submit, submitFloor)}`,
    `  balance read over the same platform calls  ${ratio(balance, balanceFloor)}`,
  ];
}

function perSecond(rates: number[]): string {
  return median(rates).toFixed(0).padStart(6);
}

function ratio(rates: number[], floors: number[]): string {
  const ratios = rates.map((rate, round) => rate / (floors[round] ?? Number.NaN));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${median(ratios).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

async function fire(target: Target, seconds: number): Promise<number> {
  const { name, url, method, headers, body } = target;
  const result = await autocannon({
    url,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    connections,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
  return result["2xx"] / result.duration;
}
