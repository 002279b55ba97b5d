import { buildAssets, buildWorker } from "../../src/cli/build.ts";
import { startPlatform } from "../../src/cli/local-platform.ts";
import { findFreePort } from "../../src/cli/processes.ts";
import { countedModules } from "./counted-modules.ts";

const host = "127.0.0.1";

/** The product as `npm start` runs it, but with nobody rendering, limits out of the way, and a plan whose videos cost none. */
export async function startProduct(stateDir: string, options: { isCounted: boolean } = { isCounted: false }) {
  await buildAssets();
  const scriptPath = await buildWorker();
  const port = await findFreePort(host);
  const unlimited = (name: string) => ({
    [name]: { type: "ratelimit", name, namespace_id: name, simple: { limit: 1_000_000_000, period: 60 } },
  });
  const { miniflare } = await startPlatform({
    scriptPath,
    host,
    port,
    stateDir,
    variables: {
      ENVIRONMENT: "development",
      JWT_SECRET: "a secret of the bench, longer than 32 characters",
      RENDERER_URL: "http://127.0.0.1:9",
      USER_REQUESTS_PER_SECOND: "10000",
    },
    onLog: () => undefined,
    overrides: {
      queueConsumers: {},
      ratelimits: { ...unlimited("RATE_LIMIT_ADDRESS"), ...unlimited("RATE_LIMIT_USER") },
      ...(options.isCounted ? await countedModules(scriptPath) : {}),
    },
  });
  const url = `http://${host}:${port}`;
  const response = await fetch(`${url}/api/auth/signup`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "bench@example.com", password: "a password of the bench" }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const database = await miniflare.getD1Database("DB");
  await database
    .prepare(
      "INSERT INTO plan_periods (id, tenant_id, plan, source, starts_at_ms, paid_until_ms, access_until_ms, created_at_ms) SELECT 'bench', id, 'enterprise', 'operator', 0, 1e15, 1e15, 0 FROM tenants",
    )
    .run();
  return {
    url,
    headers: { Authorization: `Bearer ${token}` },
    /** Nobody renders here, and a full backlog is refused. */
    emptyBacklog: () => database.prepare("DELETE FROM videos").run(),
    stop: () => miniflare.dispose(),
  };
}
