/** A full queue refuses new work before it charges for it, and takes it again when there is room. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readProblem, signUp } from "../support/api-client.ts";
import { bodyOf, readMoney } from "../support/videos.ts";

/** The count of the waiting may be a second old. */
const laterMs = 2_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

function fillQueue(rows: number) {
  return env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO videos (id, tenant_id, user_id, status, title, document, queue, credits, ceiling_seconds,
       estimated_render_seconds, enqueued_at_ms, created_at_ms)
     SELECT 'filler-' || i, 'nobody', 'nobody', 'queued', 't', '{}', 'priority', 0, 1, 1, ?, ? FROM n`,
  )
    .bind(rows, Date.now(), Date.now())
    .run();
}

test("2,000 waiting are too many, 1,999 are not", async () => {
  const tenant = await signUp();
  await fillQueue(2_000);
  vi.setSystemTime(Date.now() + laterMs);
  const refused = await tenant.post("/api/videos", bodyOf("ok", 1));
  readProblem(refused, "backlog_full");
  expect(await readMoney(tenant)).toMatchObject({ balance: 10, held: 0 });

  await env.DB.prepare("DELETE FROM videos WHERE id = 'filler-1'").run();
  vi.setSystemTime(Date.now() + laterMs);
  expect((await tenant.post("/api/videos", bodyOf("ok", 1))).status).toBe(202);
  await env.DB.prepare("DELETE FROM videos WHERE id LIKE 'filler-%'").run();
});
