import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../local-settings.ts";

const limitMs = 60_000;

/** `text`: what was asked for. `trouble`: what it says beside it: warnings, and why it failed. */
export type WranglerAnswer = { isOk: boolean; text: string; trouble: string };
export type AskWrangler = (...args: string[]) => Promise<WranglerAnswer>;

/**
 * Runs wrangler as it would be run by hand, on this configuration and without its questions. Never throws: what it says is part
 * of the answer.
 */
export function createAskWrangler(config: string): AskWrangler {
  const wrangler = process.env.WRANGLER ?? join(root, "node_modules/wrangler/bin/wrangler.js");
  return async (...args) => {
    const child = spawn(process.execPath, [wrangler, ...args, "--config", config], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limitMs,
      env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: join(root, "dist/logs") },
    });
    const said = { text: "", trouble: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      said.text += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said.trouble += chunk.toString();
    });
    const code = await new Promise((resolve) => {
      child.once("error", () => resolve(null));
      child.once("close", resolve);
    });
    const [text, trouble] = [said.text, said.trouble].map(stripVTControlCharacters) as [string, string];
    return { isOk: code === 0, text, trouble };
  };
}
