import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { meAnswer } from "../../src/contract/accounts.ts";
import { balanceAnswer, transactionsAnswer } from "../../src/contract/credits.ts";
import { type VideoAccepted, type VideoAnswer, videoAccepted, videoAnswer } from "../../src/contract/videos.ts";
import type { Plan } from "../../src/core/plans/plans.ts";
import { type Client, read, type Tenant } from "./api-client.ts";
import { rendererUrl } from "./renderer-url.ts";
import type { Journal } from "./stand-in-play.ts";

/** A short body whose prompt tells the stand-in renderer what to do. One scene costs 1 credit, three cost 3. */
export function bodyOf(script: string, scenes = 3) {
  return { prompt: `${script} a day in Nairobi`, scenes };
}

export async function submit(client: Client, script: string, scenes = 3): Promise<VideoAccepted> {
  return read(await client.post("/api/videos", bodyOf(script, scenes)), 202, videoAccepted);
}

export async function readVideo(client: Client, id: string): Promise<VideoAnswer> {
  return read(await client.get(`/api/videos/${id}`), 200, videoAnswer);
}

/** Within the shield's 300 requests in 10 seconds of a session. */
const pollMs = 150;

/** The video, as soon as it has come this far. */
export async function untilStatus(client: Client, id: string, status: VideoAnswer["status"]): Promise<VideoAnswer> {
  const video = await vi.waitFor(
    async () => {
      const seen = await readVideo(client, id);
      expect(seen.status).toBe(status);
      return seen;
    },
    { timeout: 10_000, interval: pollMs },
  );
  return video;
}

/** A finished video, on the live queue. */
export async function makeVideo(client: Client, script = "plain", scenes = 3): Promise<VideoAnswer> {
  const { id } = await submit(client, script, scenes);
  return untilStatus(client, id, "succeeded");
}

/** What was asked of the stand-in renderer for one video. */
export async function journalOf(videoId: string): Promise<Journal> {
  const response = await fetch(`${rendererUrl}/stand-in/${videoId}`);
  return response.json<Journal>();
}

export async function openGate(videoId: string): Promise<void> {
  await fetch(`${rendererUrl}/stand-in/${videoId}`, { method: "POST" });
}

export type Money = { balance: number; held: number; amounts: number[] };

/** What the caller has, and the amounts of every transaction, oldest first; their sum is always the balance. */
export async function readMoney(client: Client): Promise<Money> {
  const { balance, held } = read(await client.get("/api/credits/balance"), 200, balanceAnswer);
  const { data } = read(await client.get("/api/credits/transactions?limit=100"), 200, transactionsAnswer);
  const amounts = data.map(({ amount }) => amount).reverse();
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(balance);
  return { balance, held, amounts };
}

/** The plan from now on and for good, whatever it was before: without the ways to buy one. */
export async function setPlan(tenant: Tenant, plan: Plan): Promise<void> {
  const id = await tenantIdOf(tenant);
  const forGood = Date.UTC(2200, 0);
  await env.DB.batch([
    env.DB.prepare("DELETE FROM plan_periods WHERE tenant_id = ?").bind(id),
    env.DB.prepare(
      "INSERT INTO plan_periods (id, tenant_id, plan, source, starts_at_ms, paid_until_ms, access_until_ms, created_at_ms) VALUES (?, ?, ?, 'operator', 0, ?, ?, 0)",
    ).bind(`test_${id}`, id, plan, forGood, forGood),
  ]);
}

export async function tenantIdOf(tenant: Tenant): Promise<string> {
  return read(await tenant.get("/api/auth/me"), 200, meAnswer).tenant.id;
}

/** Keys of the files stored for a tenant. */
export async function storedKeys(tenantId: string): Promise<string[]> {
  const { objects } = await env.FILES.list({ prefix: `tenants/${tenantId}/` });
  return objects.map(({ key }) => key);
}
