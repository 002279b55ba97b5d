import { readdirSync, readFileSync } from "node:fs";

const samplePeriodMs = 100;
const pageBytes = 4_096;

export type Memory = { all: number; largestChild: number };

/**
 * The most memory, in MiB, that this process and its children hold together while `work` goes on, and that any one of the
 * children holds; pages they share count twice.
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
  const bytes = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const id = Number(name);
    if (!Number.isInteger(id)) continue;
    try {
      const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      children.set(Number(fields[1]), [...(children.get(Number(fields[1])) ?? []), id]);
      bytes.set(id, Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * pageBytes);
    } catch {
      // It has ended since the list was read.
    }
  }
  const tree = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(tree)];
  const mebibytes = tree(process.pid).map((id) => (bytes.get(id) ?? 0) / 2 ** 20);
  return {
    all: mebibytes.reduce((total, one) => total + one, 0),
    largestChild: Math.max(0, ...mebibytes.slice(1)),
  };
}
