import { readdirSync, readFileSync } from "node:fs";

const millisecondsPerTick = 10;

/** The runtimes this process has started, by their process ids. */
export function startedRuntimes(): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((pid) => isRuntimeOfOurs(pid));
}

/** Milliseconds of CPU that a process has used so far: on a machine shared with others, what a clock cannot say. */
export function cpuMsOf(pid: number): number {
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  return fields
    .split(" ")
    .slice(11, 13)
    .reduce((sum, ticks) => sum + Number(ticks) * millisecondsPerTick, 0);
}

function isRuntimeOfOurs(pid: number): boolean {
  const [name, parent] = statusOf(pid);
  return name === "workerd" && parent === process.pid;
}

function statusOf(pid: number): [name: string | null, parent: number] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return [/^Name:\t(.*)$/m.exec(status)?.[1] ?? null, Number(/^PPid:\t(\d+)$/m.exec(status)?.[1])];
  } catch {
    // It has ended since it was listed.
    return [null, 0];
  }
}
