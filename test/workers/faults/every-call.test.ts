/**
 * What money and people wait on, with every call that it makes of the world failing in its turn: before it did anything, after
 * it did it, and with everything dead from that call on. Then the weather clears, time passes, and the books, the rows and the
 * files must agree.
 */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { imageMade } from "../../../src/contract/images.ts";
import { videoAccepted } from "../../../src/contract/videos.ts";
import { setClock } from "../../simulation/ledger-world.ts";
import { type Reply, read } from "../../support/api-client.ts";
import { bodyOf } from "../../support/videos.ts";
import { type Play, playEach, replyUntruths, type Trouble } from "./each-call.ts";
import { type Call, faultsOf, type Weather, watchWeather } from "./weather.ts";
import { deliverAll, firstMomentMs, untilAnswered, type World } from "./world.ts";

/** Hundreds of small days, perhaps on a busy machine. */
const manyMs = 600_000;

let weather: Weather;
beforeEach(() => {
  setClock(firstMomentMs);
  weather = watchWeather();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const crashes = (): readonly Trouble[] => ["before", "after", "dead"];
/** What is done over and over is broken in every way once, and is where somebody dies. */
const all = (call: Call): readonly Trouble[] => {
  const { what, nth } = call;
  if (what === "publish" && nth > 2) return ["dead"];
  return /captions|words|artefact/.test(what) && nth > 1 ? crashes() : [...faultsOf(call), "dead"];
};

let keys = 0;
/** As an app names what it asks for, so that it can ask again. */
function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** Of a prompt of its own, so that nothing of it was made before. */
async function submitted(world: World, script: string): Promise<string> {
  return read(await world.client.post("/api/videos", bodyOf(`${script} ${newKey()}`)), 202, videoAccepted).id;
}

async function statusOf(id: string): Promise<{ status: string; error: string | null }> {
  const row = await env.DB.prepare("SELECT status, error FROM videos WHERE id = ?").bind(id).first();
  return row as { status: string; error: string | null };
}

async function isStatus(id: string, status: string): Promise<string[]> {
  const found = await statusOf(id);
  return found.status === status ? [] : [`it is ${found.status}, not ${status}: ${found.error}`];
}

/** A request that is sent once in the weather, and then again, as a client does, until it is answered. */
function asking(
  ask: (world: World, given: { key: string; id: string }) => Promise<Reply>,
  isAnswer: (reply: Reply) => boolean,
): Pick<Play<Asked>, "act" | "goOn"> {
  return {
    async act(world, given) {
      given.replies.push(await ask(world, given));
    },
    async goOn(world, given) {
      const { reply, problems } = await untilAnswered(() => ask(world, given));
      given.replies.push(...problems, reply);
      const untruths = given.replies.flatMap(replyUntruths);
      return isAnswer(reply) ? untruths : [...untruths, `in the end the answer was ${reply.status} ${reply.text}`];
    },
  };
}
type Asked = { key: string; id: string; replies: Reply[]; before: number };

async function countVideos({ tenantId }: World): Promise<number> {
  const query = env.DB.prepare("SELECT count(*) AS n FROM videos WHERE tenant_id = ?").bind(tenantId);
  return (await query.first<number>("n")) ?? 0;
}

describe("whatever call fails", () => {
  it(
    "a submit that is repeated makes one video, and charges once",
    async () => {
      const play: Play<Asked> = {
        prepare: async (world) => ({ key: newKey(), id: "", replies: [], before: await countVideos(world) }),
        ...asking(
          (world, { key }) => world.client.post("/api/videos", bodyOf("plain"), { "Idempotency-Key": key }),
          ({ status }) => status === 202,
        ),
        async isRight(world, { before, replies }) {
          const made = (await countVideos(world)) - before;
          const ids = new Set(replies.filter(({ status }) => status === 202).map(({ text }) => JSON.parse(text).id));
          const wrong = made === 1 && ids.size === 1 ? [] : [`${made} videos were made, and ${ids.size} promised`];
          for (const id of ids) wrong.push(...(await isStatus(String(id), "succeeded")));
          return wrong;
        },
      };
      const { wrong, cases } = await playEach(weather, play, crashes);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(20);
    },
    manyMs,
  );

  it.each([
    ["keeps:2", "succeeded", all],
    ["fail:disk_full", "failed", crashes],
  ] as const)(
    "a render (%s) comes to its end (%s), and costs what it should",
    async (script, status, troublesOf) => {
      const play: Play<{ id: string }> = {
        prepare: async (world) => ({ id: await submitted(world, script) }),
        async act(world, _, trouble) {
          const { queue } = world;
          await queue.deliver();
          // Who is killed does not give its message back.
          if (trouble === "dead") queue.waiting.splice(0);
        },
        isRight: (_, { id }) => isStatus(id, status),
      };
      const { wrong, cases } = await playEach(weather, play, troublesOf);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(20);
    },
    manyMs,
  );

  it(
    "a cancel that is repeated gives the credits back, once",
    async () => {
      const play: Play<Asked> = {
        prepare: async (world) => ({ key: "", id: await submitted(world, "plain"), replies: [], before: 0 }),
        ...asking(
          (world, { id }) => world.client.post(`/api/videos/${id}/cancel`),
          ({ status }) => status === 200,
        ),
        isRight: (_, { id }) => isStatus(id, "cancelled"),
      };
      const { wrong, cases } = await playEach(weather, play, crashes);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(10);
    },
    manyMs,
  );

  it(
    "a video that is deleted leaves no file",
    async () => {
      const play: Play<Asked> = {
        async prepare(world) {
          const id = await submitted(world, "keeps:2");
          await deliverAll(world);
          return { key: "", id, replies: [], before: 0 };
        },
        ...asking(
          (world, { id }) => world.client.call("DELETE", `/api/videos/${id}`),
          ({ status }) => status === 204 || status === 404,
        ),
        async isRight({ tenantId }, { id }) {
          const query = "SELECT deleted_at_ms AS at FROM videos WHERE id = ?";
          const at = await env.DB.prepare(query).bind(id).first("at");
          const { objects } = await env.FILES.list({ prefix: `tenants/${tenantId}/` });
          return [...(at === null ? ["it is not deleted"] : []), ...objects.map(({ key }) => `${key} is left`)];
        },
      };
      const { wrong, cases } = await playEach(weather, play, crashes);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(10);
    },
    manyMs,
  );

  it(
    "an image that is asked for again is made once, and charged once",
    async () => {
      const play: Play<Asked> = {
        prepare: async () => ({ key: newKey(), id: "", replies: [], before: 0 }),
        ...asking(
          (world, { key }) => world.client.post("/api/images", { prompt: "A boat" }, { "Idempotency-Key": key }),
          ({ status }) => status === 201,
        ),
        async isRight(_, { replies }) {
          const made = replies.filter(({ status }) => status === 201).map((reply) => read(reply, 201, imageMade).id);
          return new Set(made).size === 1 ? [] : [`images were made: ${made.join()}`];
        },
      };
      const { wrong, cases } = await playEach(weather, play, crashes);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(20);
    },
    manyMs,
  );
});
