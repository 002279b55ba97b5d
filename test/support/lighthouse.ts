/** Lighthouse in the Chromium of this machine, signed in where a page wants it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig, type Flags } from "lighthouse";
import { type BrowserContext, chromium } from "playwright-core";
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
      await noteKnown(context, url);
    }
    const flags = { port, onlyCategories: options.categories, logLevel: "error" } as const;
    const { audits, categories } = await measure(url, flags, options.device);
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

/** A trace that a busy machine has lost: Lighthouse itself asks for another run. */
const lost = ["NO_NAVSTART", "NO_FCP", "NO_LCP", "NO_TRACING_STARTED", "NO_SCREENSHOTS"];
const triesMax = 4;

async function measure(url: string, flags: Flags, device: Device) {
  for (let tries = 1; ; tries += 1) {
    const result = await lighthouse(url, flags, device === "desk" ? desktopConfig : undefined);
    if (result === undefined) throw new Error("Lighthouse has no result");
    const { runtimeError } = result.lhr;
    if (runtimeError === undefined) return result.lhr;
    if (tries === triesMax || !lost.includes(runtimeError.code)) throw new Error(runtimeError.message);
  }
}

/** As a browser is that somebody has signed in with: the studio begins with what they will see. */
async function noteKnown(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(new URL("/assets/studio/mark.svg", url).href);
  await page.evaluate("localStorage.setItem('shujaa.known', '1')");
  await page.close();
}
