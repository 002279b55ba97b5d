import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { oauthVariables } from "./test/support/oauth-settings.ts";
import { paymentVariables } from "./test/support/payment-settings.ts";
import { readMigrations } from "./test/support/read-migrations.ts";
import { rendererUrl } from "./test/support/renderer-url.ts";
import { standInRenderer } from "./test/support/stand-in-renderer.ts";

/** The Worker as it is deployed, with stand-ins for all that it asks. */
function worker() {
  return cloudflareTest({
    wrangler: { configPath: "./wrangler.toml" },
    miniflare: {
      outboundService: standInRenderer,
      bindings: {
        ENVIRONMENT: "development",
        JWT_SECRET: "a secret of the tests, longer than 32 characters",
        RENDERER_URL: rendererUrl,
        RENDER_PARALLELISM: "1",
        ADMIN_EMAILS: "operator@example.com",
        // Tests are faster than people; those of the limits themselves have the real ones.
        USER_REQUESTS_PER_SECOND: "1000",
        ...paymentVariables("http://stripe.test", "http://daraja.test"),
        ...oauthVariables("http://google.test", "http://github.test"),
        MIGRATIONS: readMigrations(join(import.meta.dirname, "migrations")),
      },
    },
  });
}

export default defineConfig({
  test: {
    // The services under test log each request: only a failing test's log is of interest.
    silent: "passed-only",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          environment: "node",
          setupFiles: ["test/support/chosen-seed.ts"],
        },
      },
      {
        resolve: {
          alias: { "cloudflare:workers": join(import.meta.dirname, "test/simulation/money/cloudflare-workers.ts") },
        },
        test: {
          name: "simulation",
          include: ["test/simulation/**/*.test.ts"],
          environment: "node",
          testTimeout: 600_000,
        },
      },
      {
        plugins: [worker()],
        test: {
          name: "workers",
          include: ["test/workers/**/*.test.ts"],
          setupFiles: ["test/support/apply-migrations.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          provide: {
            simulation: { seed: process.env.SEED, path: process.env.SEED_PATH, runs: process.env.RUNS },
          },
        },
      },
      {
        plugins: [worker()],
        test: {
          name: "fuzz-http",
          include: ["test/fuzz/http/**/*.test.ts"],
          setupFiles: ["test/support/apply-migrations.ts"],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          provide: { fuzz: { seed: process.env.SEED, seconds: process.env.SECONDS_OF_FUZZ } },
        },
      },
      {
        test: {
          name: "fuzz",
          include: ["test/fuzz/renderer/**/*.test.ts", "test/fuzz/sockets/**/*.test.ts"],
          environment: "node",
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          provide: { fuzz: { seed: process.env.SEED, seconds: process.env.SECONDS_OF_FUZZ } },
        },
      },
      {
        test: {
          name: "container",
          include: ["test/container/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "chaos",
          include: ["test/chaos/**/*.test.ts"],
          environment: "node",
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          environment: "node",
          // A browser beside a renderer on two cores may once be too late for a page; what is wrong is wrong twice.
          retry: process.env.CI === undefined ? 0 : 1,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
