import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../local-settings.ts";

const limitMs = 60_000;

export type WranglerAnswer = { isOk: boolean; text: string };

/** Runs wrangler as it would be run by hand, without its questions. Never throws: what it says is part of the answer. */
export async function askWrangler(...args: string[]): Promise<WranglerAnswer> {
  const wrangler = process.env.WRANGLER ?? join(root, "node_modules/wrangler/bin/wrangler.js");
  const child = spawn(process.execPath, [wrangler, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMs,
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: join(root, "dist/logs") },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  return { isOk: code === 0, text };
}
