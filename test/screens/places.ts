/** Every page of the studio, and how it comes to stand still. */
import type { BrowserContext, Page, Route } from "playwright-core";
import { type FilledStudio, operator, owner, password } from "./filled-studio.ts";

export type Place = {
  name: string;
  /** What is seen there, for the index. */
  words: string;
  as: "nobody" | "owner" | "operator";
  path(studio: FilledStudio): string;
  /** Before it is gone to. */
  prepare?(page: Page): Promise<unknown>;
  /** Once it is there. */
  arrange?(page: Page): Promise<unknown>;
};

const at = (path: string) => () => path;
const tab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();

export const places: Place[] = [
  { name: "sign-in", words: "The front door", as: "nobody", path: at("/sign-in") },
  {
    name: "create",
    words: "A video from an idea, with its price",
    as: "owner",
    path: at("/create"),
    arrange: async (page) => {
      await page.getByLabel("Your idea").fill("A young Kenyan entrepreneur builds an AI startup in Nairobi");
      await page.getByRole("button", { name: /^Make it · \d+/ }).waitFor();
    },
  },
  { name: "create-template", words: "From a template", as: "owner", path: at("/create"), arrange: tab("Template") },
  {
    name: "create-values",
    words: "A template's blanks",
    as: "owner",
    path: at("/create"),
    arrange: async (page) => {
      await tab("Template")(page);
      await page.getByRole("button", { name: /Birthday wish/ }).click();
      await page.evaluate("window.scrollTo(0, 0)");
    },
  },
  { name: "create-scenes", words: "Scene by scene", as: "owner", path: at("/create"), arrange: tab("Scenes") },
  {
    name: "rendering",
    words: "A video while it is made",
    as: "owner",
    path: ({ videoIds }) => `/videos/${videoIds.prompt}`,
    prepare: standInTheMiddle,
    arrange: (page) => page.getByRole("progressbar").waitFor(),
  },
  {
    name: "video",
    words: "A finished video",
    as: "owner",
    path: ({ videoIds }) => `/videos/${videoIds.prompt}`,
    arrange: showFilm,
  },
  {
    name: "video-upright",
    words: "A finished upright video",
    as: "owner",
    path: ({ videoIds }) => `/videos/${videoIds.proverb}`,
    arrange: showFilm,
  },
  { name: "library", words: "All videos", as: "owner", path: at("/library") },
  {
    name: "library-delete",
    words: "Before something is deleted",
    as: "owner",
    path: at("/library"),
    arrange: async (page) => {
      await page
        .getByRole("button", { name: /^Delete «/ })
        .first()
        .click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  { name: "projects", words: "Projects", as: "owner", path: at("/projects") },
  { name: "project", words: "A project's scenes", as: "owner", path: ({ projectId }) => `/projects/${projectId}` },
  { name: "billing", words: "Credits, bought by M-Pesa", as: "owner", path: at("/billing") },
  {
    name: "billing-card",
    words: "Credits, bought by card",
    as: "owner",
    path: at("/billing"),
    arrange: (page) => page.getByRole("radio", { name: "Card" }).check(),
  },
  { name: "plans", words: "Plans", as: "owner", path: at("/billing?view=plans") },
  { name: "history", words: "Payments and changes", as: "owner", path: at("/billing?view=history") },
  {
    name: "usage",
    words: "What was used of each limit",
    as: "owner",
    path: at("/usage"),
    arrange: (page) => page.locator("[data-chart=credits] svg").first().waitFor(),
  },
  ...(["profile", "password", "sessions", "providers", "keys", "members", "privacy", "backups", "audit"] as const).map(
    (part): Place => ({
      name: `account-${part}`,
      words: `The account: ${part}`,
      as: "owner",
      path: at(`/account#${part}`),
    }),
  ),
  {
    name: "account-audit",
    words: "The account: audit",
    as: "owner",
    path: at("/account#audit"),
    // Without it the list is of the sign-ins of whoever takes these pictures.
    arrange: (page) => page.getByLabel("Show", { exact: true }).selectOption("key"),
  },
  ...(["stats", "users", "payments", "videos", "stuck", "audit", "backups"] as const).map(
    (part): Place => ({
      name: `admin-${part}`,
      words: `For operators: ${part}`,
      as: "operator",
      path: at(part === "stats" ? "/admin" : `/admin/${part}`),
    }),
  ),
  { name: "missing", words: "What is not there", as: "owner", path: at("/videos/vid_00000000000000000000000000") },
  { name: "docs", words: "The guide to the API", as: "nobody", path: at("/docs") },
  { name: "docs-errors", words: "Every error, and what to do", as: "nobody", path: at("/docs#errors") },
  {
    name: "docs-reference",
    words: "The reference, to read and to try",
    as: "nobody",
    path: at("/docs/reference"),
    arrange: (page) => page.getByText("Send a prompt or scenes").first().waitFor(),
  },
  { name: "embed", words: "The embed on a page", as: "nobody", path: at("/embed/demo") },
];

/** The refresh cookie is all that a page needs. */
export async function signInAs(context: BrowserContext, url: string, who: Place["as"]): Promise<void> {
  if (who === "nobody") return;
  const data = { email: who === "owner" ? owner : operator, password };
  const answer = await context.request.post(`${url}/api/auth/login`, { data });
  if (!answer.ok()) throw new Error(`${who} is not let in: ${await answer.text()}`);
}

export async function goTo(page: Page, studio: FilledStudio, place: Place): Promise<void> {
  await page.unrouteAll();
  // From a page of nobody's: an address that differs in its part alone would load nothing.
  await page.goto("about:blank");
  await place.prepare?.(page);
  await page.goto(studio.url + place.path(studio));
  await page.locator("h1, h2, rapi-doc").first().waitFor();
  await settle(page);
  await place.arrange?.(page);
  await settle(page);
}

const settleMs = 15_000;

/** Nothing is loaded any more, no place-holder is left, and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: settleMs }).catch(() => undefined);
  // Asked from here: a wait inside the page is a script made of a string, which the page's policy refuses.
  const untilMs = Date.now() + settleMs;
  while ((await page.locator("[class*=skeleton]").count()) > 0) {
    if (Date.now() > untilMs) throw new Error(`place-holders are left on ${page.url()}`);
    await page.waitForTimeout(100);
  }
  await page.evaluate(`Promise.all(
    document.getAnimations().map((one) => (one.effect.getTiming().iterations === Infinity ? null : one.finished.catch(() => null))),
  ).then(() => document.fonts.ready).then(() => null)`);
}

/** A finished video told as one that is half-way: nothing moves on while it is looked at. */
async function standInTheMiddle(page: Page): Promise<void> {
  await page.route(/\/api\/videos\/vid_\w+\/(events|socket)/, (route) => route.abort());
  await page.route(/\/api\/videos\/vid_\w+$/, async (route: Route) => {
    const response = await route.fetch();
    const { output: _, ...video } = (await response.json()) as Record<string, unknown>;
    const half = { status: "illustrating", stage: "illustrating", progress: 46, eta_seconds: 24, finished_at: null };
    await route.fulfill({ response, json: { ...video, ...half } });
  });
}

/** A moment into the film, where there is something to see. */
async function showFilm(page: Page): Promise<void> {
  await page.locator("video").waitFor();
  await page.evaluate(`new Promise((resolve) => {
    const film = document.querySelector("video");
    film.addEventListener("seeked", () => resolve(null), { once: true });
    setTimeout(() => resolve(null), 8000);
    film.muted = true;
    const seek = () => { film.currentTime = 2.5; };
    if (film.readyState > 0) seek();
    else { film.preload = "auto"; film.addEventListener("loadedmetadata", seek, { once: true }); film.load(); }
  })`);
}
