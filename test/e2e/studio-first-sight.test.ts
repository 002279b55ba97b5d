/** What is seen before the studio's script is there, and that nothing moves when it comes. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchBrowser, newVisitor, screens } from "../support/browser.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import { signUpIn } from "../support/studio-visitor.ts";

let product: Product;
let stateDir: string;
let browser: Browser;

/** Holds back what the page asks for, until it is told to let go. */
async function hold(page: Page, path: RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(path, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

const script = /\/assets\/studio\/index-.*\.js$/;

/** Where the document has it before its script comes. */
async function firstPlaceOf(page: Page, part: string) {
  await expect.poll(() => page.evaluate("getComputedStyle(document.body).marginTop")).toBe("0px");
  return page.locator(part).boundingBox();
}

describe.skipIf(chromiumPath === null)("the first sight of the studio", () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-first-sight-"));
    product = await startProduct({ stateDir });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await removeState(stateDir);
  });

  test.each(["desk", "phone"] as const)("has the sign where it stays, on a %s", async (screen) => {
    const { page, context, troubles } = await newVisitor(browser, { viewport: screens[screen] });
    // A stranger's: where the front door has it.
    const letStrangerIn = await hold(page, script);
    await page.goto(`${product.url}/`, { waitUntil: "commit" });
    const front = await firstPlaceOf(page, ".threshold .brand .mark");
    letStrangerIn();
    await page.getByRole("button", { name: "Make my account" }).waitFor();
    expect(await page.locator(".front-brand .mark").boundingBox()).toEqual(front);
    await page.unrouteAll();

    await signUpIn(page, product.url);
    const letIn = await hold(page, script);
    await page.goto(`${product.url}/create`, { waitUntil: "commit" });
    const first = await firstPlaceOf(page, ".threshold .brand");
    letIn();
    await page.getByLabel("Your idea").waitFor();
    expect(await page.locator(".threshold").count()).toBe(0);
    expect(await page.getByRole("banner").locator(".brand").boundingBox()).toEqual(first);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("a press on the menu is not lost while its code is on the way", async () => {
    const { page, context } = await newVisitor(browser);
    const letMenuIn = await hold(page, /\/assets\/studio\/user-menu-/);
    await signUpIn(page, product.url);
    const button = page.getByRole("button", { name: "You and settings" });
    await button.click();
    expect(await page.getByRole("menu").count()).toBe(0);
    letMenuIn();
    await page.getByRole("menuitem", { name: "Account" }).click();
    await page.getByRole("heading", { name: "Your account" }).waitFor();
    await context.close();
  });

  test("who has come to the menu by keys is still on it once it is there", async () => {
    const { page, context } = await newVisitor(browser);
    const letMenuIn = await hold(page, /\/assets\/studio\/user-menu-/);
    await signUpIn(page, product.url);
    const button = page.getByRole("button", { name: "You and settings" });
    await button.focus();
    letMenuIn();
    await page.locator(".avatar[data-base-ui-click-trigger], .avatar[id]").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await context.close();
  });
});
