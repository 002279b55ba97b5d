/** Money in the studio: a real browser over the real stack, with Stripe and M-Pesa as servers of their own. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFreePort } from "../../src/cli/processes.ts";
import { returnCookie } from "../../src/contract/return-cookie.ts";
import { type ServedDaraja, serve as serveDaraja } from "../stand-ins/daraja/serve.ts";
import { type ServedStripe, serve as serveStripe } from "../stand-ins/stripe/serve.ts";
import { chromiumPath, launchBrowser, newVisitor, screens, type Visitor } from "../support/browser.ts";
import { darajaKeys, paymentVariables, stripeKeys } from "../support/payment-settings.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";
import { balanceIn, overflowOf, password, seriousFlaws, signUpIn } from "../support/studio-visitor.ts";

const moneyMs = 60_000;
const script = Array.from({ length: 60 }, (_, day) => `On day ${day + 1} she opens her stall before the sun.`).join(
  " ",
);

let stripe: ServedStripe;
let daraja: ServedDaraja;
let product: Product;
let browser: Browser;
let stateDir: string;

describe.skipIf(chromiumPath === null)("money in the studio", () => {
  beforeAll(async () => {
    const port = await findFreePort("127.0.0.1");
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-studio-billing-"));
    stripe = await serveStripe({
      port: 0,
      secretKey: stripeKeys.secretKey,
      webhookSecrets: [stripeKeys.webhookSecret],
      webhookUrl: `http://127.0.0.1:${port}/api/payments/webhook`,
      mode: "automatic",
    });
    daraja = await serveDaraja({ port: 0, ...darajaKeys });
    const variables = paymentVariables(stripe.origin, daraja.origin);
    [product, browser] = await Promise.all([startProduct({ stateDir, port, variables }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await stripe?.close();
    await daraja?.close();
    await removeState(stateDir);
  });

  const visit = async (use: (visitor: Visitor) => Promise<void>, options: BrowserContextOptions = {}) => {
    const visitor = await newVisitor(browser, options);
    try {
      await use(visitor);
      expect(visitor.troubles).toEqual([]);
    } finally {
      await visitor.context.close();
    }
  };
  const heading = (page: Page, name: string) => page.getByRole("heading", { name }).waitFor({ timeout: moneyMs });
  const sendPrompt = (page: Page) => page.getByRole("button", { name: /^Send the prompt/ });
  const promptsOf = (phone: string) => daraja.daraja.listPrompts({ phone });
  const untilPrompts = (phone: string, count: number) =>
    expect.poll(() => promptsOf(phone).length, { timeout: 15_000 }).toBe(count);

  test("too few credits, a card, and back to the text: left half-way, pressed twice, charged once", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/create");
      await page.getByRole("tab", { name: "Script" }).click();
      await page.getByLabel("Your script").fill(script);
      await page.getByRole("radio", { name: "1080p" }).check();
      await page.getByRole("link", { name: /^Get \d+ credits more$/ }).click();
      await page.getByRole("radio", { name: "Card" }).check();
      await page.getByRole("radio", { name: /^50 credits/ }).check();
      let checkouts = 0;
      page.on("request", (request) => {
        if (request.url().endsWith("/api/billing/checkout")) checkouts += 1;
      });
      await page.getByRole("button", { name: "Pay by card · USD 9.99" }).dblclick();
      await page.waitForURL(`${stripe.origin}/c/pay/**`);
      expect(checkouts).toBe(1);

      await page.goBack();
      await heading(page, "Your payment by card is not finished");
      expect(await balanceIn(page)).toBe(10);
      await page.getByRole("link", { name: "Go on at Stripe" }).click();
      await page.getByRole("button", { name: "Leave without paying" }).click();
      await heading(page, "Your payment by card is not finished");
      await page.getByRole("link", { name: "Go on at Stripe" }).click();
      await page.getByRole("button", { name: "Card is declined" }).click();
      await page.getByRole("button", { name: /^Pay \d/ }).click();
      await heading(page, "Paid. Thank you!");
      await page.getByText("50 credits added. You have 60 credits now.").waitFor();
      await page.getByRole("button", { name: "Back to your video" }).click();
      await heading(page, "What shall we tell?");
      expect(await page.getByLabel("Your script").inputValue()).toBe(script);
      await page.getByRole("button", { name: /^Make it · \d+ credits$/ }).waitFor();
      await page.goto(`${product.url}/billing?view=history`);
      const payments = page.getByRole("region", { name: "Payments" }).getByRole("listitem");
      await payments.first().waitFor();
      expect(await payments.allInnerTexts()).toEqual([expect.stringMatching(/50 credits[\s\S]*USD 9\.99[\s\S]*Paid/)]);
    });
  });

  test("a number of one's own by card, also where the list of payments cannot be read", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/billing");
      await page.getByRole("radio", { name: "Card" }).check();
      await page.getByRole("radio", { name: /^Your own number/ }).check();
      const number = page.getByRole("textbox", { name: "Credits" });
      await number.fill("2");
      await page.getByRole("alert").getByText("A whole number, from 3 to 10,000.").waitFor();
      expect(await page.getByRole("button", { name: /^Pay by card/ }).isDisabled()).toBe(true);
      await number.fill("37");
      await page.route("**/api/payments/history*", (route) => route.abort());
      await page.getByRole("button", { name: "Pay by card · USD 7.40" }).click();
      await page.waitForURL(`${stripe.origin}/c/pay/**`);
      await page.getByRole("button", { name: /^Pay \d/ }).click();
      await heading(page, "Paid. Thank you!");
      await page.getByText("37 credits added. You have 47 credits now.").waitFor();
    });
  });

  test("M-Pesa: pressed twice it rings once; a wrong PIN, no answer and a second prompt cost nothing, and then it is paid", async () => {
    const phone = "254711200301";
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url, "/billing");
      await page.getByRole("radio", { name: /^50 credits/ }).check();
      await sendPrompt(page).click();
      await page.getByText("Give a Kenyan mobile number").waitFor();
      await page.getByLabel("M-Pesa number").fill("0711 200 301");
      await page.getByRole("button", { name: "Send the prompt · KES 1,250", exact: true }).waitFor();
      await sendPrompt(page).dblclick();
      await heading(page, "Look at your phone");
      await page.getByText("Enter your M-Pesa PIN to pay KES 1,250").waitFor();
      expect(promptsOf(phone)).toHaveLength(1);
      await page.reload();
      await heading(page, "Look at your phone");

      const other = await context.newPage();
      await other.goto(`${product.url}/billing`);
      await heading(other, "Look at your phone");
      await other.getByLabel("M-Pesa number").fill("0711 200 301");
      await sendPrompt(other).click();
      await other.getByRole("button", { name: "Show that payment" }).click();
      await expect.poll(() => other.evaluate("document.activeElement.textContent")).toBe("Look at your phone");
      expect(promptsOf(phone)).toHaveLength(1);
      await other.close();

      daraja.daraja.decide(phone, "wrong_pin");
      await heading(page, "It was not paid");
      await page.getByText("The M-Pesa PIN was not right. Nothing was charged").waitFor();
      await page.getByRole("button", { name: "Try again · KES 1,250" }).dblclick();
      await untilPrompts(phone, 2);
      await heading(page, "Look at your phone");
      daraja.daraja.decide(phone, "unreachable");
      await page.getByText("Your phone did not answer in time. Nothing was charged").waitFor({ timeout: moneyMs });
      expect(await balanceIn(page)).toBe(10);

      await page.getByRole("button", { name: "Choose something else" }).click();
      await page.getByRole("radio", { name: /^Your own number/ }).check();
      await page.getByRole("textbox", { name: "Credits" }).fill("7");
      await page.getByRole("button", { name: "Send the prompt · KES 175" }).click();
      await untilPrompts(phone, 3);
      daraja.daraja.decide(phone, "paid");
      await heading(page, "Paid. Thank you!");
      await page.getByText("7 credits added. You have 17 credits now.").waitFor();
      expect(await balanceIn(page)).toBe(17);
      await page.getByRole("button", { name: "Done" }).click();
      expect(await page.getByRole("heading", { name: "Paid. Thank you!" }).count()).toBe(0);
      expect(promptsOf(phone)).toHaveLength(3);
    });
  });

  test("no answer to the order is no second order: sent again, even from the page loaded anew, it is the same prompt", async () => {
    const phone = "254711200302";
    await visit(async ({ page }) => {
      // Else the page would hear of its prompt from the list: it is to have its own memory alone.
      await page.route("**/api/payments/history*", (route) => route.abort());
      await signUpIn(page, product.url, "/billing");
      await page.getByLabel("M-Pesa number").fill("0711200302");
      let sent = 0;
      await page.route("**/api/payments/mpesa", async (route) => {
        sent += 1;
        if (sent === 1) await route.fetch();
        await route.abort();
      });
      await sendPrompt(page).click();
      await page.getByText("No answer came. Press again").waitFor({ timeout: moneyMs });
      await page.unroute("**/api/payments/mpesa");
      await page.reload();
      await sendPrompt(page).click();
      await heading(page, "Look at your phone");
      expect(promptsOf(phone)).toHaveLength(1);
    });
  });

  test("a plan by M-Pesa; the list of changes, and its file", async () => {
    const phone = "254711200303";
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/billing?view=plans");
      await page.getByRole("button", { name: "30 days by M-Pesa · KES 1,000" }).click();
      const dialog = page.getByRole("dialog", { name: "Pro, 30 days by M-Pesa" });
      await dialog.getByLabel("M-Pesa number").fill("0711200303");
      await dialog.getByRole("button", { name: "Send the prompt · KES 1,000" }).click();
      await heading(page, "Look at your phone");
      daraja.daraja.decide(phone, "paid");
      await heading(page, "Paid. Thank you!");
      await page.getByText("The Pro plan is yours.").waitFor();
      await page.getByText(/^Pro, paid by M-Pesa until/).waitFor();
      await page.getByRole("button", { name: "30 more days by M-Pesa · KES 1,000" }).waitFor();

      await page.getByRole("radio", { name: "History" }).check();
      await page.getByLabel("Kind").selectOption("bonus");
      await page.getByText("Welcome to Shujaa Studio").waitFor();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download as CSV" }).click();
      const file = await (await download).createReadStream();
      expect((await file.toArray()).join("")).toMatch(/bonus/);
      await page.getByLabel("Kind").selectOption("usage");
      await heading(page, "Nothing of this kind");
    });
  });

  test("a plan by card, changed for a larger one, and cancelled", async () => {
    await visit(async ({ page, context }) => {
      await signUpIn(page, product.url, "/billing?view=plans");
      await page.getByRole("button", { name: "Subscribe by card · USD 7.99" }).click();
      await page.waitForURL(`${stripe.origin}/c/pay/**`);
      // A browser that keeps no cookies is told by a page of the service's, and has one press more.
      await context.clearCookies({ name: returnCookie.name });
      await page.getByRole("button", { name: /^Pay \d/ }).click();
      await page.getByRole("heading", { name: "Your plan is on" }).waitFor();
      await page.getByRole("link", { name: "Back to Shujaa Studio" }).click();
      await page.getByText("The Pro plan is yours.").waitFor({ timeout: moneyMs });
      await page.getByRole("radio", { name: "Plans" }).check();
      await page.getByText(/^Pro, by card. Renews on/).waitFor();
      await page.getByRole("button", { name: "Card and invoices" }).click();
      await page.getByRole("link", { name: "Back to the shop" }).click();
      await page.waitForURL(/\/billing\?view=plans$/);
      await page.getByRole("button", { name: "Change to Premium · USD 19.99" }).click();
      const change = page.getByRole("alertdialog", { name: "Change to Premium?" });
      await change.getByText("the difference is charged to your card now").waitFor();
      await change.getByRole("button", { name: "Stay as it is" }).click();
      await page.getByRole("button", { name: "Change to Premium · USD 19.99" }).click();
      await change.getByRole("button", { name: "Change · up to USD 19.99" }).click();
      await page.getByText("You are on the Premium plan.").waitFor();
      await page.getByRole("button", { name: "Cancel the plan" }).click();
      const confirm = page.getByRole("alertdialog", { name: "Cancel Premium?" });
      await confirm.getByText(/^Premium stays yours until/).waitFor();
      await confirm.getByRole("button", { name: "Cancel the plan" }).click();
      await page.getByText(/^Premium, until .* It does not renew/).waitFor();
    });
  });

  test("a way to pay that is not set up is said quietly, and nothing else breaks", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/billing");
      const detail = "M-Pesa is not set up on this service. Nothing was charged; pay another way.";
      await page.route("**/api/payments/mpesa", (route) =>
        route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: JSON.stringify({ code: "provider_not_configured", status: 503, title: "", detail, request_id: "r" }),
        }),
      );
      await page.getByLabel("M-Pesa number").fill("0711200304");
      await sendPrompt(page).click();
      await page.getByRole("status").filter({ hasText: detail }).waitFor();
      await page.getByRole("radio", { name: "Card" }).check();
      await page.getByRole("button", { name: /^Pay by card/ }).waitFor();
    });
  });

  test("what is used of each limit, day by day; and near a limit a word of it where something is made", async () => {
    await visit(async ({ page }) => {
      await signUpIn(page, product.url, "/usage");
      await page.getByRole("progressbar", { name: "Videos today" }).waitFor();
      await page.locator("[data-chart=credits] svg").first().waitFor();
      await page.getByText("90 days").waitFor();
      await page.getByRole("radio", { name: "90 days" }).check();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.route("**/api/usage", async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as { metrics: { metric: string; used: number; percent: number }[] };
        const metrics = body.metrics.map((one) => (one.metric === "images" ? { ...one, used: 470, percent: 94 } : one));
        await route.fulfill({ response: answer, json: { ...body, metrics } });
      });
      await page.goto(`${product.url}/create`);
      const banner = page.getByText("Images: 94% of what your plan allows is used.");
      await banner.waitFor();
      // What comes late lies over the page; what was known before has its place in it. Either way nothing moves.
      const shift = `new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
          .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 1500);
      })`;
      const placeOf = () => page.evaluate("getComputedStyle(document.querySelector('.usage-banner')).position");
      expect([await placeOf(), Number(await page.evaluate(shift)) < 0.05]).toEqual(["fixed", true]);
      await page.reload();
      await banner.waitFor();
      expect([await placeOf(), Number(await page.evaluate(shift)) < 0.05]).toEqual(["static", true]);
      await page.getByRole("link", { name: "See the limits" }).click();
      await page.getByText("94% used").waitFor();
      await page.goto(`${product.url}/library`);
      await page.getByRole("button", { name: "Hide this" }).click();
      await page.goto(`${product.url}/create`);
      await heading(page, "What shall we tell?");
      await page.waitForLoadState("networkidle");
      expect(await page.getByText(/of what your plan allows/).count()).toBe(0);
    });
  });

  test.each(["light", "dark"] as const)(
    "everybody can read and use these pages, by the %s of day",
    async (colorScheme) => {
      await visit(
        async ({ page }) => {
          await signUpIn(page, product.url, "/billing");
          await page.getByRole("radio", { name: /^50 credits/ }).waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("radio", { name: "Plans" }).check();
          await page
            .getByRole("button", { name: /^30 days by M-Pesa/ })
            .first()
            .waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
          await page.getByRole("radio", { name: "History" }).check();
          await page.getByText("Welcome to Shujaa Studio").waitFor();
          expect(await seriousFlaws(page)).toEqual([]);
        },
        { colorScheme },
      );
    },
  );

  test("in Swahili, on a phone: a prompt that is cancelled, then paid", async () => {
    const phone = "254711200305";
    const options = { viewport: screens.phone, isMobile: true, hasTouch: true, locale: "sw-KE" };
    await visit(async ({ page }) => {
      await page.goto(`${product.url}/billing`);
      await page.getByLabel("Barua pepe").fill(`mgeni-${crypto.randomUUID()}@example.com`);
      await page.getByLabel("Nenosiri", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Fungua akaunti yangu" }).tap();
      await page.getByLabel("Namba ya M-Pesa").fill("+254 711 200 305");
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("button", { name: "Tuma ombi · KES 3,200" }).tap();
      await heading(page, "Angalia simu yako");
      await untilPrompts(phone, 1);
      expect(await overflowOf(page)).toBe(0);
      daraja.daraja.decide(phone, "cancelled");
      await page.getByText("Ulisitisha malipo kwenye simu yako. Hukutozwa").waitFor({ timeout: moneyMs });
      await page.getByRole("button", { name: "Jaribu tena · KES 3,200" }).tap();
      await untilPrompts(phone, 2);
      daraja.daraja.decide(phone, "paid");
      await heading(page, "Umelipa. Asante!");
      await expect.poll(() => page.locator("[data-balance]").getAttribute("data-balance")).toBe("170");
      await page.getByRole("radio", { name: "Kumbukumbu" }).check();
      await page.getByText("Kila badiliko la krediti zako").waitFor();
      expect(await overflowOf(page)).toBe(0);
    }, options);
  });
});
