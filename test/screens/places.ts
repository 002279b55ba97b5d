/** Every page of the studio, and how it comes to stand still. */
import type { BrowserContext, Page, Route } from "playwright-core";
import { type FilledStudio, newcomer, operator, owner, password } from "./filled-studio.ts";

const addresses = { owner, operator, newcomer, "owner in Swahili": owner };
/** Each in a browser of their own. */
export type Viewer = "nobody" | keyof typeof addresses;

export type Place = {
  name: string;
  /** What is seen there, for the index. */
  words: string;
  as: Viewer;
  path(studio: FilledStudio): string;
  /** Before it is gone to. */
  prepare?(page: Page, studio: FilledStudio): Promise<unknown>;
  /** Once it is there. */
  arrange?(page: Page): Promise<unknown>;
};

const at = (path: string) => () => path;
const tab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();

export const places: Place[] = [
  { name: "sign-in", words: "The front door", as: "nobody", path: at("/sign-in") },
  {
    name: "sign-in-link",
    words: "Where a mailed link leads",
    as: "nobody",
    path: at("/auth/magic?token=of-a-mail"),
  },
  { name: "invitation", words: "Who is invited", as: "nobody", path: ({ invitationPath }) => invitationPath },
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
  {
    name: "create-swahili",
    words: "The same in Swahili",
    as: "owner in Swahili",
    path: at("/create"),
    arrange: async (page) => {
      await page.locator("textarea").fill("Mkulima wa Nakuru anauza mahindi kwa simu");
      await page.getByRole("button", { name: /^Tengeneza · / }).waitFor();
    },
  },
  {
    name: "create-short",
    words: "More than there are credits for",
    as: "newcomer",
    path: at("/create"),
    arrange: async (page) => {
      await page
        .getByLabel("Your idea")
        .fill("How a fishing village on Lake Victoria saved its lake, in twelve scenes");
      await page.getByLabel("Scenes", { exact: true }).selectOption("12");
      await page.getByRole("link", { name: /^Get \d+/ }).waitFor();
    },
  },
  {
    name: "menu",
    words: "You and settings",
    as: "owner",
    path: at("/create"),
    arrange: async (page) => {
      await page.getByRole("button", { name: "You and settings" }).click();
      await page.getByRole("menu").waitFor();
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
  { name: "library-empty", words: "Before the first video", as: "newcomer", path: at("/library") },
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
  { name: "projects-empty", words: "Before the first project", as: "newcomer", path: at("/projects") },
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
  { name: "receipt", words: "A receipt", as: "nobody", path: ({ receiptPath }) => receiptPath },
  {
    name: "usage",
    words: "What was used of each limit",
    as: "owner",
    path: at("/usage"),
    arrange: (page) => page.locator("[data-chart=credits] svg").first().waitFor(),
  },
  ...(["profile", "password", "sessions", "providers", "keys", "members", "privacy", "backups"] as const).map(
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
  {
    name: "embed",
    words: "The embed on a page",
    as: "nobody",
    path: at("/embed/demo"),
    prepare: async (page, { url, embedKey }) => {
      // Another page than the one that is gone to: that one reads it as it begins.
      await page.goto(`${url}/docs`);
      await page.evaluate(`sessionStorage.setItem("demo-key", ${JSON.stringify(embedKey)})`);
    },
    arrange: async (page) => {
      await page.getByLabel("What is your video about?").fill("A farmer in Nakuru sells maize by phone");
      await page.getByRole("button", { name: /3 credits/ }).waitFor();
    },
  },
  { name: "astella", words: "Astella's client at work", as: "nobody", path: at("/astella/demo") },
];

/** The refresh cookie is all that a page needs. */
export async function signInAs(context: BrowserContext, url: string, who: Viewer): Promise<void> {
  if (who === "nobody") return;
  if (who === "owner in Swahili") {
    // A blank page keeps nothing, and refuses to be asked.
    const choose = 'localStorage.setItem("shujaa.preferences", JSON.stringify({ language: "sw" }))';
    await context.addInitScript(`if (location.origin !== "null") ${choose}`);
  }
  const data = { email: addresses[who], password };
  const answer = await context.request.post(`${url}/api/auth/login`, { data });
  if (!answer.ok()) throw new Error(`${who} is not let in: ${await answer.text()}`);
}

export async function goTo(page: Page, studio: FilledStudio, place: Place): Promise<void> {
  await page.unrouteAll();
  // From a page of nobody's: an address that differs in its part alone would load nothing.
  await page.goto("about:blank");
  await place.prepare?.(page, studio);
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
  // What is in sight is drawn; pictures further down come when they are near.
  await page.evaluate(`Promise.all(
    [...document.images]
      .filter((one) => { const { top, bottom } = one.getBoundingClientRect(); return bottom > 0 && top < innerHeight; })
      .map((one) => { one.loading = "eager"; return one.decode().catch(() => null); }),
  ).then(() => null)`);
  await page.evaluate(`Promise.all(
    document.getAnimations().map((one) => (one.effect.getTiming().iterations === Infinity ? null : one.finished.catch(() => null))),
  ).then(() => document.fonts.ready).then(() => null)`);
}

const half = { status: "illustrating", stage: "illustrating", progress: 46, queue_position: null, eta_seconds: 24 };

/** A finished video told as one that is half-way: nothing moves on while it is looked at. */
async function standInTheMiddle(page: Page): Promise<void> {
  await page.route(/\/api\/videos\/vid_\w+\/events/, (route) => {
    const [, id] = /(vid_\w+)/.exec(route.request().url()) ?? [];
    const event = `id: 1\nevent: progress\ndata: ${JSON.stringify({ id, ...half })}\n\n`;
    return route.fulfill({ contentType: "text/event-stream", body: event });
  });
  await page.route(/\/api\/videos\/vid_\w+$/, async (route: Route) => {
    const response = await route.fetch();
    const { output: _, ...video } = (await response.json()) as Record<string, unknown>;
    await route.fulfill({ response, json: { ...video, ...half, finished_at: null } });
  });
}

/** A moment into the film, where there is something to see. */
async function showFilm(page: Page): Promise<void> {
  await page.locator("video").waitFor();
  await page.evaluate(`new Promise((resolve) => {
    const film = document.querySelector("video");
    // The ring that turns over a film while it loads goes a moment after it has.
    const isShown = () => setTimeout(() => resolve(null), 600);
    film.addEventListener("seeked", () => film.readyState > 2 ? isShown() : film.addEventListener("canplay", isShown, { once: true }), { once: true });
    setTimeout(() => resolve(null), 8000);
    film.muted = true;
    const seek = () => { film.currentTime = film.duration * 0.42; };
    if (film.readyState > 0) seek();
    else { film.preload = "auto"; film.addEventListener("loadedmetadata", seek, { once: true }); film.load(); }
  })`);
}
