import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { startBare } from "./bare-platform.ts";
import { median } from "./median.ts";
import { countPlatformCalls } from "./platform-calls.ts";
import { cpuMsOf, startedRuntimes } from "./process-cost.ts";
import { startProduct } from "./product-worker.ts";
import { type Target, targetsOf } from "./requests.ts";

const rounds = 7;
const roundSeconds = 2;
const connections = 10;

type Round = { perSecond: number; cpuMs: number };

/**
 * A submit and a balance read, each over a bare Worker that makes the same platform calls, round by round in turn. What is
 * compared is the CPU time of the runtime for each request, its database, objects and queue among it: requests a second say
 * more about who else is at work on the machine.
 */
export async function benchSubmit(): Promise<string[]> {
  const counted = await countPlatformCalls();
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  const product = await startProduct(stateDir);
  const [productRuntime = 0] = startedRuntimes();
  const bare = await startBare();
  const [bareRuntime = 0] = startedRuntimes().filter((pid) => pid !== productRuntime);
  const targets = targetsOf(product, bare);
  const measured = targets.map((target) => ({
    target,
    runtime: target.url.startsWith(product.url) ? productRuntime : bareRuntime,
    taken: [] as Round[],
  }));
  for (const { target, runtime } of measured) await fire(target, runtime);
  for (let round = 0; round < rounds; round += 1) {
    for (const { target, runtime, taken } of measured) taken.push(await fire(target, runtime));
    await product.emptyBacklog();
  }
  await product.stop();
  await bare.stop();
  await rm(stateDir, { recursive: true, force: true });

  const [submit = [], submitFloor = [], balance = [], balanceFloor = []] = measured.map(({ taken }) => taken);
  return [
    ...counted,
    `${connections} connections, median of ${rounds} rounds of ${roundSeconds} s, workerd without a proxy`,
    ...measured.map(({ target, taken }) => `  ${tell(taken)}  ${target.name}`),
    `  CPU of the bare Worker over that of a submit        ${ratio(submit, submitFloor)}`,
    `  CPU of the bare Worker over that of a balance read  ${ratio(balance, balanceFloor)}`,
  ];
}

function tell(taken: Round[]): string {
  const perSecond = median(taken.map((round) => round.perSecond));
  const cpuMs = median(taken.map((round) => round.cpuMs));
  return `${cpuMs.toFixed(2).padStart(6)} ms of CPU a request, ${perSecond.toFixed(0).padStart(5)} requests/s`;
}

function ratio(taken: Round[], floors: Round[]): string {
  const ratios = taken.map(({ cpuMs }, round) => (floors[round]?.cpuMs ?? Number.NaN) / cpuMs);
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

async function fire(target: Target, runtime: number): Promise<Round> {
  const { name, url, method, headers, body } = target;
  const cpuMsBefore = cpuMsOf(runtime);
  const result = await autocannon({
    url,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    connections,
    duration: roundSeconds,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
  const cpuMs = (cpuMsOf(runtime) - cpuMsBefore) / result["2xx"];
  return { perSecond: result["2xx"] / result.duration, cpuMs };
}
