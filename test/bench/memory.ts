import { readdirSync, readFileSync } from "node:fs";

const samplePeriodMs = 100;
const pageBytes = 4_096;

/** The most memory this process and its children hold together while `work` goes on, in MiB; pages they share count twice. */
export async function peakMebibytes(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, treeBytes() / 2 ** 20);
  }, samplePeriodMs);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return peak;
}

function treeBytes(): number {
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
  const sum = (id: number): number =>
    (children.get(id) ?? []).reduce((total, child) => total + sum(child), bytes.get(id) ?? 0);
  return sum(process.pid);
}
