import { readdirSync, readFileSync } from "node:fs";

const samplePeriodMs = 100;

export type Memory = { all: number; largestChild: number };

/**
 * The most memory, in MiB, that this process and its children hold together while `work` goes on, and that any one of the
 * children holds. Pages that several share, as those of a program that runs twice, count once, a part for each.
 */
export async function peakMemory(work: () => Promise<unknown>): Promise<Memory> {
  const peak: Memory = { all: 0, largestChild: 0 };
  const sampling = setInterval(() => {
    const now = memoryNow();
    peak.all = Math.max(peak.all, now.all);
    peak.largestChild = Math.max(peak.largestChild, now.largestChild);
  }, samplePeriodMs);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return peak;
}

function memoryNow(): Memory {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const id = Number(name);
    if (!Number.isInteger(id)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), id]);
    } catch {
      // It has ended since the list was read.
    }
  }
  const tree = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(tree)];
  const [own = 0, ...others] = tree(process.pid).map(shareOf);
  return { all: others.reduce((total, one) => total + one, own), largestChild: Math.max(0, ...others) };
}

/** MiB of one process: all that is its own, and its part of what others have as well. */
function shareOf(id: number): number {
  try {
    const share = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1];
    return Number(share ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
