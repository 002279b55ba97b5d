/** Models write, speak and paint for whom asks for it; when they do not, the video is made all the same, and says so. */
import { describe, expect, it } from "vitest";
import { type VideoAccepted, videoAccepted } from "../../src/contract/videos.ts";
import { read, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { bodyOf, journalOf, readVideo, setPlan } from "../support/videos.ts";

let accounts = 0;

/** Models at an account of their own that feel like `mood`; null: none are set up. */
function queueWith(mood: string | null, variables: Record<string, string> = {}) {
  accounts += 1;
  const account = `${mood}-of-${accounts}`;
  const queue = holdQueue(
    mood === null
      ? variables
      : {
          MODELS_API_BASE: "http://models.test",
          MODELS_ACCOUNT_ID: account,
          MODELS_API_TOKEN: "a token of the tests",
          ...variables,
        },
  );
  return { queue, account };
}

const all = { premium_tts: true, ai_enhancement: true };
const script = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const voice = "@cf/deepgram/aura-2-en";
const picture = "@cf/black-forest-labs/flux-1-schnell";
const offline = { script: "template", voice: "espeak-ng", pictures: "drawn" };

async function ask(client: Tenant, options: Record<string, unknown>): Promise<VideoAccepted> {
  return read(await client.post("/api/videos", { ...bodyOf("models"), ...options }), 202, videoAccepted);
}

async function render(mood: string | null, options: Record<string, unknown>, variables: Record<string, string> = {}) {
  const { queue, account } = queueWith(mood, variables);
  const amina = await signUp({ send: queue.send });
  await setPlan(amina, "premium");
  const { id } = await ask(amina, options);
  await queue.deliverAll();
  const video = await readVideo(amina, id);
  expect(video.status).toBe("succeeded");
  return { queue, amina, id, account, journal: await journalOf(id), providers: video.output?.providers };
}

async function timesAsked(account: string): Promise<Record<string, number>> {
  const asked = await (await fetch("http://models.test/asked")).json<Record<string, number>>();
  const own = Object.entries(asked).filter(([name]) => name.startsWith(`${account} `));
  return Object.fromEntries(own.map(([name, count]) => [name.slice(account.length + 1), count]));
}

describe("models", () => {
  it("make what is asked of them, and the video says who made it", async () => {
    const { journal, providers } = await render("well", all);
    expect(journal.offers).toEqual(["artefact", "script", "voice", "picture"]);
    expect(providers).toEqual({ script, voice, pictures: picture });
    const [written, spoken, painted] = journal.supplied;
    expect(JSON.parse(written?.text ?? "")).toEqual({
      title: "Written by a model",
      scenes: [1, 2, 3].map((part) => ({ title: `Part ${part}`, narration: "Said by a model." })),
    });
    expect([written, spoken, painted].map((one) => one?.contentType).sort()).toEqual([
      "application/json",
      "audio/mpeg",
      "image/jpeg",
    ]);
  });

  it("speak and paint for nobody who has not asked for it", async () => {
    const { journal, providers } = await render("well", {});
    expect(journal.offers).toEqual(["artefact", "script"]);
    expect(providers).toEqual({ ...offline, script });
  });

  it("are not missed where there are none", async () => {
    const { journal, providers } = await render(null, {});
    expect(journal.offers).toEqual(["artefact"]);
    expect(providers).toEqual(offline);
  });

  it("are paid once: another video of the same words gets what is kept", async () => {
    const { queue, amina, account } = await render("well", all);
    const before = await timesAsked(account);
    expect(before).toEqual({ [script]: 1, [voice]: 1, [picture]: 1 });
    const { id } = await ask(amina, all);
    await queue.deliverAll();
    const video = await readVideo(amina, id);
    expect(video.output?.providers).toEqual({ script, voice, pictures: picture });
    expect(await timesAsked(account)).toEqual(before);
  });

  it.each(["busy-once", "down-once"])("that are %s are asked again", async (mood) => {
    const { account, providers } = await render(mood, all);
    expect(providers).toEqual({ script, voice, pictures: picture });
    expect(await timesAsked(account)).toEqual({ [script]: 2, [voice]: 2, [picture]: 2 });
  });

  it.each([
    ["down", 3],
    ["garbage", 3],
    ["empty", 3],
    ["wrong-shape", 3],
    ["refused", 1],
  ])("that are or answer «%s» are given up after %i tries, and the video is made without", async (mood, tries) => {
    const { account, providers, journal } = await render(mood, { ai_enhancement: true });
    expect(providers).toEqual(offline);
    expect(journal.missing).toHaveLength(2);
    expect(await timesAsked(account)).toEqual({ [script]: tries, [picture]: tries });
  });
});
