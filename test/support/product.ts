/** The whole product as `npm start` runs it, on a port and a state of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findFreePort } from "../../src/cli/processes.ts";

const root = join(import.meta.dirname, "../..");

export type Product = {
  url: string;
  /** Of start, workerd and the renderers, in the order they were started. */
  pids(): Promise<Pids>;
  /** SIGKILL to `npm start` itself: nothing can tidy up. Resolves when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Everything it has written to standard error. */
  log(): string;
  readyMs: number;
};

export type Pids = { start: number; workerd: number; renderer: number; renderers: number[] };

export async function startProduct(options: {
  stateDir: string;
  port?: number;
  variables?: Record<string, string>;
}): Promise<Product> {
  const port = options.port ?? (await findFreePort("127.0.0.1"));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, "src/cli/start.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: String(port), STATE_DIR: options.stateDir, ...options.variables },
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await readyLine(child, () => log);
  return {
    url,
    readyMs: performance.now() - startedAt,
    log: () => log,
    pids: () => findPids(child),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function readyLine(child: ChildProcess, log: () => string): Promise<string> {
  if (child.stdout !== null) {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("ready ")) return line.slice("ready ".length);
    }
  }
  throw new Error(`npm start ended before it was ready:\n${log()}`);
}

async function findPids(child: ChildProcess): Promise<Pids> {
  const start = child.pid ?? 0;
  const children = (await readFile(`/proc/${start}/task/${start}/children`, "utf8")).split(" ").filter(Boolean);
  const found: Pids = { start, workerd: 0, renderer: 0, renderers: [] };
  for (const pid of children) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("workerd")) found.workerd = Number(pid);
    if (command.includes("container/server.ts")) found.renderers.push(Number(pid));
  }
  found.renderer = found.renderers[0] ?? 0;
  return found;
}

export async function removeState(stateDir: string): Promise<void> {
  await rm(stateDir, { recursive: true, force: true });
}
