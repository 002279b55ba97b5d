/** Who never answers is not waited for without end: each wait has its limit, and the video is made by the next try. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { videoAccepted } from "../../../src/contract/videos.ts";
import { setClock } from "../../simulation/ledger-world.ts";
import { read } from "../../support/api-client.ts";
import { untruthsOf } from "./truth.ts";
import { type Port, type Weather, watchWeather } from "./weather.ts";
import { comeToRest, firstMomentMs, hastenTimers, newWorld } from "./world.ts";

let weather: Weather;
beforeEach(() => {
  setClock(firstMomentMs);
  weather = watchWeather();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const models = {
  MODELS_API_BASE: "http://models.test",
  MODELS_ACCOUNT_ID: "well-of-limits",
  MODELS_API_TOKEN: "a token of the tests",
};

const hangMs = 120_000;
/** Thirty seconds are one. */
const share = 30;

it.each<[Port, string, string]>([
  ["renderer", "POST renders", "plain"],
  ["renderer", "POST missing", "keeps:2"],
  ["renderer", "GET artefacts", "keeps:2"],
  ["renderer", "GET file video.mp4", "plain"],
  ["renderer", "DELETE renders", "plain"],
  ["renderer", "PUT supplies", "models"],
  ["r2", "put video.mp4", "plain"],
  ["r2", "put artefact", "keeps:2"],
  ["models", "llama-3.3-70b-instruct-fp8-fast", "models"],
])(
  "%s %s, asked by %s, that hangs once",
  async (port, what, script) => {
    const world = await newWorld(weather, models);
    const body = { prompt: `${script} a day that hangs`, scenes: 3 };
    const { id } = read(await world.client.post("/api/videos", body), 202, videoAccepted);
    hastenTimers(share);
    weather.gather((call) => (call.port === port && call.what === what && call.nth === 1 ? "hang" : null));
    await world.queue.deliver();
    expect(weather.faults).toBe(1);
    await comeToRest(world);
    expect(await untruthsOf(world)).toEqual([]);
    const row = await env.DB.prepare("SELECT status, attempts FROM videos WHERE id = ?").bind(id).first();
    expect(row).toMatchObject({ status: "succeeded" });
  },
  hangMs,
);
