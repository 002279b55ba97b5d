import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { imageMade } from "../../src/contract/images.ts";
import { type UsageAnswer, usageAnswer, usageHistoryAnswer, usageMetrics } from "../../src/contract/usage.ts";
import { dayMs, monthlyLimit, type Plan, uploadLimit, windowsAt } from "../../src/core/plans/plans.ts";
import { toUnits } from "../../src/core/usage/metrics.ts";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";
import { read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { makeAsset, mediaFile, uploadRaw } from "../support/assets.ts";
import { holdQueue } from "../support/held-queue.ts";
import { at } from "../support/later.ts";
import { bodyOf, makeVideo, setPlan, submit, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

const usageOf = async (tenant: Tenant): Promise<UsageAnswer> => read(await tenant.get("/api/usage"), 200, usageAnswer);
const metricOf = ({ metrics }: UsageAnswer, name: string) => metrics.find(({ metric }) => metric === name);
const historyOf = async (tenant: Tenant, query = "") =>
  read(await tenant.get(`/api/usage/history${query}`), 200, usageHistoryAnswer).data;

/** Sets what the ledger has counted so far. */
async function count(tenant: Tenant, metric: string, used: number): Promise<void> {
  const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(tenant)));
  const { month } = windowsAt(Date.now());
  await ledger.readBalance();
  await runInDurableObject(ledger, (_object: CreditLedger, { storage }) => {
    const period = metric === "storage_bytes" ? "always" : month;
    const query = "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET used = excluded.used";
    storage.sql.exec(query, period, metric, used);
  });
}

describe("GET /api/usage", () => {
  it("of a new user is nothing of everything, with each limit and when it resets", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2034, 1, 10, 15) });
    const usage = await usageOf(await signUp());
    const resets = "2034-03-01T00:00:00.000Z";
    const row = (metric: string, limit: number, resetsAt: string | null = resets) => ({
      metric,
      used: 0,
      limit,
      percent: 0,
      resets_at: resetsAt,
    });
    expect(usage).toEqual({
      plan: "free",
      period: { from: "2034-02-01T00:00:00.000Z", to: resets },
      metrics: [
        row("images", 500),
        row("speech_seconds", 60_000),
        row("render_minutes", 500),
        row("storage_gb", 100, null),
        row("uploads", 500),
      ],
      daily_videos: { used: 0, limit: 3, resets_at: "2034-02-11T00:00:00.000Z" },
    });
  });

  it("counts a video while it is made and after, an image, and an upload until it is deleted", async () => {
    const amina = await signUp();
    const queue = holdQueue();
    const waiting = { ...amina, ...(await signUp({ send: queue.send })) };
    await submit(waiting, "plain", 2);
    const held = await usageOf(waiting);
    expect(held.daily_videos.used).toBe(1);
    expect(metricOf(held, "images")?.used).toBe(2);
    expect(metricOf(held, "render_minutes")?.used).toBeGreaterThan(0);

    await makeVideo(amina, "plain", 2);
    read(await amina.post("/api/images", { prompt: "A fishing boat" }), 201, imageMade);
    const asset = await makeAsset(amina, mediaFile("image/png 640x480", "usage"));
    const usage = await usageOf(amina);
    expect(usage.daily_videos.used).toBe(1);
    expect(metricOf(usage, "images")?.used).toBe(3);
    expect(metricOf(usage, "uploads")).toMatchObject({ used: 1, percent: 0.2 });
    // Whatever is kept is told as something, though it is far from a gigabyte.
    expect(metricOf(usage, "storage_gb")).toMatchObject({ used: 0.001, percent: 0 });
    await amina.call("DELETE", `/api/assets/${asset.id}`);
    const after = await usageOf(amina);
    expect(metricOf(after, "storage_gb")?.used).toBe(0);
    expect(metricOf(after, "uploads")?.used).toBe(1);
  });

  it("tells a part of a limit to a tenth of a per cent, more than all of it after a lapse, and none without a limit", async () => {
    const amina = await signUp();
    await count(amina, "render_seconds", 1_234);
    await count(amina, "images", 1_500);
    const free = await usageOf(amina);
    // 1234 s are 20.566… min: up, so that nobody is told less than was used.
    expect(metricOf(free, "render_minutes")).toMatchObject({ used: 20.6, limit: 500, percent: 4.1 });
    expect(metricOf(free, "images")).toMatchObject({ used: 1500, limit: 500, percent: 300 });
    await setPlan(amina, "premium");
    expect(metricOf(await usageOf(amina), "images")).toMatchObject({ used: 1500, limit: 5000, percent: 30 });
    await setPlan(amina, "enterprise");
    const endless = await usageOf(amina);
    expect(endless.plan).toBe("enterprise");
    expect(endless.daily_videos).toMatchObject({ used: 0, limit: null });
    for (const { limit, percent } of endless.metrics) expect([limit, percent]).toEqual([null, null]);
    expect(metricOf(endless, "images")?.used).toBe(1500);
  });

  it("starts again with the month, and what is kept does not", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2034, 4, 31, 23, 59, 59) });
    const amina = await signUp();
    await count(amina, "images", 7);
    await count(amina, "storage_bytes", 2_500_000_000);
    expect(metricOf(await usageOf(amina), "images")?.used).toBe(7);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2034, 5, 1) });
    const june = await usageOf(amina);
    expect(june.period.from).toBe("2034-06-01T00:00:00.000Z");
    expect(metricOf(june, "images")?.used).toBe(0);
    expect(metricOf(june, "storage_gb")?.used).toBe(2.5);
  });

  it.each([
    ["render_minutes", 1, 0.1],
    ["render_minutes", 6, 0.1],
    ["render_minutes", 7, 0.2],
    ["render_minutes", 60, 1],
    ["storage_gb", 1, 0.001],
    ["storage_gb", 1_000_000, 0.001],
    ["storage_gb", 1_000_001, 0.002],
    ["images", 3, 3],
  ] as const)("rounds up: %s of %i are %f", (metric, counted, told) => {
    expect(toUnits(metric, counted)).toBe(told);
  });
});

describe("GET /api/usage/history", () => {
  it("has a row for each day, today last, zeros included", async () => {
    const todayMs = Date.UTC(2035, 2, 2, 10);
    vi.useFakeTimers({ toFake: ["Date"], now: todayMs - 2 * dayMs });
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await submit(amina, "plain", 2);
    await queue.deliverAll();
    const next = await at(amina, todayMs - dayMs);
    read(await next.post("/api/images", { prompt: "A fishing boat" }), 201, imageMade);
    const later = await at(amina, todayMs);
    const days = await historyOf(later, "?days=4");
    expect(days.map(({ date }) => date)).toEqual(["2035-02-27", "2035-02-28", "2035-03-01", "2035-03-02"]);
    const nothing = { videos: 0, minutes: 0, images: 0, speech_seconds: 0, credits: 0 };
    expect(days[0]).toEqual({ date: "2035-02-27", ...nothing });
    expect(days[1]).toMatchObject({ videos: 1, images: 2, credits: expect.any(Number) });
    expect(days[1]?.minutes).toBeGreaterThan(0);
    expect(days[2]).toEqual({ date: "2035-03-01", ...nothing, images: 1, credits: 5 });
    expect(days[3]).toEqual({ date: "2035-03-02", ...nothing });
    // A day that is out of the window is out of the answer.
    expect((await historyOf(later, "?days=2")).map(({ images }) => images)).toEqual([1, 0]);
  });

  it("is of 30 days, or of 1 to 366", async () => {
    const amina = await signUp();
    expect(await historyOf(amina)).toHaveLength(30);
    for (const days of [1, 366]) expect(await historyOf(amina, `?days=${days}`)).toHaveLength(days);
    for (const days of ["0", "367", "1.5", "all"])
      expect(readPointers(await amina.get(`/api/usage/history?days=${days}`))).toEqual(["/days"]);
  });
});

describe("each limit, on both sides of its edge", () => {
  const plans = ["free", "pro", "premium"] as const;
  const limitOf = (plan: Plan, metric: "images" | "speech_seconds" | "render_seconds") =>
    monthlyLimit(plan, metric) ?? Number.NaN;
  const endOfMonth = () => new Date(windowsAt(Date.now()).monthEndsAtMs).toISOString();

  it.each(plans)("of images on %s", async (plan) => {
    const amina = await signUp();
    await setPlan(amina, plan);
    const limit = limitOf(plan, "images");
    await count(amina, "images", limit - 1);
    read(await amina.post("/api/images", { prompt: "The last boat" }), 201, imageMade);
    const refusal = readProblem(await amina.post("/api/images", { prompt: "One more" }), "quota_exceeded");
    expect(refusal).toMatchObject({ metric: "images", used: limit, limit, resets_at: endOfMonth() });
    expect(metricOf(await usageOf(amina), "images")).toMatchObject({ used: limit, percent: 100 });
  });

  it.each(
    plans.flatMap((plan) => (["speech_seconds", "render_seconds"] as const).map((metric) => [metric, plan] as const)),
  )("of %s on %s", async (metric, plan) => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, plan);
    await submit(amina, "plain", 1);
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(amina)));
    const { monthly } = await ledger.readUsage(plan);
    const needed = monthly.find((one) => one.metric === metric)?.used ?? Number.NaN;
    const limit = limitOf(plan, metric);
    await count(amina, metric, limit - needed);
    await submit(amina, "plain", 1);
    const refusal = readProblem(await amina.post("/api/videos", bodyOf("plain", 1)), "quota_exceeded");
    expect(refusal).toMatchObject({ metric, used: limit, limit, resets_at: endOfMonth() });
    await count(amina, metric, limit - needed + 1);
    expect(readProblem(await amina.post("/api/videos", bodyOf("plain", 1)), "quota_exceeded").metric).toBe(metric);
  });

  it.each(plans)("of uploads on %s", async (plan) => {
    const amina = await signUp();
    await setPlan(amina, plan);
    const limit = uploadLimit(plan, "uploads") ?? Number.NaN;
    await count(amina, "uploads", limit - 1);
    await makeAsset(amina, mediaFile("image/png 1x1", `last of ${plan}`));
    const refusal = readProblem(await uploadRaw(amina, mediaFile("image/png 1x1", "one more")), "quota_exceeded");
    expect(refusal).toMatchObject({ metric: "uploads", used: limit, limit, resets_at: endOfMonth() });
  });

  it.each(plans)("of what is kept on %s", async (plan) => {
    const amina = await signUp();
    await setPlan(amina, plan);
    const limit = uploadLimit(plan, "storage_bytes") ?? Number.NaN;
    const last = mediaFile("image/png 1x1", `fits ${plan}`);
    await count(amina, "storage_bytes", limit - last.length);
    await makeAsset(amina, last);
    const refusal = readProblem(await uploadRaw(amina, mediaFile("image/png 1x1", "no more")), "quota_exceeded");
    expect(refusal).toMatchObject({ metric: "storage_bytes", used: limit, limit, resets_at: null });
  });

  it("of nothing on enterprise", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "enterprise");
    for (const metric of ["images", "speech_seconds", "render_seconds", "uploads", "storage_bytes"])
      await count(amina, metric, 1e12);
    await submit(amina, "plain", 1);
    await makeAsset(amina, mediaFile("image/png 1x1", "endless"));
    expect((await usageOf(amina)).metrics.map(({ metric }) => metric)).toEqual([...usageMetrics]);
  });
});
