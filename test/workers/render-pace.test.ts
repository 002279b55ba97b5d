import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { placeholders } from "../../src/core/prepared.ts";
import { expectedRenderSeconds, learnRenderPace, shapeName } from "../../src/core/renders/render-pace.ts";
import { readEnv } from "../../src/env.ts";
import { wire } from "../../src/wiring.ts";

it("the estimate follows what renders of the same kind have taken of late, and no accident", async () => {
  const { deps } = wire(readEnv({ ...env }));
  const shape = { isDraft: false, resolution: "1080p" } as const;
  const learn = (renderSeconds: number) => learnRenderPace(deps, { shape, renderSeconds, videoSeconds: 60 });
  const expected = expectedRenderSeconds(placeholders("shape", "videoSeconds"));
  const estimateOf = async (kind: Parameters<typeof shapeName>[0], videoSeconds: number) => {
    const query = deps.db.select({ expected }).from(sql`(select 1)`).prepare();
    return (await query.get({ shape: shapeName(kind), videoSeconds }))?.expected;
  };
  const estimate = (seconds: number) => estimateOf(shape, seconds);
  expect(await estimate(60)).toBeNull();
  await learn(33);
  expect(await estimate(60)).toBe(33);
  expect(await estimate(120)).toBe(63);
  // A renderer twice as fast: each render brings the estimate nearer, none turns it over.
  const seen = [];
  for (let count = 0; count < 20; count += 1) {
    await learn(18);
    seen.push((await estimate(60)) ?? 0);
  }
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(seen[0]).toBeGreaterThan(28);
  expect(seen.at(-1)).toBeLessThanOrEqual(19);
  // What was all there already, or waited for an hour, says nothing of rendering.
  await learn(1);
  await learn(3_600);
  expect(await estimate(60)).toBe(seen.at(-1));
  expect(await estimateOf({ isDraft: true, resolution: "1080p" }, 60)).toBeNull();
});
