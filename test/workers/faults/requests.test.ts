/**
 * Requests of every kind, with every call that they make of the world failing in its turn: whoever asks is told so as RFC 9457
 * has it and learns nothing of our insides, and asking again works.
 */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { videoAccepted } from "../../../src/contract/videos.ts";
import { ledgerOf, setClock } from "../../simulation/ledger-world.ts";
import { type Reply, read } from "../../support/api-client.ts";
import { makeAsset, mediaFile, uploadRaw } from "../../support/assets.ts";
import { bodyOf } from "../../support/videos.ts";
import { playEach, replyUntruths, type Trouble } from "./each-call.ts";
import { type Weather, watchWeather } from "./weather.ts";
import { deliverAll, firstMomentMs, untilAnswered, type World } from "./world.ts";

const manyMs = 300_000;

let weather: Weather;
beforeEach(() => {
  setClock(firstMomentMs);
  weather = watchWeather();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Given = { id: string; replies: Reply[]; note: number };

const made = new WeakMap<World, string>();
/** One finished video for all that only look. */
async function videoOf(world: World): Promise<string> {
  const known = made.get(world);
  if (known !== undefined) return known;
  const { id } = read(await world.client.post("/api/videos", bodyOf("plain")), 202, videoAccepted);
  await deliverAll(world);
  made.set(world, id);
  return id;
}

/** So that there is something to be copied. */
async function giveCredit(world: World, note: number): Promise<void> {
  const { tenantId } = world;
  await ledgerOf(tenantId).grant({
    id: `note_${tenantId}_${note}`,
    credits: 1,
    description: "One more",
    type: "bonus",
  });
  world.credits += 1;
}

type Ask = (world: World, given: Given) => Promise<Reply>;
const get =
  (path: (id: string) => string): Ask =>
  ({ client }, { id }) =>
    client.get(path(id));

const requests: Record<string, { ask: Ask; statuses: number[]; restMs?: number }> = {
  "a video": { ask: get((id) => `/api/videos/${id}`), statuses: [200] },
  "the library": { ask: get(() => "/api/videos"), statuses: [200] },
  "a file": { ask: get((id) => `/api/videos/${id}/file`), statuses: [200] },
  "a part of a file": {
    ask: ({ client }, { id }) => client.get(`/api/videos/${id}/file`, { Range: "bytes=0-9" }),
    statuses: [206],
  },
  "the head of a file": { ask: ({ client }, { id }) => client.call("HEAD", `/api/videos/${id}/file`), statuses: [200] },
  "the balance": { ask: get(() => "/api/credits/balance"), statuses: [200] },
  "the history": { ask: get(() => "/api/credits/transactions"), statuses: [200] },
  "the usage": { ask: get(() => "/api/usage"), statuses: [200] },
  "one's own account": { ask: get(() => "/api/auth/me"), statuses: [200] },
  "a quote": { ask: ({ client }) => client.post("/api/videos/quote", bodyOf("plain")), statuses: [200] },
  "an upload": {
    ask: ({ client }, { note }) => uploadRaw(client, mediaFile("image/png 640x480", String(note))),
    statuses: [200, 201],
    restMs: 80 * 60_000,
  },
  "a deletion of an upload": {
    ask: ({ client }, { id }) => client.call("DELETE", `/api/assets/${id}`),
    statuses: [204, 404],
    restMs: 80 * 60_000,
  },
};

const troubles = (): readonly Trouble[] => ["before", "after", "dead"];
let notes = 0;

it.each(Object.keys(requests))(
  "%s that cannot be had is refused in words, and is had the next time",
  async (name) => {
    const request = requests[name];
    if (request === undefined) throw new Error(`no request ${name}`);
    const { ask, statuses, restMs } = request;
    const { wrong, cases } = await playEach<Given>(
      weather,
      {
        async prepare(world) {
          notes += 1;
          if (name === "the history") await giveCredit(world, notes);
          const isUpload = name === "a deletion of an upload";
          const id = isUpload
            ? (await makeAsset(world.client, mediaFile(undefined, String(notes)))).id
            : await videoOf(world);
          return { id, replies: [], note: notes };
        },
        async act(world, given) {
          given.replies.push(await ask(world, given));
        },
        async goOn(world, given) {
          const { reply, problems } = await untilAnswered(() => ask(world, given));
          return [
            ...[...given.replies, ...problems].flatMap(replyUntruths),
            ...(problems.length === 0 ? [] : [`refused in clear weather, too: ${problems[0]?.text}`]),
            ...(statuses.includes(reply.status) ? [] : [`in the end the answer was ${reply.status} ${reply.text}`]),
          ];
        },
        isRight: async () => [],
        ...(restMs === undefined ? {} : { restMs }),
      },
      troubles,
    );
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(2);
  },
  manyMs,
);
