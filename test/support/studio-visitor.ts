/** What a visitor of the studio does, by what they see. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

export const password = "a long enough password";

export async function signUpIn(page: Page, url: string, path = "/"): Promise<string> {
  const email = `visitor-${crypto.randomUUID()}@example.com`;
  await page.goto(url + path);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("link", { name: /credits? left/ }).waitFor();
  return email;
}

/** What the header says can be spent. */
export async function balanceIn(page: Page): Promise<number> {
  const words = await page.getByRole("banner").locator("a.balance").textContent();
  return Number(/\d+/.exec(words ?? "")?.[0]);
}

/** Credits that the button names. */
export async function priceOn(page: Page, button: RegExp): Promise<number> {
  const named = page.getByRole("button", { name: button });
  await expect.poll(() => named.textContent(), { timeout: 15_000 }).toMatch(/\d/);
  return Number(/\d+/.exec((await named.textContent()) ?? "")?.[0]);
}

export async function writeIdea(page: Page, idea: string): Promise<void> {
  await page.getByLabel("Your idea").fill(idea);
  await page.getByRole("switch", { name: /Draft first/ }).check();
}

/** Two moments of the film that is shown, a little apart; it is started when it stands still. */
export async function playedSeconds(page: Page): Promise<[number, number]> {
  const moments = await page.evaluate(`(async () => {
    const film = document.querySelector("video");
    await film.play();
    const first = film.currentTime;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return [first, film.currentTime];
  })()`);
  return moments as [number, number];
}

/** By how many pixels the page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return Number(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
}

/** What axe finds that keeps somebody from using the page as it stands, each with where. */
export async function seriousFlaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(`(async () => {
    // What still moves has colours of the way in between.
    await Promise.all(document.getAnimations().map((one) => (one.effect.getTiming().iterations === Infinity ? null : one.finished.catch(() => null))));
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + ": " + failureSummary));
  })()`);
  return found as string[];
}
