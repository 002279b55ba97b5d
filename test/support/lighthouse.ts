/** Lighthouse in the Chromium of this machine, signed in where a page wants it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";
import { findFreePort } from "../../src/cli/processes.ts";
import { chromiumPath } from "./browser.ts";

export type Device = "phone" | "desk";
export type Category = "performance" | "accessibility";
export type LighthouseReport = {
  /** From 0 to 100. */
  scores: Partial<Record<Category, number>>;
  /** Milliseconds; the shift is a number of its own. */
  times: Record<"first-contentful-paint" | "largest-contentful-paint" | "total-blocking-time" | "speed-index", number>;
  shift: number;
  /** Audits that cost points, by their titles. */
  flaws: string[];
};

/** `signIn`: an account's credentials, at `url`'s own service. A browser of its own each time: nothing is in its cache. */
export async function runLighthouse(
  url: string,
  options: { device: Device; categories: Category[]; signIn?: { email: string; password: string } },
): Promise<LighthouseReport> {
  if (chromiumPath === null) throw new Error("no Chromium on this machine");
  const port = await findFreePort("127.0.0.1");
  const folder = await mkdtemp(join(tmpdir(), "shujaa-lighthouse-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath,
    args: ["--no-sandbox", `--remote-debugging-port=${port}`],
  });
  try {
    if (options.signIn !== undefined) {
      const answer = await context.request.post(new URL("/api/auth/login", url).href, { data: options.signIn });
      if (!answer.ok()) throw new Error(`not let in: ${await answer.text()}`);
    }
    const flags = { port, onlyCategories: options.categories, logLevel: "error" } as const;
    const result = await lighthouse(url, flags, options.device === "desk" ? desktopConfig : undefined);
    if (result === undefined) throw new Error("Lighthouse has no result");
    const { audits, categories, runtimeError } = result.lhr;
    if (runtimeError !== undefined) throw new Error(runtimeError.message);
    const value = (audit: string) => Math.round(audits[audit]?.numericValue ?? Number.NaN);
    return {
      scores: Object.fromEntries(
        options.categories.map((name) => [name, Math.round((categories[name]?.score ?? Number.NaN) * 100)]),
      ),
      times: {
        "first-contentful-paint": value("first-contentful-paint"),
        "largest-contentful-paint": value("largest-contentful-paint"),
        "total-blocking-time": value("total-blocking-time"),
        "speed-index": value("speed-index"),
      },
      shift: audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN,
      flaws: options.categories.flatMap((name) =>
        (categories[name]?.auditRefs ?? []).flatMap(({ id, weight }) => {
          const audit = audits[id];
          return weight > 0 && audit !== undefined && audit.score !== null && audit.score < 1 ? [audit.title] : [];
        }),
      ),
    };
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
