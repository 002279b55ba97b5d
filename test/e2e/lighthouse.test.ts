/** What of Lighthouse does not depend on how busy the machine is; `npm run lighthouse` measures the rest. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weighStudio } from "../../src/cli/build-studio.ts";
import { call } from "../support/account.ts";
import { chromiumPath } from "../support/browser.ts";
import { runLighthouse } from "../support/lighthouse.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

const signIn = { email: "amina@example.com", password: "a long enough password" };

let product: Product;
let stateDir: string;

describe("the studio as Lighthouse sees it", () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "shujaa-lighthouse-"));
    product = await startProduct({ stateDir });
    const made = await call(product.url, "POST", "/api/auth/signup", { body: signIn });
    expect(made.status).toBe(201);
  });
  afterAll(async () => {
    await product?.stop();
    await removeState(stateDir);
  });

  test.skipIf(chromiumPath === null).each([
    ["/sign-in", "phone"],
    ["/create", "phone"],
    ["/create", "desk"],
    ["/docs", "phone"],
  ] as const)("%s leaves nobody out, on a %s", async (path, device) => {
    const known = path === "/create" ? { signIn } : {};
    const { scores, flaws } = await runLighthouse(product.url + path, {
      device,
      categories: ["accessibility"],
      ...known,
    });
    expect(flaws).toEqual([]);
    expect(scores.accessibility).toBe(100);
  });

  test.skipIf(chromiumPath === null).each(["/sign-in", "/create"])(
    "nothing jumps on %s while it comes",
    async (path) => {
      const known = path === "/create" ? { signIn } : {};
      const { shift } = await runLighthouse(product.url + path, {
        device: "phone",
        categories: ["performance"],
        ...known,
      });
      expect(shift).toBeLessThan(0.01);
    },
  );

  test("what is loaded before anything is seen is small", async () => {
    const { firstScript, firstStyle } = await weighStudio();
    expect(firstScript).toBeLessThan(135_000);
    expect(firstStyle).toBeLessThan(20_000);
  });
});
