/** The studio as people use it: a real browser over the real stack. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Account, call } from "../support/account.ts";
import { chromiumPath, launchBrowser, newVisitor, screens, type Visitor } from "../support/browser.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import {
  balanceIn,
  overflowOf,
  password,
  playedSeconds,
  priceOn,
  seriousFlaws,
  signUpIn,
  writeIdea,
} from "../support/studio-visitor.ts";

const renderMs = 120_000;
const idea = "A young Kenyan entrepreneur builds an AI startup in Nairobi";
const makeIt = /^Make it/;
const videoAddress = /\/videos\/vid_[0-9a-z]{26}$/;

let stateDir: string;
let product: Product;
let browser: Browser;

describe.skipIf(chromiumPath === null)("the studio", () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-studio-"));
    [product, browser] = await Promise.all([startProduct({ stateDir }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await removeState(stateDir);
  });

  const visit = async (use: (visitor: Visitor) => Promise<void>, options = {}) => {
    const visitor = await newVisitor(browser, options);
    try {
      await use(visitor);
      expect(visitor.troubles).toEqual([]);
    } finally {
      await visitor.context.close();
    }
  };
  /** The books are closed a moment after a video has ended, and the header reads them a moment later. */
  const untilBalance = (page: Page, credits: number) =>
    expect.poll(() => balanceIn(page), { timeout: 15_000 }).toBe(credits);
  const untilDone = (page: Page) => page.locator("video").waitFor({ timeout: renderMs });
  const cardsIn = async (page: Page) => {
    await page.goto(`${product.url}/library`);
    const cards = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Delete «/ }) });
    await cards.first().waitFor();
    return cards.count();
  };

  test("a visitor signs up, makes a short film, watches it, shares it, and has paid for it", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url);
      expect(await balanceIn(page)).toBe(10);
      await writeIdea(page, idea);
      const price = await priceOn(page, makeIt);
      expect(price).toBe(2);
      await page.getByRole("button", { name: makeIt }).click();
      await page.waitForURL(videoAddress);

      const seen: number[] = [];
      const bar = page.getByRole("progressbar");
      await bar.waitFor();
      const looked = async () => {
        const now = await bar.getAttribute("aria-valuenow", { timeout: 500 }).catch(() => null);
        if (now !== null && seen.at(-1) !== Number(now)) seen.push(Number(now));
        return page.locator("video").count();
      };
      await expect.poll(looked, { timeout: renderMs, interval: 100 }).toBe(1);
      expect(seen.length).toBeGreaterThan(2);
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));

      const [before, after] = await playedSeconds(page);
      expect(after).toBeGreaterThan(before + 0.5);
      await expect
        .poll(() => page.evaluate("document.querySelector('video').textTracks.length"), { timeout: 10_000 })
        .toBe(1);
      await untilBalance(page, 9);
      expect(await page.title()).toBe("A Young Kenyan Entrepreneur Builds an AI Startup in Nairobi · Shujaa Studio");

      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.getByRole("button", { name: "Copy the link" }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      const shared = await fetch(String(await page.evaluate("navigator.clipboard.readText()")));
      expect([shared.status, shared.headers.get("Content-Type")]).toEqual([200, "video/mp4"]);
      await shared.body?.cancel();
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: /^Video, MP4/ }).click();
      expect((await download).suggestedFilename()).toBe(
        "a-young-kenyan-entrepreneur-builds-an-ai-startup-in-nairobi.mp4",
      );
      expect(await cardsIn(page)).toBe(1);
    });
  });

  test("who has too few credits is told how many are missing, and finds the text again after a look at the packages", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/create");
      await page.getByRole("tab", { name: "Script" }).click();
      const script = Array.from(
        { length: 60 },
        (_, day) => `On day ${day + 1} she opens her stall before the sun.`,
      ).join(" ");
      await page.getByLabel("Your script").fill(script);
      await page.getByRole("radio", { name: "1080p" }).check();
      const more = page.getByRole("link", { name: /^Get \d+ credits more$/ });
      await more.waitFor();
      const [, costs, has] =
        /costs (\d+) credits, and you have (\d+) credits/.exec((await page.getByRole("alert").textContent()) ?? "") ??
        [];
      expect(Number(has)).toBe(10);
      expect(await more.textContent()).toBe(`Get ${Number(costs) - 10} credits more`);
      expect(await page.getByRole("button", { name: makeIt }).count()).toBe(0);
      await more.click();
      await page.waitForURL(/\/billing/);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.goBack();
      expect(await page.getByLabel("Your script").inputValue()).toBe(script);
      await page.reload();
      await more.waitFor();
      expect(await page.getByLabel("Your script").inputValue()).toBe(script);
      expect(await page.getByRole("radio", { name: "1080p" }).isChecked()).toBe(true);
    });
  });

  test("pressed twice, with the answers lost on the way, and again after a reload: one film at one price", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await writeIdea(page, idea);
      await priceOn(page, makeIt);
      let sent = 0;
      await page.route("**/api/videos", async (route) => {
        sent += 1;
        await route.fetch();
        await route.abort();
      });
      // Quicker than any finger: the second press comes before the first was drawn.
      await page.getByRole("button", { name: makeIt }).evaluate((button: { click(): void }) => {
        button.click();
        button.click();
      });
      await page.getByText("The service does not answer.").waitFor({ timeout: 30_000 });
      // The client itself tries four times; a second press would have made it eight.
      expect(sent).toBe(4);
      await page.unrouteAll();
      await page.reload();
      await priceOn(page, makeIt);
      await page.getByRole("button", { name: makeIt }).dblclick();
      await page.waitForURL(videoAddress);
      await untilDone(page);
      await untilBalance(page, 9);
      expect(await cardsIn(page)).toBe(1);
    });
  });

  test("a page that is loaded again while the film is made shows how far it is, and the film, without a live line too", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await writeIdea(page, idea);
      await priceOn(page, makeIt);
      await page.getByRole("button", { name: makeIt }).click();
      await page.waitForURL(videoAddress);
      await page.getByRole("progressbar").waitFor();
      await page.route("**/events", (route) => route.abort());
      await page.reload();
      await page.getByRole("progressbar").waitFor();
      expect(await page.getByRole("listitem").filter({ hasText: "Pictures" }).count()).toBe(1);
      await untilDone(page);
    });
  });

  test("a film that is stopped costs nothing, and one that is deleted is gone", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await page.getByLabel("Your idea").fill(idea);
      await page.getByRole("radio", { name: "1080p" }).check();
      const price = await priceOn(page, makeIt);
      await page.getByRole("button", { name: makeIt }).click();
      await page.waitForURL(videoAddress);
      await untilBalance(page, 10 - price);
      await page.getByRole("button", { name: "Cancel" }).click();
      const stop = page.getByRole("alertdialog", { name: "Stop making this video?" });
      await stop.getByRole("button", { name: "Stop it" }).click();
      await page.getByRole("progressbar").waitFor({ state: "detached" });
      await untilBalance(page, 10);
      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Delete it" }).click();
      await page.getByRole("heading", { name: "Nothing here yet" }).waitFor();
    });
  });

  test("the library is searched by what is typed, which a reload and a link keep", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url);
      await page.evaluate(`(async () => {
        const { access_token: token } = await (await fetch("/api/auth/refresh", { method: "POST" })).json();
        const make = (body) => fetch("/api/videos", { method: "POST", headers: { Authorization: "Bearer " + token, "Content-Type": "application/json" }, body: JSON.stringify({ draft: true, ...body }) });
        await make({ scenes: [{ text: "Samaki wa asubuhi." }], title: "The boat at dawn" });
        await make({ scenes: [{ text: "Nyanya na vitunguu." }], title: "The market" });
      })()`);
      expect(await cardsIn(page)).toBe(2);
      const cards = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Delete «/ }) });
      const field = page.getByRole("searchbox", { name: "Search your videos" });
      await field.fill("VITUNGUU");
      await expect.poll(() => cards.count()).toBe(1);
      await cards.getByText("The market").waitFor();
      await page.waitForURL(/\/library\?query=VITUNGUU$/);
      await page.getByText("1 found").waitFor({ state: "attached" });
      await page.reload();
      await cards.getByText("The market").waitFor();
      expect([await field.inputValue(), await cards.count()]).toEqual(["VITUNGUU", 1]);
      await field.fill("100%");
      await page.getByRole("heading", { name: "Nothing about «100%»" }).waitFor();
      await page.getByRole("button", { name: "Show everything" }).click();
      await expect.poll(() => cards.count()).toBe(2);
      expect(new URL(page.url()).search).toBe("");
      const linked = await context.newPage();
      await linked.goto(`${product.url}/library?query=boat&status=failed`);
      await linked.getByRole("heading", { name: "Nothing about «boat»" }).waitFor();
      await linked.getByRole("radio", { name: "All" }).check();
      await linked.getByText("The boat at dawn").waitFor();
      await linked.getByRole("link", { name: "Library" }).click();
      await linked.getByText("The market").waitFor();
      expect(await linked.getByRole("searchbox", { name: "Search your videos" }).inputValue()).toBe("");
    });
  });

  test("each voice is heard before it is chosen, in the language of the film, one at a time, with the keyboard too", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/create");
      const heardSeconds = () => page.evaluate<number>("document.querySelector('audio').currentTime");
      const heardOf = async () => String(await page.evaluate("document.querySelector('audio').currentSrc"));
      const listen = (name: string) => page.getByRole("button", { name: `Listen to ${name}` });
      await listen("Zuri").click();
      await page.getByRole("button", { name: "Stop Zuri" }).waitFor();
      await expect.poll(heardSeconds).toBeGreaterThan(0.3);
      expect(await heardOf()).toMatch(/\/assets\/studio\/en-zuri-[\w-]{8}\.m4a$/);

      await listen("Baraka").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Stop Baraka" }).waitFor();
      await listen("Zuri").waitFor();
      expect(await page.locator("audio").count()).toBe(1);
      // To hear a voice is not to choose it.
      expect(await page.getByRole("radio", { name: /^Baraka/ }).isChecked()).toBe(false);
      await page.keyboard.press("Enter");
      await listen("Baraka").waitFor();
      expect(await page.evaluate("document.querySelector('audio').paused")).toBe(true);

      await page.getByLabel("Language", { exact: true }).selectOption("sw");
      await listen("Zuri").click();
      await expect.poll(heardSeconds).toBeGreaterThan(0.3);
      expect(await heardOf()).toMatch(/\/sw-zuri-/);
      // It ends by itself.
      await listen("Zuri").waitFor({ timeout: 15_000 });

      await page.route("**/sw-amani-*", (route) => route.abort());
      await listen("Amani").click();
      await page.getByRole("alert").getByText("This voice could not be played.").waitFor();
      await page.unroute("**/sw-amani-*");
      await listen("Amani").click();
      await expect.poll(heardSeconds).toBeGreaterThan(0.3);
      expect(await page.getByRole("alert").count()).toBe(0);
    });
  });

  test("a film that fails says why, that it cost nothing, and what another try costs", async () => {
    await visit(async ({ page }) => {
      const email = await signUpIn(page, product.url);
      const signedIn = await call(product.url, "POST", "/api/auth/login", { body: { email, password } });
      const account = new Account(product.url, String(signedIn.body.access_token));
      const scenes = [{ text: "A picture that is nowhere.", image: { url: "https://pictures.invalid/none.png" } }];
      const { body } = await account.send("POST", "/api/videos", { scenes });
      await page.goto(`${product.url}/videos/${String(body.id)}`);
      await page.getByRole("heading", { name: "It did not work" }).waitFor({ timeout: renderMs });
      await page.getByText("Not charged", { exact: true }).waitFor();
      await untilBalance(page, 10);
      // To choose this picture again would not help: what is offered is another video.
      expect(await page.getByRole("button", { name: /^Try again/ }).count()).toBe(0);

      await page.route(`**/api/videos/${String(body.id)}`, async (route) => {
        const response = await route.fetch();
        const video = (await response.json()) as { error: object };
        await route.fulfill({ response, json: { ...video, error: { ...video.error, retryable: true } } });
      });
      await page.reload();
      expect(await priceOn(page, /^Try again/)).toBe(Number(body.credits_used));
    });
  });

  test("who is signed out in the middle signs in over the page, and goes on with what they had typed", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url);
      await page.getByLabel("Your idea").fill(idea);
      const other = await context.newPage();
      await other.goto(`${product.url}/library`);
      await other.getByRole("button", { name: "You and settings" }).click();
      await other.getByRole("menuitem", { name: "Sign out" }).click();
      await other.getByRole("button", { name: "Sign in" }).waitFor();

      const dialog = page.getByRole("dialog", { name: "You were signed out" });
      await dialog.getByLabel("Password", { exact: true }).fill("not the right one");
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await dialog.getByRole("alert").waitFor();
      await dialog.getByLabel("Password", { exact: true }).fill(password);
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await dialog.waitFor({ state: "detached" });
      expect(await page.getByLabel("Your idea").inputValue()).toBe(idea);
      await priceOn(page, makeIt);
    });
  });

  test("a link signs in: the page that asked for it goes on by itself", async () => {
    await visit(async ({ page, context }) => {
      await page.goto(`${product.url}/library`);
      await page.getByLabel("Email").fill(`link-${crypto.randomUUID()}@example.com`);
      await page.getByRole("button", { name: "Email me a link instead" }).click();
      const link = await page.getByRole("link", { name: "Open the link" }).getAttribute("href");
      const mailed = await context.newPage();
      await mailed.goto(String(link));
      await mailed.getByRole("button").click();
      await mailed
        .getByText(/signed in/i)
        .first()
        .waitFor();
      await page.bringToFront();
      await page.getByRole("heading", { name: "Your videos" }).waitFor({ timeout: 20_000 });
    });
  });

  test("other services vouch for a visitor where they are set up, and lead back to the page that was wanted", async () => {
    await visit(async ({ page }) => {
      const data = [{ provider: "google", start_url: `${product.url}/api/auth/oauth/google/start` }];
      await page.route("**/api/auth/oauth/providers", (route) => route.fulfill({ json: { data } }));
      await page.goto(`${product.url}/library`);
      const href = await page.getByRole("link", { name: "Go on with Google" }).getAttribute("href");
      expect(href).toBe(`${product.url}/api/auth/oauth/google/start?return_to=%2Flibrary`);
    });
  });

  test("the light and the language that were chosen stay", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
      const light = await ground();
      await page.getByRole("button", { name: "You and settings" }).click();
      await page.getByRole("menuitemradio", { name: "Dark" }).click();
      await page.getByRole("menuitemradio", { name: "Kiswahili" }).click();
      await page.keyboard.press("Escape");
      await page.getByRole("heading", { name: "Tusimulie nini?" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "Tusimulie nini?" }).waitFor();
      expect(await ground()).not.toBe(light);
      expect(await page.evaluate("document.documentElement.lang")).toBe("sw");
    });
  });

  test("what is wrong stands where it is wrong", async () => {
    await visit(async ({ page }) => {
      await page.goto(product.url);
      await page.getByRole("button", { name: "Make my account" }).click();
      await page.getByText("Write your email, such as").waitFor();
      await page.getByLabel("Email").fill("amina@example.com");
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.getByRole("button", { name: "Make my account" }).click();
      await expect
        .poll(() => page.getByLabel("Password", { exact: true }).getAttribute("aria-invalid"), { timeout: 10_000 })
        .toBe("true");
      await signUpIn(page, product.url);
      await page.getByRole("button", { name: makeIt }).click();
      await page.getByText("Say first what the video is about.").waitFor();
      await expect.poll(() => page.evaluate("document.activeElement.name"), { timeout: 10_000 }).toBe("prompt");
      await page.goto(`${product.url}/videos/vid_00000000000000000000000000`);
      await page.getByRole("heading", { name: "This video is not here" }).waitFor();
    });
  });

  test("without a line it says so, and sends what was typed once the line is back", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url);
      await page.getByLabel("Your idea").fill(idea);
      await priceOn(page, makeIt);
      await context.setOffline(true);
      await page.getByText("You are offline. What you typed is kept here.").waitFor();
      await context.setOffline(false);
      await page.getByText("You are offline. What you typed is kept here.").waitFor({ state: "detached" });
      await page.getByRole("switch", { name: /Draft first/ }).check();
      await expect.poll(() => priceOn(page, makeIt), { timeout: 20_000 }).toBe(2);
    });
  });

  test.each(["light", "dark"] as const)(
    "everybody can read and use its pages, by the %s of day",
    async (colorScheme) => {
      await visit(
        async ({ page }) => {
          await page.goto(product.url);
          await page.getByLabel("Email").waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
          await signUpIn(page, product.url);
          await writeIdea(page, idea);
          await priceOn(page, makeIt);
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("tab", { name: "Template" }).click();
          await page.getByRole("button", { name: /Birthday wish/ }).click();
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("tab", { name: "Scenes" }).click();
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("tab", { name: "Idea" }).click();
          await page.getByRole("button", { name: makeIt }).click();
          await page.getByRole("progressbar").waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
          await untilDone(page);
          expect(await seriousFlaws(page)).toEqual([]);
          await cardsIn(page);
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("button", { name: /^Delete «/ }).click();
          await page.getByRole("alertdialog").waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
        },
        { colorScheme },
      );
    },
  );

  test("in Swahili, what the service refuses is said at its field, in Swahili", async () => {
    await visit(
      async ({ page }) => {
        await page.goto(product.url);
        await page.getByLabel("Barua pepe").fill("mgeni@mfano");
        await page.getByLabel("Nenosiri", { exact: true }).fill("password123");
        const make = page.getByRole("button", { name: "Fungua akaunti yangu" });
        await make.click();
        await page.getByRole("alert").getByText("Hii si barua pepe sahihi.").waitFor();
        await page.getByLabel("Barua pepe").fill(`mgeni-${crypto.randomUUID()}@example.com`);
        await make.click();
        await page.getByRole("alert").getByText("Nenosiri hili linatumiwa na wengi. Chagua jingine.").waitFor();
        await page.getByLabel("Nenosiri", { exact: true }).fill(password);
        await make.click();
        await page.getByRole("heading", { name: "Tusimulie nini?" }).waitFor();

        await page.goto(`${product.url}/account#keys`);
        await page.getByRole("button", { name: "Ufunguo mpya" }).click();
        await page.getByLabel("Ni wa nini?").fill("Duka");
        await page.getByRole("radio", { name: "Kwa kurasa za wavuti" }).check();
        await page.getByLabel("Anwani za kurasa zako").fill("mfano.com");
        await page.getByRole("button", { name: "Utengeneze" }).click();
        await page
          .getByRole("alert")
          .getByText("Andika anwani ya tovuti peke yake, kama https://www.mfano.com.")
          .waitFor();
        expect(await page.getByLabel("Anwani za kurasa zako").getAttribute("aria-invalid")).toBe("true");
      },
      { locale: "sw-KE" },
    );
  });

  test("in Swahili, on a phone: from the first page to the film", async () => {
    const phone = { viewport: screens.phone, isMobile: true, hasTouch: true, locale: "sw-KE" };
    await visit(async ({ page }) => {
      await page.goto(product.url);
      await page.getByLabel("Barua pepe").fill(`mgeni-${crypto.randomUUID()}@example.com`);
      await page.getByLabel("Nenosiri", { exact: true }).fill(password);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("button", { name: "Fungua akaunti yangu" }).click();
      await page.getByRole("heading", { name: "Tusimulie nini?" }).waitFor();
      expect(await page.evaluate("document.documentElement.lang")).toBe("sw");
      await page.getByLabel("Wazo lako").fill("Mvuvi wa Ziwa Viktoria anauza samaki wake sokoni");
      await page.getByRole("switch", { name: /Rasimu kwanza/ }).check();
      expect(await page.getByLabel("Lugha").inputValue()).toBe("sw");
      expect(await priceOn(page, /^Tengeneza/)).toBe(2);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("button", { name: /^Tengeneza/ }).tap();
      await page.waitForURL(videoAddress);
      await untilDone(page);
      await page.getByRole("heading", { name: "Pakua" }).waitFor();
      expect(await overflowOf(page)).toBe(0);
      const [before, after] = await playedSeconds(page);
      expect(after).toBeGreaterThan(before + 0.5);
    }, phone);
  });
});
