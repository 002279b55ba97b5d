/** axe on every page of the studio, as people find it filled: nothing on it keeps anybody from using it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FilledStudio, fillStudio } from "../screens/filled-studio.ts";
import { goTo, type Place, places, signInAs } from "../screens/places.ts";
import { chromiumPath, launchBrowser, newVisitor, type Visitor } from "../support/browser.ts";
import { seriousFlaws } from "../support/studio-visitor.ts";

let studio: FilledStudio;
let browser: Browser;

describe.skipIf(chromiumPath === null)("everybody can read and use each page", () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    studio = await fillStudio();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await studio?.close();
  });

  describe.each(["light", "dark"] as const)("in the %s", (colorScheme) => {
    const visitors = new Map<Place["as"], Visitor>();
    afterAll(async () => {
      for (const { context } of visitors.values()) await context.close();
    });
    const visitorAs = async (who: Place["as"]) => {
      const known = visitors.get(who);
      if (known !== undefined) return known;
      const visitor = await newVisitor(browser, { colorScheme, reducedMotion: "reduce" });
      await signInAs(visitor.context, studio.url, who);
      visitors.set(who, visitor);
      return visitor;
    };

    test.each(places.map((place) => [place.name, place] as const))("%s", async (_name, place) => {
      const { page, troubles } = await visitorAs(place.as);
      await goTo(page, studio, place);
      expect(await seriousFlaws(page)).toEqual([]);
      expect(troubles).toEqual([]);
    });
  });
});
