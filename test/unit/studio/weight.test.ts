import { expect, test } from "vitest";
import { weighStudio } from "../../../src/cli/build-studio.ts";

/** Compressed, as it travels to a phone on a slow line; `npm run build` has made it. */
const firstScriptMax = 200_000;
const firstStyleMax = 20_000;
/** Of one page, once it is visited: the charts of the usage. */
const pageMax = 130_000;

test("the studio is light", async () => {
  const { firstScript, firstStyle, largestPage } = await weighStudio();
  expect(firstScript).toBeGreaterThan(50_000);
  expect(firstScript).toBeLessThanOrEqual(firstScriptMax);
  expect(firstStyle).toBeLessThanOrEqual(firstStyleMax);
  expect(largestPage).toBeLessThanOrEqual(pageMax);
});
