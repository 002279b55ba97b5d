/** What the others in this folder have found once, each told by itself. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { assetAnswer } from "../../../src/contract/assets.ts";
import { videoAccepted } from "../../../src/contract/videos.ts";
import { setClock } from "../../simulation/ledger-world.ts";
import { read, readProblem } from "../../support/api-client.ts";
import { mediaFile, uploadRaw } from "../../support/assets.ts";
import { bodyOf, journalOf, openGate, readVideo, storedKeys } from "../../support/videos.ts";
import { untruthsOf } from "./truth.ts";
import { type Call, type Weather, watchWeather } from "./weather.ts";
import { comeToRest, firstMomentMs, newWorld, pass, type World } from "./world.ts";

const minuteMs = 60_000;

let weather: Weather;
let world: World;
beforeEach(async () => {
  setClock(firstMomentMs);
  weather = watchWeather();
  world = await newWorld(weather);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function submit(script: string): Promise<string> {
  return read(await world.client.post("/api/videos", bodyOf(script)), 202, videoAccepted).id;
}

it("an upload whose row was written, though nobody heard of it, keeps its bytes", async () => {
  const file = mediaFile("image/png 640x480", "the market at noon");
  weather.gather(({ what }) => (what.startsWith("batch insert assets") ? "after" : null));
  readProblem(await uploadRaw(world.client, file), "service_unavailable");
  weather.clear();
  const again = read(await uploadRaw(world.client, file), 200, assetAnswer);
  const bytes = await world.client.get(`/api/assets/${again.id}/file`);
  expect([bytes.status, bytes.text]).toEqual([200, file]);
  pass(80 * minuteMs);
  await comeToRest(world);
  expect((await world.client.get(again.url)).text).toBe(file);
  expect(await untruthsOf(world)).toEqual([]);
});

it("files that were stored behind a cancel go, though the store did not let go of them then", async () => {
  const id = await submit("gate-file:poster.jpg");
  weather.gather(({ port, what }) => (port === "r2" && what === "list" ? "before" : null));
  const running = world.queue.deliver();
  await vi.waitFor(async () => expect((await journalOf(id)).files).toContain("poster.jpg"), 5_000);
  expect((await world.client.post(`/api/videos/${id}/cancel`)).status).toBe(200);
  await openGate(id);
  await running;
  weather.clear();
  expect(await storedKeys(world.tenantId)).toHaveLength(5);
  await comeToRest(world);
  expect(await storedKeys(world.tenantId)).toEqual([]);
  expect(await untruthsOf(world)).toEqual([]);
  // It can be deleted all the same.
  expect((await world.client.call("DELETE", `/api/videos/${id}`)).status).toBe(204);
  await comeToRest(world);
  expect(await untruthsOf(world)).toEqual([]);
});

it("an image's file goes before its credits come back, so that the cron finds what could not go", async () => {
  const isAway = ({ port, what }: Call) => port === "r2" && (what === "put image" || what === "list");
  weather.gather((call) => (isAway(call) ? "after" : null));
  readProblem(await world.client.post("/api/images", { prompt: "A boat" }), "service_unavailable");
  weather.clear();
  await comeToRest(world);
  expect(await storedKeys(world.tenantId)).toEqual([]);
  expect(await untruthsOf(world)).toEqual([]);
});

it("a renderer that could not be told what is missing is told again, at once and by the same consumer", async () => {
  const id = await submit("keeps:2");
  weather.gather(({ what, nth }) => (what === "POST missing" && (nth === 2 || nth === 3) ? "before" : null));
  await world.queue.deliver();
  expect(weather.faults).toBe(2);
  weather.clear();
  expect(await readVideo(world.client, id)).toMatchObject({ status: "succeeded" });
  expect(await journalOf(id)).toMatchObject({ starts: 1, attached: 0 });
});

it("a renderer that can never be told is left, and asked anew", async () => {
  const id = await submit("keeps:2");
  let isDeaf = true;
  weather.gather(({ what }) => (what === "POST missing" && isDeaf ? "before" : null));
  await world.queue.deliver();
  expect(await readVideo(world.client, id)).toMatchObject({ status: "queued" });
  isDeaf = false;
  await world.queue.deliver();
  expect(await readVideo(world.client, id)).toMatchObject({ status: "succeeded" });
  expect(await journalOf(id)).toMatchObject({ starts: 1, attached: 1 });
  const query = env.DB.prepare("SELECT attempts FROM videos WHERE id = ?").bind(id);
  expect(await query.first("attempts")).toBe(2);
});
