/** What the service says about itself: one line for each thing that happened, and nobody's secrets in any. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readEnv } from "../../src/env.ts";
import { wire } from "../../src/wiring.ts";
import { newClient, password, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { submit } from "../support/videos.ts";

type Line = { level: string; event: string; [field: string]: unknown };

let written: string[];

beforeEach(() => {
  written = [];
  for (const level of ["info", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation(
      (...words: unknown[]) => void written.push(words.map(String).join(" ")),
    );
});
afterEach(() => vi.restoreAllMocks());

const lines = () => written.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line);
const named = (event: string) => lines().filter((line) => line.event === event);

it("a request is one line, whatever becomes of it", async () => {
  const { token } = await signUp();
  const address = "203.0.113.77";
  const client = newClient({ token, address });
  const email = `amina-${crypto.randomUUID()}@example.com`;
  const calls: [string, string, string, string | undefined, unknown?][] = [
    ["one-answered", "GET", "/api/auth/me", "getMe"],
    ["one-unknown-path", "GET", "/api/nothing-here", undefined],
    ["one-not-valid", "POST", "/api/videos", "createVideo", { prompt: 7 }],
    ["one-forbidden", "GET", "/api/admin/metrics", "adminGetMetrics"],
    ["one-wrong-password", "POST", "/api/auth/login", "login", { email, password }],
    ["one-with-a-secret-path", "POST", "/api/payments/mpesa/callback/kaa-kimya-siri", "mpesaCallback", {}],
  ];
  for (const [id, method, path, , json] of calls)
    await client.call(method, path, { json, headers: { "X-Request-Id": id, "CF-Ray": "8f0c1d2e3a4b5c6d-NBO" } });
  for (const [id, method, , operation] of calls) {
    const own = named("request").filter((line) => line.request_id === id);
    expect(own, id).toHaveLength(1);
    expect(own[0], id).toMatchObject({ level: "info", method, ray: "8f0c1d2e3a4b5c6d-NBO" });
    expect(own[0]?.duration_ms, id).toEqual(expect.any(Number));
    if (operation !== undefined) expect(own[0]?.status, id).not.toBe(404);
    expect(own[0]?.operation === undefined, id).toBe(operation === undefined);
  }
  expect(named("request").find((line) => line.request_id === "one-forbidden")).toMatchObject({
    status: 403,
    code: "forbidden",
    operation: "adminGetMetrics",
    user_id: expect.stringMatching(/^usr_/),
    tenant_id: expect.stringMatching(/^ten_/),
  });
  for (const secret of [token, address, email, password, "kaa-kimya-siri"])
    expect(written.filter((line) => line.includes(secret))).toEqual([]);
});

it("a queue message, a render that has ended and a cron run are one line each", async () => {
  const queue = holdQueue();
  const amina = await signUp({ send: queue.send });
  const good = await submit(amina, "plain");
  const bad = await submit(amina, "fail:encode_failed");
  const refused = await submit(amina, "fail:media_refused");
  await queue.deliverAll();
  const endOf = (id: string) => named("render_ended").filter(({ videoId }) => videoId === id);
  expect(endOf(good.id)).toMatchObject([{ level: "info", outcome: "succeeded", attempts: 1 }]);
  expect(endOf(bad.id)).toMatchObject([{ level: "error", outcome: "failed", code: "encode_failed" }]);
  expect(endOf(refused.id)).toMatchObject([{ level: "info", outcome: "failed", code: "media_refused" }]);
  const messages = named("queue_message");
  expect(messages.filter(({ type }) => type === "render").length).toBeGreaterThanOrEqual(3);
  expect(messages[0]).toMatchObject({ attempts: 1, duration_ms: expect.any(Number), messageId: expect.any(String) });

  await queue.runCron();
  expect(named("cron")).toMatchObject([{ level: "info", failed: [], tasks: expect.any(Number) }]);
});

it("a cron run names what failed in it", async () => {
  const queue = holdQueue();
  await env.DB.prepare("ALTER TABLE uploads RENAME TO uploads_away").run();
  try {
    await queue.runCron();
  } finally {
    await env.DB.prepare("ALTER TABLE uploads_away RENAME TO uploads").run();
  }
  expect(named("cron")).toMatchObject([{ failed: ["sweepUploads"] }]);
  expect(named("cron_task_failed")).toMatchObject([{ level: "error", task: "sweepUploads" }]);
});

it("what goes wrong with a provider is reported, too, where somebody listens", async () => {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    asked.push(String(input));
    return Response.json({});
  });
  wire(readEnv({ ...env, SENTRY_DSN: "https://key@sentry.test/7", MPESA_PASSKEY: "" }));
  expect(named("mpesa_keys_missing")).toMatchObject([{ level: "error", missing: ["MPESA_PASSKEY"] }]);
  // Its client is loaded for it first.
  await vi.waitFor(() => expect(asked).toEqual([expect.stringContaining("https://sentry.test/api/7/envelope/")]), {
    timeout: 30_000,
  });
});
