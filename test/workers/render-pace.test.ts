import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { learnRenderPace, readRenderPaces } from "../../src/core/renders/render-pace.ts";
import { readEnv } from "../../src/env.ts";
import { wire } from "../../src/wiring.ts";

it("the estimate follows what renders of the same kind have taken of late, and no accident", async () => {
  const { deps } = wire(readEnv({ ...env }));
  const shape = { isDraft: false, resolution: "1080p" } as const;
  const learn = (renderSeconds: number) => learnRenderPace(deps, { shape, renderSeconds, videoSeconds: 60 });
  const estimate = async (seconds: number) => (await readRenderPaces(deps))(shape, seconds);
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
  expect((await readRenderPaces(deps))({ isDraft: true, resolution: "1080p" }, 60)).toBeNull();
});
