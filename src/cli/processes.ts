import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

/** Ends the children that were handed over as soon as this process is gone. Where there is no /proc they are left. */
export class ChildGuard {
  readonly #guard = spawn(process.execPath, [join(import.meta.dirname, "orphan-guard.ts")], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });

  constructor() {
    this.#guard.unref();
  }

  /** Hands over the children that this process has now. */
  async watch(): Promise<void> {
    const children = await readFile(`/proc/self/task/${process.pid}/children`, "utf8").catch(() => "");
    const pids = children.split(" ").filter((pid) => pid !== "" && pid !== String(this.#guard.pid));
    for (const pid of pids) this.#guard.stdin.write(`${pid}\n`);
  }
}

const freeLimitMs = 5_000;
const freePollMs = 100;

/** Waits for a port that a killed predecessor is about to give up; throws when somebody keeps it. */
export async function waitForPort(host: string, port: number): Promise<void> {
  const untilMs = Date.now() + freeLimitMs;
  while (!(await isFree(host, port))) {
    if (Date.now() > untilMs)
      throw new Error(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start`);
    await new Promise((resolve) => setTimeout(resolve, freePollMs));
  }
}

/** A port that nobody uses now. */
export async function findFreePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
