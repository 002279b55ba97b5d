import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { videoAccepted, videosAnswer } from "../../src/contract/videos.ts";
import { type Client, type Reply, read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { bodyOf, readMoney, setPlan } from "../support/videos.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function world() {
  const queue = holdQueue();
  return { queue, amina: await signUp({ send: queue.send }) };
}

const post = (client: Client, key: string, body: unknown = bodyOf("plain"), path = "/api/videos") =>
  client.post(path, body, { "Idempotency-Key": key });
const isReplay = (reply: Reply) => reply.headers.get("Idempotent-Replayed") === "true";
const libraryOf = async (client: Client) => read(await client.get("/api/videos"), 200, videosAnswer).data;

describe("the same key and body", () => {
  it("six times at once is one video and one charge", async () => {
    const { queue, amina } = await world();
    const replies = await Promise.all(Array.from({ length: 6 }, () => post(amina, "at-once")));
    const made = replies.filter(({ status }) => status === 202);
    for (const reply of replies) if (reply.status !== 202) readProblem(reply, "idempotency_in_progress");
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(made.filter((reply) => !isReplay(reply))).toHaveLength(1);

    const later = await post(amina, "at-once");
    expect(isReplay(later)).toBe(true);
    expect(later.text).toBe(made[0]?.text);
    expect(later.headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(await libraryOf(amina)).toHaveLength(1);
    expect(queue.waiting).toHaveLength(1);
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 3, amounts: [10, -3] });
  });

  it("is the same when it is quoted, as the draft has it", async () => {
    const { amina } = await world();
    const bare = await post(amina, "order-7");
    const quoted = await post(amina, '"order-7"');
    expect([isReplay(bare), isReplay(quoted)]).toEqual([false, true]);
    expect(quoted.text).toBe(bare.text);
  });

  it("gets a refusal again that was final, also when credits have come meanwhile", async () => {
    const { amina } = await world();
    const first = await post(amina, "dear", bodyOf("plain", 20));
    readProblem(first, "insufficient_credits");
    await setPlan(amina, "premium");
    const again = await post(amina, "dear", bodyOf("plain", 20));
    expect(isReplay(again)).toBe(true);
    expect(again.text).toBe(first.text);
    readProblem(again, "insufficient_credits");
  });
});

describe("a key", () => {
  it("with another body or another path is refused, and nothing is done", async () => {
    const { amina } = await world();
    read(await post(amina, "once"), 202, videoAccepted);
    readProblem(await post(amina, "once", bodyOf("plain", 1)), "idempotency_key_reused");
    readProblem(await post(amina, "once", bodyOf("plain"), "/api/generate-video"), "idempotency_key_reused");
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });

  it("is one user's own", async () => {
    const { amina, queue } = await world();
    const juma = await signUp({ send: queue.send });
    const [hers, his] = [await post(amina, "shared"), await post(juma, "shared", bodyOf("plain", 1))];
    expect(read(hers, 202, videoAccepted).id).not.toBe(read(his, 202, videoAccepted).id);
    expect(isReplay(his)).toBe(false);
  });

  it.each([
    ["a body that is not valid", { prompt: "" }],
    ["no JSON", null],
  ])("can be used again after %s: nothing was done", async (_name, body) => {
    const { amina } = await world();
    const headers = { "Idempotency-Key": "again", "Content-Type": "application/json" };
    const refused =
      body === null
        ? await amina.call("POST", "/api/videos", { body: "{", headers })
        : await amina.post("/api/videos", body, headers);
    expect([400, 422]).toContain(refused.status);
    expect(isReplay(await post(amina, "again"))).toBe(false);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });

  it.each(["", '""', "a b", "k".repeat(256), "a\tb"])("that is none is refused: %j", async (key) => {
    const { amina } = await world();
    expect(readPointers(await post(amina, key))).toEqual(["/Idempotency-Key"]);
  });

  it("of 255 characters is taken", async () => {
    const { amina } = await world();
    read(await post(amina, "k".repeat(255)), 202, videoAccepted);
  });

  it("is remembered for a day and longer", async () => {
    const { amina, queue } = await world();
    const first = await post(amina, "old");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 23 * 3_600_000 });
    await queue.runCron();
    const again = await post(amina, "old");
    expect(isReplay(again)).toBe(true);
    expect(again.text).toBe(first.text);
  });
});

describe("a first request that takes long", () => {
  const prompt = "A fishing boat on Lake Victoria";

  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  /** Holds back whatever is stored from now on. Asked again and again: a request does not wake by a promise of another's. */
  function holdFiles() {
    let isHeld = true;
    let isReached = false;
    const bucket = Object.getPrototypeOf(env.FILES) as R2Bucket;
    const put = bucket.put as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(bucket, "put").mockImplementation(async function held(this: R2Bucket, ...given: unknown[]) {
      isReached = true;
      await until(() => !isHeld);
      return put.apply(this, given);
    } as never);
    return {
      letGo() {
        isHeld = false;
      },
      reached: () => until(() => isReached),
    };
  }

  it("keeps its key for as long as it lives, and nobody runs beside it", async () => {
    const { amina } = await world();
    const files = holdFiles();
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    const first = post(amina, "slow", { prompt }, "/api/images");
    await files.reached();
    for (let count = 0; count < 15; count += 1) await vi.advanceTimersByTimeAsync(3_000);
    const beside = await post(amina, "slow", { prompt }, "/api/images");
    readProblem(beside, "idempotency_in_progress");
    expect(beside.headers.get("Retry-After")).toBe("1");
    files.letGo();
    const made = await first;
    expect(made.status).toBe(201);
    const again = await post(amina, "slow", { prompt }, "/api/images");
    expect(isReplay(again)).toBe(true);
    expect(again.text).toBe(made.text);
    expect(await readMoney(amina)).toEqual({ balance: 5, held: 0, amounts: [10, -5] });
  });

  it("and hangs for ever lets its key go when the platform has ended it", async () => {
    const { amina } = await world();
    const files = holdFiles();
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    const first = post(amina, "hung", { prompt }, "/api/images");
    await files.reached();
    // 120 s for the answer, and 30 s of what goes on behind it.
    for (let count = 0; count < 55; count += 1) await vi.advanceTimersByTimeAsync(3_000);
    vi.restoreAllMocks();
    expect((await post(amina, "hung", { prompt }, "/api/images")).status).toBe(201);
    expect(await readMoney(amina)).toEqual({ balance: 5, held: 0, amounts: [10, -5] });
    files.letGo();
    await first;
  });
});

describe("a first request that died", () => {
  /** As it leaves its claim behind: the video is charged, but nobody was answered. */
  async function forgetAnswer(key: string): Promise<void> {
    await env.DB.prepare("UPDATE idempotency_keys SET status = NULL, body = NULL WHERE key = ?").bind(key).run();
  }

  async function claimedAt(key: string): Promise<number> {
    const query = env.DB.prepare("SELECT claimed_at_ms AS claimedAtMs FROM idempotency_keys WHERE key = ?");
    return (await query.bind(key).first<number>("claimedAtMs")) ?? Number.NaN;
  }

  it("is waited for, then taken over: the same video, charged once", async () => {
    const { amina } = await world();
    const first = read(await post(amina, "died"), 202, videoAccepted);
    await forgetAnswer("died");
    const waiting = await post(amina, "died");
    readProblem(waiting, "idempotency_in_progress");
    expect(waiting.headers.get("Retry-After")).toBe("1");

    const claimedAtMs = await claimedAt("died");
    vi.useFakeTimers({ toFake: ["Date"], now: claimedAtMs + 10_000 });
    const silent = await post(amina, "died");
    expect(readProblem(silent, "idempotency_in_progress").detail).toContain("in 5 s");
    expect(silent.headers.get("Retry-After")).toBe("5");
    vi.setSystemTime(claimedAtMs + 14_999);
    readProblem(await post(amina, "died"), "idempotency_in_progress");

    vi.setSystemTime(claimedAtMs + 15_000);
    const replies = await Promise.all([post(amina, "died"), post(amina, "died")]);
    const taken = replies.filter(({ status }) => status === 202);
    expect(taken.length).toBeGreaterThanOrEqual(1);
    for (const reply of taken) expect(read(reply, 202, videoAccepted)).toMatchObject({ id: first.id, credits_used: 3 });
    expect(await libraryOf(amina)).toHaveLength(1);
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 3, amounts: [10, -3] });
  });

  it("before it wrote its video down is finished by the repeat", async () => {
    const { amina, queue } = await world();
    const first = read(await post(amina, "halfway"), 202, videoAccepted);
    await forgetAnswer("halfway");
    await env.DB.prepare("DELETE FROM videos WHERE id = ?").bind(first.id).run();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16_000 });
    expect(read(await post(amina, "halfway"), 202, videoAccepted).id).toBe(first.id);
    await queue.deliverAll();
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 0, amounts: [10, -3] });
  });

  it("and was given back meanwhile is not rendered for nothing", async () => {
    const { amina, queue } = await world();
    const first = read(await post(amina, "given-up"), 202, videoAccepted);
    await forgetAnswer("given-up");
    await env.DB.prepare("DELETE FROM videos WHERE id = ?").bind(first.id).run();
    await readMoney(amina);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
    await queue.runCron();
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
    readProblem(await post(amina, "given-up"), "idempotency_key_reused");
    expect(await libraryOf(amina)).toEqual([]);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -3, 3] });
  });

  it("on our side lets its key be used again", async () => {
    const { amina } = await world();
    await env.DB.exec("ALTER TABLE videos RENAME TO videos_away");
    try {
      const reply = await post(amina, "outage");
      expect(reply.status).toBe(500);
      expect(readProblem(reply, "internal").detail).not.toMatch(/sql|d1|videos/i);
    } finally {
      await env.DB.exec("ALTER TABLE videos_away RENAME TO videos");
    }
    expect(isReplay(await post(amina, "outage"))).toBe(false);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });
});
