/** A real Chromium, as the machine has one. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** null: there is none here, and what needs one is skipped. */
export const chromiumPath: string | null = places.find((path) => path !== undefined && existsSync(path)) ?? null;

if (chromiumPath === null) console.warn("No Chromium on this machine (CHROMIUM names one): browser tests are skipped.");

export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error("no Chromium on this machine");
  // Sound needs no press here, as on a page that was pressed before; the sandbox needs a user that is not root.
  const args = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"];
  return chromium.launch({ executablePath: chromiumPath, args });
}

export const screens = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** A visitor of their own, and what went wrong on their pages: errors that nobody caught, and what the page's policy refused. */
export type Visitor = { context: BrowserContext; page: Page; troubles: string[] };

export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: screens.desk, locale: "en-GB", ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()))
      troubles.push(message.text());
  });
  return { context, page, troubles };
}
