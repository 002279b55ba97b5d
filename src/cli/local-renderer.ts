/** The renderer as a process beside the Worker: the same code as in the container, kept running. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./local-settings.ts";
import { findFreePort } from "./processes.ts";

/** Between a renderer's death and the next one: long enough not to spin, short enough for a retry to find it. */
const restartAfterMs = 500;

export type LocalRenderers = { urls: string[]; stop(): void };
type Options = {
  stateDir: string;
  onLine(line: string): void;
  /** Laid over the process environment. */
  variables?: Record<string, string>;
};
type LocalRenderer = { url: string; stop(): void };

/** `count` renderers, as many containers would be: each makes one video, or one part of a video, at a time. */
export async function startLocalRenderers(count: number, options: Options): Promise<LocalRenderers> {
  const renderers: LocalRenderer[] = [];
  for (let index = 0; index < count; index += 1) renderers.push(await startLocalRenderer(options));
  return {
    urls: renderers.map(({ url }) => url),
    stop() {
      for (const renderer of renderers) renderer.stop();
    },
  };
}

async function startLocalRenderer(options: Options): Promise<LocalRenderer> {
  const port = await findFreePort("127.0.0.1");
  let isStopped = false;
  let child: ChildProcess;

  function start(): void {
    child = spawn(process.execPath, [join(root, "container/server.ts")], {
      // The renderer ends when its standard input closes, so that even a killed parent leaves no orphan.
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        ...options.variables,
        HOST: "127.0.0.1",
        PORT: String(port),
        RENDER_SLOTS: "1",
        RENDER_DIR: join(options.stateDir, "renders"),
        EXIT_WITH_PARENT: "1",
      },
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString().split("\n")) if (line !== "") options.onLine(line);
    });
    child.once("exit", (code, signal) => {
      if (isStopped) return;
      options.onLine(`renderer ended (${signal ?? code}), starting it again`);
      setTimeout(() => {
        if (!isStopped) start();
      }, restartAfterMs);
    });
  }

  start();
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      isStopped = true;
      child.kill();
    },
  };
}
