/** The embed as visitors meet it: in a real browser, on a page of another origin than the service's. */
import { mkdtemp } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Account } from "../support/account.ts";
import { chromiumPath, launchBrowser, newVisitor, screens } from "../support/browser.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import { seriousFlaws } from "../support/studio-visitor.ts";

const prompt = "Three tips for a market stall in Gikomba";

let stateDir: string;
let product: Product;
let account: Account;
let browser: Browser;
const sites: Server[] = [];

/** Serves a host page on an origin of its own; `attributes` are those of the element in it. */
async function serveSite(attributes: () => string, lang = "en"): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="${lang}"><title>A shop</title><link rel="icon" href="data:,">
<script src="${product.url}/embed.js"></script>
<script>window.heard = [];
for (const name of ["accepted", "progress", "done", "failed"])
  document.addEventListener("shujaa:" + name, ({ detail }) => heard.push({ name, detail }));</script>
<h1>A shop</h1><shujaa-studio scenes="1" draft ${attributes()}></shujaa-studio>`);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  sites.push(site);
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

type Heard = { name: string; detail: Record<string, unknown> };
const heardOn = (page: Page) => page.evaluate("heard") as Promise<Heard[]>;

/** A key for pages of these origins. */
async function embedKey(origins: string[]): Promise<string> {
  const { body } = await account.send("POST", "/api/account/api-keys", { name: "Shop", kind: "embed", origins });
  return String(body.api_key);
}

/** What is used here of a <video>, seen from the page. */
type Player = {
  currentTime: number;
  textTracks: Iterable<{ mode: string; cues: ArrayLike<{ text: string }> | null }>;
  play(): Promise<void>;
};

/** Plays what is in the page's player until its time has moved; answers with the captions it has. */
async function play(page: Page): Promise<string[]> {
  const video = page.locator("video");
  await video.waitFor({ timeout: 120_000 });
  await video.evaluate((player) => (player as unknown as Player).play());
  const time = () => video.evaluate((player) => (player as unknown as Player).currentTime);
  await expect.poll(time, { timeout: 20_000 }).toBeGreaterThan(0.5);
  return video.evaluate(async (player) => {
    const [track] = (player as unknown as Player).textTracks;
    if (track === undefined) return [];
    track.mode = "showing";
    for (let tries = 0; tries < 50 && (track.cues?.length ?? 0) === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return Array.from(track.cues ?? [], ({ text }) => text);
  });
}

describe.skipIf(chromiumPath === null)("the embed", () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-embed-"));
    product = await startProduct({ stateDir });
    account = await Account.signUp(product.url);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const site of sites) site.close();
    await product?.stop();
    await removeState(stateDir);
  });

  test("makes a video on another page, once, and plays it with captions, though the page is reloaded", async () => {
    let key = "";
    const origin = await serveSite(() => `key="${key}" aspect="9:16"`);
    key = await embedKey([origin]);
    const { balance } = await account.balance();
    const { page, context, troubles } = await newVisitor(browser);
    const orders: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/api/videos")) orders.push(request.url());
    });
    await page.goto(origin);

    await page.getByLabel("What is your video about?").fill(prompt);
    const button = page.getByRole("button", { name: /Make the video/ });
    await expect.poll(() => button.textContent()).toBe("Make the video1 credit");
    expect(await seriousFlaws(page)).toEqual([]);
    await button.dblclick();
    const bar = page.getByRole("progressbar", { name: "Progress of the video" });
    await bar.waitFor();
    await page.waitForFunction("heard.length > 0");
    const [accepted] = await heardOn(page);
    expect(accepted).toMatchObject({ name: "accepted", detail: { credits: 1 } });

    await page.reload();
    const captions = await play(page);
    expect(await seriousFlaws(page)).toEqual([]);
    expect(captions.length).toBeGreaterThan(0);
    const done = (await heardOn(page)).find(({ name }) => name === "done");
    expect(done?.detail.id).toBe(accepted?.detail.id);
    const { body } = await account.send("GET", "/api/videos");
    expect((body.data as { options: object }[]).map(({ options }) => options)).toEqual([
      expect.objectContaining({ aspect: "9:16", draft: true, lang: "en" }),
    ]);
    expect((await account.balance()).balance).toBe(balance - 1);
    expect(orders).toHaveLength(1);
    expect(await context.cookies()).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("works by keyboard, in Swahili, on a phone", async () => {
    let key = "";
    const origin = await serveSite(() => `key="${key}"`, "sw");
    key = await embedKey([origin]);
    const { page, context } = await newVisitor(browser, { viewport: screens.phone });
    await page.goto(origin);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Andika kwanza inahusu nini.").waitFor();
    await page.keyboard.type("Chai ya asubuhi jijini Nairobi");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "Video yako iko tayari" }).waitFor({ timeout: 120_000 });
    expect((await heardOn(page)).filter(({ name }) => name === "progress").length).toBeGreaterThan(1);
    // Whoever was in it is led to what has come.
    const focused = await page.evaluate("document.activeElement.shadowRoot.activeElement?.textContent");
    expect(focused).toBe("Video yako iko tayari");
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Tengeneza nyingine" }).click();
    expect(await page.getByLabel("Video yako inahusu nini?").inputValue()).toBe("Chai ya asubuhi jijini Nairobi");
    await context.close();
  });

  test("is refused on a page that its key does not name, and says what to do", async () => {
    const key = await embedKey(["https://www.example.com"]);
    const origin = await serveSite(() => `key="${key}"`);
    const { balance } = await account.balance();
    const { page, context } = await newVisitor(browser);
    await page.goto(origin);
    await page.getByLabel("What is your video about?").fill(prompt);
    const told = page
      .getByRole("alert")
      .filter({ hasText: `This page's key does not name ${origin}. Whoever runs the page makes one that does` });
    await told.waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: /Make the video/ }).click();
    await page.waitForFunction("heard.length > 1");
    expect((await heardOn(page)).map(({ name, detail }) => [name, detail.code])).toEqual([
      ["failed", "origin_not_allowed"],
      ["failed", "origin_not_allowed"],
    ]);
    expect(await page.getByLabel("What is your video about?").inputValue()).toBe(prompt);
    expect((await account.balance()).balance).toBe(balance);
    await context.close();
  });

  test("says another thing of a key that is none, and another without a network", async () => {
    const origin = await serveSite(() => `key="pk_${"0".repeat(38)}"`);
    const { page, context } = await newVisitor(browser);
    await page.goto(origin);
    await page.getByLabel("What is your video about?").fill(prompt);
    await page.getByRole("alert").filter({ hasText: "This page's key is not valid: mistyped, or ended." }).waitFor();
    expect((await heardOn(page)).map(({ name, detail }) => [name, detail.code])).toEqual([
      ["failed", "unauthenticated"],
    ]);
    await context.setOffline(true);
    await page.getByRole("button", { name: "Make the video" }).click();
    await page.getByRole("alert").filter({ hasText: "There is no connection." }).waitFor();
    await context.close();
  });

  test("is shown at work on a page of ours, which writes the tag", async () => {
    const key = await embedKey([product.url]);
    const { page, context, troubles } = await newVisitor(browser);
    await page.goto(`${product.url}/embed/demo`);
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByLabel("Embed key").fill(key);
    await page.getByLabel("Language").selectOption("sw");
    expect(await page.locator("#code").textContent()).toContain(`<shujaa-studio key="${key}" lang="sw" aspect="9:16"`);
    await page.getByLabel("Video yako inahusu nini?").fill(prompt);
    await page.getByRole("button", { name: "krediti 3" }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  test("stands beside Astella's own client, which works as it is: it signs in, makes a video that plays, and is told what M-Pesa says", async () => {
    const { page, context, troubles } = await newVisitor(browser);
    await page.goto(`${product.url}/astella/demo`);
    await page.getByLabel("Email").fill("astella@example.com");
    await page.getByLabel("Password").fill("korosho na chai ya asubuhi");
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("10 credits.").waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole("button", { name: /Make the video/ }).click();
    await play(page);
    await page.getByRole("button", { name: /Pay KES 500/ }).click();
    await page.getByText("M-Pesa").last().waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });
});
