/** The account, projects and operations as people use them: a real browser over the real stack. */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../support/account.ts";
import { chromiumPath, launchBrowser, newVisitor, screens, type Visitor } from "../support/browser.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import { balanceIn, overflowOf, password, priceOn, seriousFlaws, signUpIn } from "../support/studio-visitor.ts";

const renderMs = 120_000;
/** Other work may be done on this machine, too. */
const patientMs = 15_000;
const operator = "operator@example.com";
const makeIt = /^Make it/;

let stateDir: string;
let product: Product;
let browser: Browser;

describe.skipIf(chromiumPath === null)("the studio's account, projects and operations", () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-studio-account-"));
    const variables = { ADMIN_EMAILS: operator };
    [product, browser] = await Promise.all([startProduct({ stateDir, variables }), launchBrowser()]);
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
  const open = async (page: Page, path: string, heading: string) => {
    await page.goto(product.url + path);
    await page.getByRole("heading", { name: heading, exact: true }).waitFor();
  };
  /** The key that is shown, which is then put away. */
  const takeKey = async (page: Page) => {
    const key = await page.getByRole("dialog").getByLabel("The key", { exact: true }).inputValue();
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    return key;
  };
  const statusBy = async (key: string) => {
    const headers = { Authorization: `Bearer ${key}` };
    return (await call(product.url, "GET", "/api/credits/balance", { headers })).status;
  };
  const scene = (page: Page, n: number) => page.getByRole("textbox", { name: `Scene ${n}`, exact: true });
  const saved = (page: Page) => page.getByText("Saved", { exact: true });
  const newProject = async (page: Page, texts: readonly string[]) => {
    await open(page, "/projects", "Projects");
    await page.getByRole("button", { name: "New project" }).click();
    await page.waitForURL(/\/projects\/prj_[0-9a-z]{26}$/);
    for (const [index, text] of texts.entries()) {
      await page.getByRole("button", { name: "Add a scene" }).click();
      await scene(page, index + 1).fill(text);
    }
    await saved(page).waitFor();
  };

  test("a key is shown once, and replaced by another", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await open(page, "/account", "Your account");
      await page.getByRole("button", { name: "New key" }).click();
      await page.getByLabel("What is it for?").fill("Shop");
      await page.getByRole("button", { name: "Make it" }).click();
      const first = await takeKey(page);
      expect(first).toMatch(/^sk_test_[0-9A-Za-z]{38}$/);
      expect(await statusBy(first)).toBe(200);

      await page.getByRole("button", { name: "Rotate «Shop»" }).click();
      await page.getByLabel("The old key still works").selectOption("0");
      await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
      await page.getByRole("dialog", { name: "Your key «Shop»" }).waitFor();
      const second = await takeKey(page);
      expect(second).not.toBe(first);
      expect([await statusBy(first), await statusBy(second)]).toEqual([401, 200]);

      for (const key of [first, second]) expect(await page.content()).not.toContain(key);
      await page.reload();
      await page.getByRole("button", { name: "Revoke «Shop»" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
      await page.getByText("No keys yet.").waitFor();
      expect(await statusBy(second)).toBe(401);
    });
  });

  test("an export is made, and is a ZIP", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await open(page, "/account", "Your account");
      await page.getByRole("button", { name: "Make an export" }).click();
      const link = page.locator("#privacy").getByRole("link", { name: "Download" });
      await link.waitFor({ timeout: 60_000 });
      const download = page.waitForEvent("download");
      await link.click();
      const bytes = await readFile(await (await download).path());
      expect(bytes.subarray(0, 2).toString()).toBe("PK");
      expect(bytes.includes("data/videos.json")).toBe(true);
    });
  });

  test("an account is deleted by who shows that it is them, and what is left is a receipt", async () => {
    await visit(async ({ page }) => {
      const email = await signUpIn(page, product.url);
      await open(page, "/account", "Your account");
      // Nobody waits for two hours here: the service is made to say what it says then.
      let asked = 0;
      await page.route("**/api/account/delete", async (route) => {
        asked += 1;
        if (asked > 1) return route.continue();
        const problem = { type: "about:blank", title: "", status: 403, detail: "Again.", code: "sign_in_again" };
        await route.fulfill({
          status: 403,
          contentType: "application/problem+json",
          body: JSON.stringify({ ...problem, instance: "/", request_id: "none" }),
        });
      });
      await page.getByRole("button", { name: "Delete my account …" }).click();
      await page.getByLabel(`Type ${email}`).fill("somebody@example.com");
      await page.getByRole("button", { name: "Delete everything" }).click();
      const again = page.getByRole("dialog", { name: "Is it you?" });
      await again.getByLabel("Your password now", { exact: true }).fill("not the right one");
      await again.getByRole("button", { name: "Go on" }).click();
      await again.getByRole("alert").waitFor();
      await again.getByLabel("Your password now", { exact: true }).fill(password);
      await again.getByRole("button", { name: "Go on" }).click();
      await page.getByText("This is not your address. Nothing was deleted.").waitFor();
      await page.getByLabel(`Type ${email}`).fill(email);
      await page.getByRole("button", { name: "Delete everything" }).click();

      await page.waitForURL(/\/deletions\/del_[0-9a-z]{26}$/);
      await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
      const receipt = await page.getByLabel("Receipt", { exact: true }).inputValue();
      expect(page.url()).toContain(receipt);
      expect((await call(product.url, "POST", "/api/auth/login", { body: { email, password } })).status).toBe(401);
      await page.getByRole("link", { name: "To the start" }).click();
      await page.getByRole("button", { name: "Sign in" }).waitFor();
    });
  });

  test("somebody is invited, joins, goes over to the other studio, and leaves it", async () => {
    await visit(async ({ page: owner }) => {
      await visit(async ({ page: guest }) => {
        await signUpIn(owner, product.url);
        const email = await signUpIn(guest, product.url);
        await open(owner, "/account", "Your account");
        await owner.getByLabel("What this studio is called").fill("Duka la Wanjiru");
        await owner.getByRole("button", { name: "Rename" }).click();
        await owner.getByRole("heading", { name: "Who works in Duka la Wanjiru" }).waitFor();
        await owner.getByLabel("Their email").fill(email);
        await owner.getByRole("button", { name: "Invite", exact: true }).click();
        const link = await owner.locator("#members").getByRole("link", { name: "Open the link" }).getAttribute("href");

        await open(guest, "/account", "Your account");
        await guest.getByLabel("The link from the letter").fill(String(link));
        await guest.getByRole("button", { name: "Accept" }).click();
        await guest.getByText("You are in Duka la Wanjiru now, too.").waitFor();
        await guest.getByRole("button", { name: "You and settings" }).click();
        await guest.getByRole("menuitemradio", { name: "Duka la Wanjiru" }).click();
        await guest.waitForURL(/\/library$/);
        await open(guest, "/account", "Your account");
        await guest.getByRole("heading", { name: "Who works in Duka la Wanjiru" }).waitFor();
        // What is the owners' alone is not there.
        expect(await guest.getByRole("button", { name: "New key" }).count()).toBe(0);
        await guest.getByRole("button", { name: "Leave" }).click();
        await guest.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
        await guest.getByRole("button", { name: "Sign in" }).waitFor();
      });
    });
  });

  test("a project of two scenes, put in another order, rendered, and again for what was changed", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await newProject(page, ["The boats come home.", "The market opens before the sun."]);
      await page.getByLabel("Title").fill("Kisumu");
      await page.getByRole("switch", { name: /Draft first/ }).check();
      await page.getByRole("button", { name: "Move scene 2", exact: true }).press("ArrowUp");
      expect(await scene(page, 1).inputValue()).toBe("The market opens before the sun.");
      await page.getByRole("button", { name: "Remove scene 2" }).click();
      await page.getByRole("button", { name: "Bring scene 2 back" }).click();
      await saved(page).waitFor();
      await page.reload();
      await expect
        .poll(() => scene(page, 1).inputValue(), { timeout: patientMs })
        .toBe("The market opens before the sun.");
      expect(await scene(page, 2).inputValue()).toBe("The boats come home.");

      const price = await priceOn(page, makeIt);
      await page.getByRole("button", { name: makeIt }).dblclick();
      const renders = page.getByRole("complementary").getByRole("listitem");
      await renders.getByText("Done").waitFor({ timeout: renderMs });
      expect(await renders.count()).toBe(1);
      expect(await balanceIn(page)).toBeGreaterThanOrEqual(10 - price);
      await page.getByText("Nothing has changed since the last render").waitFor();
      await scene(page, 2).fill("The boats come home at noon.");
      await page.getByText("Only the scenes you changed since the last render are charged.").waitFor();
      await expect.poll(() => priceOn(page, makeIt), { timeout: patientMs }).toBeLessThanOrEqual(price);
      await saved(page).waitFor();
      await open(page, "/projects", "Projects");
      await page.getByRole("link", { name: /Kisumu/ }).waitFor();
    });
  });

  test("a scene is dragged to its place", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url);
      await newProject(page, ["One.", "Two.", "Three."]);
      await page.evaluate("window.scrollTo(0, 0)");
      const grip = await page.getByRole("button", { name: "Move scene 1", exact: true }).boundingBox();
      if (grip === null) throw new Error("there is nothing to drag");
      await page.mouse.move(grip.x + 10, grip.y + 10);
      await page.mouse.down();
      // Held at the window's edge, the page moves along.
      await page.mouse.move(grip.x + 10, screens.desk.height - 20, { steps: 8 });
      await expect.poll(() => scene(page, 3).inputValue(), { timeout: patientMs }).toBe("One.");
      await page.mouse.up();
      await saved(page).waitFor();
    });
  });

  test("two tabs on one project: nothing of the other is overwritten unasked", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url);
      await newProject(page, ["The first words."]);
      const other = await context.newPage();
      await other.goto(page.url());
      await scene(other, 1).fill("Words of the other tab.");
      await saved(other).waitFor();
      await page.getByLabel("Title").fill("Another title");
      await saved(page).waitFor();
      expect(await scene(page, 1).inputValue()).toBe("Words of the other tab.");

      await scene(other, 1).fill("Later words of the other tab.");
      await saved(other).waitFor();
      await scene(page, 1).fill("My words.");
      await page.getByText("This project was changed somewhere else meanwhile.").waitFor();
      await page.getByRole("button", { name: "Keep mine" }).click();
      await saved(page).waitFor();
      await other.reload();
      await expect.poll(() => scene(other, 1).inputValue(), { timeout: patientMs }).toBe("My words.");
      expect(await other.getByLabel("Title").inputValue()).toBe("Another title");

      // On their way at the same moment: who comes second is told, and neither leaving nor loading anew sends it after all.
      const way = Promise.withResolvers<void>();
      await page.route(/\/api\/projects\/prj_/, async (route) => {
        if (route.request().method() === "PATCH") await way.promise;
        await route.fallback();
      });
      const sent = page.waitForRequest((request) => request.method() === "PATCH");
      await scene(page, 1).fill("Second on the way.");
      await sent;
      await scene(other, 1).fill("First on the way.");
      await saved(other).waitFor();
      way.resolve();
      const told = page.getByText("This project was changed somewhere else meanwhile.");
      await told.waitFor();
      await page.reload();
      await told.waitFor();
      expect(await scene(page, 1).inputValue()).toBe("Second on the way.");
      await page.getByRole("link", { name: "Library" }).click();
      await page.goBack();
      await told.waitFor();
      await other.reload();
      await expect.poll(() => scene(other, 1).inputValue(), { timeout: patientMs }).toBe("First on the way.");
      await page.getByRole("button", { name: "Take what is there" }).click();
      await expect.poll(() => scene(page, 1).inputValue(), { timeout: patientMs }).toBe("First on the way.");
      await saved(page).waitFor();
    });
  });

  const signUpOperator = async (page: Page) => {
    await call(product.url, "POST", "/api/auth/signup", { body: { email: operator, password } });
    await page.goto(`${product.url}/sign-in`);
    await page.getByRole("radio", { name: "Sign in" }).check();
    await page.getByLabel("Email").fill(operator);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: /credits? left/ }).waitFor();
  };

  test("an operator gives credits, with a reason; nobody else finds the page", async () => {
    await visit(async ({ page: user }) => {
      await visit(async ({ page }) => {
        const email = await signUpIn(user, product.url);
        await open(user, "/admin", "There is no such page");
        await signUpOperator(page);
        await page.goto(`${product.url}/admin/users`);
        await page.getByLabel("Search").fill(email);
        await page.getByRole("button", { name: `What can be done with ${email}` }).click();
        await page.getByRole("menuitem", { name: "Give or take credits" }).click();
        const dialog = page.getByRole("dialog", { name: `Credits of ${email}` });
        await dialog.getByRole("button", { name: "Give" }).click();
        await dialog.getByText("A whole number above zero").waitFor();
        await dialog.getByLabel("How many").fill("40");
        await dialog.getByLabel("Reason").fill("A prize for the best film");
        await dialog.getByRole("button", { name: "Give" }).click();
        await page.getByText("Gave 40 credits; they have 50 credits now.").waitFor();
        await user.goto(`${product.url}/library`);
        await expect.poll(() => balanceIn(user), { timeout: patientMs }).toBe(50);
        await page.goto(`${product.url}/admin/audit`);
        await page.getByText("reason: A prize for the best film").waitFor();
      });
    });
  });

  test.each(["light", "dark"] as const)(
    "everybody can read and use these pages, by the %s of day",
    async (colorScheme) => {
      await visit(
        async ({ page }) => {
          await signUpOperator(page);
          const isFlawless = async () => expect(await seriousFlaws(page)).toEqual([]);
          await open(page, "/account", "Your account");
          await page.locator("#audit").getByRole("table").waitFor();
          await isFlawless();
          await page.getByRole("button", { name: "New key" }).click();
          await page.getByRole("dialog").waitFor();
          await isFlawless();
          await newProject(page, ["The boats come home."]);
          await page.getByText("Time, motion, voice").click();
          await isFlawless();
          for (const part of ["", "/users", "/payments", "/videos", "/stuck", "/audit", "/backups"]) {
            await open(page, `/admin${part}`, "Operations");
            await page.waitForLoadState("networkidle");
            await isFlawless();
          }
        },
        { colorScheme },
      );
    },
  );

  test("in Swahili, on a phone: the account in parts, and a project", async () => {
    const phone = { viewport: screens.phone, isMobile: true, hasTouch: true, locale: "sw-KE" };
    await visit(async ({ page }) => {
      await page.goto(product.url);
      await page.getByLabel("Barua pepe").fill(`mgeni-${crypto.randomUUID()}@example.com`);
      await page.getByLabel("Nenosiri", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Fungua akaunti yangu" }).click();
      await page.getByRole("heading", { name: "Tusimulie nini?" }).waitFor();
      await open(page, "/account", "Akaunti yako");
      const names = await page.getByRole("navigation", { name: "Akaunti yako" }).getByRole("link").allInnerTexts();
      expect(names).toHaveLength(9);
      for (const name of names) {
        await page.getByRole("link", { name, exact: true }).tap();
        await page.getByRole("heading", { name, exact: true }).waitFor();
        await page.waitForLoadState("networkidle");
        expect(await overflowOf(page), name).toBe(0);
        await page.getByRole("link", { name: "Akaunti yako" }).tap();
      }
      await page.getByRole("link", { name: "Miradi" }).tap();
      await page.getByRole("button", { name: "Mradi mpya" }).tap();
      await page.getByRole("button", { name: "Ongeza tukio" }).tap();
      await page.getByRole("textbox", { name: "Tukio la 1", exact: true }).fill("Mashua zinarudi nyumbani.");
      await page.getByText("Imehifadhiwa", { exact: true }).waitFor();
      expect(await overflowOf(page)).toBe(0);
    }, phone);
  });
});
