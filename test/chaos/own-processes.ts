/** The processes of one run, found by what all of them have in their environment: the directory of its state. */
import { readdir, readFile } from "node:fs/promises";

export type OwnProcess = {
  pid: number;
  parent: number;
  name: string;
  isStopped: boolean;
  /** As `NAME=value`. */
  variables: string[];
};

/** Every living one but this process itself. */
export async function findOwnProcesses(stateDir: string): Promise<OwnProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(pids.map((pid) => readOwn(Number(pid), stateDir)));
  return found.filter((one) => one !== null);
}

/** null: it is none of them, or has ended meanwhile. */
async function readOwn(pid: number, stateDir: string): Promise<OwnProcess | null> {
  const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  if (!environment.includes(stateDir)) return null;
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  const [, name = "", state = "", parent = "0"] = /^\d+ \((.*)\) (\S) (\d+)/.exec(stat) ?? [];
  if (state === "" || state === "Z") return null;
  return { pid, parent: Number(parent), name, isStopped: state === "T", variables: environment.split("\0") };
}

export function isEncoder({ name }: OwnProcess): boolean {
  return name === "ffmpeg";
}

/** false: it had ended already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
