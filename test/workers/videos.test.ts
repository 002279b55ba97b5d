import { describe, expect, it } from "vitest";
import { balanceAnswer } from "../../src/contract/credits.ts";
import { quoteAnswer, videoAccepted, videoAnswer, videosAnswer } from "../../src/contract/videos.ts";
import { newClient, type Reply, read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import {
  bodyOf,
  journalOf,
  makeVideo,
  readMoney,
  readVideo,
  setPlan,
  storedKeys,
  submit,
  tenantIdOf,
  untilStatus,
} from "../support/videos.ts";

const tomorrow = () => new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000).toISOString();

describe("the price", () => {
  it.each([
    ["a prompt", { prompt: "A day in Nairobi" }, 3],
    ["one scene", { prompt: "A day in Nairobi", scenes: 1 }, 1],
    ["1080p", { prompt: "A day in Nairobi", resolution: "1080p" }, 5],
    ["a draft, whatever its size will be", { prompt: "A day in Nairobi", resolution: "4k", draft: true }, 2],
    ["a script", { script: "Nairobi wakes before the sun. Matatus roar. Radios sing. ".repeat(3) }, 2],
    ["own music", { prompt: "A day in Nairobi", music: { url: "https://example.com/a.mp3" } }, 5],
    ["a slow voice", { prompt: "A day in Nairobi", voice: { speed: 0.5 } }, 6],
    ["written scenes", { scenes: [{ text: "Good morning." }, { text: "Good night.", duration: 60 }] }, 6],
  ])("of %s is charged as it was quoted", async (_name, body, credits) => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const quote = read(await amina.post("/api/videos/quote", body), 200, quoteAnswer);
    expect(quote).toMatchObject({ valid: true, credits, errors: [] });
    expect(quote.breakdown.reduce((sum, line) => sum + line.credits, 0)).toBe(credits);
    expect(await readMoney(amina)).toMatchObject({ balance: 10 });

    const accepted = read(await amina.post("/api/videos", body), 202, videoAccepted);
    expect(accepted).toMatchObject({ status: "queued", credits_used: credits, balance: 10 - credits });
    expect(accepted.daily).toEqual({ used: 1, limit: 3, resets_at: tomorrow() });
    expect(await readMoney(amina)).toEqual({ balance: 10 - credits, held: credits, amounts: [10, -credits] });
  });

  it("tells in a quote what is wrong, and charges nothing", async () => {
    const amina = await signUp();
    const quote = read(await amina.post("/api/videos/quote", { prompt: "", scenes: 0, fps: 29 }), 200, quoteAnswer);
    expect(quote).toMatchObject({ valid: false, credits: null });
    expect(quote.errors.map(({ pointer }) => pointer).sort()).toEqual(["/fps", "/prompt", "/scenes"]);
    const dear = read(await amina.post("/api/videos/quote", { prompt: "Nairobi", resolution: "4k" }), 200, quoteAnswer);
    expect(dear.errors).toMatchObject([{ pointer: "/resolution" }]);
  });

  it("beyond what is there is refused with the numbers", async () => {
    const amina = await signUp();
    const refusal = readProblem(await amina.post("/api/videos", bodyOf("plain", 20)), "insufficient_credits");
    expect(refusal).toMatchObject({ needed: 20, available: 10 });
    expect(refusal.detail).toContain("20 credits");
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10] });
  });

  it("of a fourth video in one day is beyond the free plan", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    for (let count = 0; count < 3; count += 1) await submit(amina, "plain", 1);
    const refusal = readProblem(await amina.post("/api/videos", bodyOf("plain", 1)), "quota_exceeded");
    expect(refusal).toMatchObject({ metric: "videos_per_day", used: 3, limit: 3, resets_at: tomorrow() });
    expect(refusal.detail).toMatch(/^Your plan has none left of 3 videos per day\. Nothing was charged/);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });

  it.each(["4k", "4K"])("of %s is not on the free plan, and twice that of 1080p on the others", async (resolution) => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const body = { prompt: "A day in Nairobi", scenes: 2, resolution };
    expect(readProblem(await amina.post("/api/videos", body), "plan_required")).toMatchObject({ plan: "pro" });
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
    await setPlan(amina, "pro");
    const { id, credits_used: credits } = read(await amina.post("/api/videos", body), 202, videoAccepted);
    expect(credits).toBe(7);
    expect((await readVideo(amina, id)).options).toMatchObject({ resolution: "4k", draft: false });
  });

  it("is nothing on a plan whose videos cost none", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "premium");
    expect(await submit(amina, "plain", 20)).toMatchObject({ credits_used: 0, balance: 10, daily: { limit: 50 } });
    expect(queue.waiting[0]?.queue).toBe("shujaa-render-priority");
    await queue.deliverAll();
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, 0] });
    const balance = read(await amina.get("/api/credits/balance"), 200, balanceAnswer);
    expect(balance.unlimited).toBe(true);
  });

  it("is never spent twice: 40 videos at once against 10 credits", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const replies = await Promise.all(Array.from({ length: 40 }, () => amina.post("/api/videos", bodyOf("plain", 1))));
    const accepted = replies.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(10);
    for (const reply of replies) if (reply.status !== 202) readProblem(reply, "insufficient_credits");
    const money = await readMoney(amina);
    expect(money).toEqual({ balance: 0, held: 10, amounts: [10, ...Array.from({ length: 10 }, () => -1)] });
    expect(queue.waiting).toHaveLength(10);
  });
});

describe("a finished video", () => {
  it("has its files, its scenes and its price, and says so in the library too", async () => {
    const amina = await signUp();
    const video = await makeVideo(amina, "plain");
    expect(video).toMatchObject({
      status: "succeeded",
      stage: "succeeded",
      progress: 100,
      queue_position: null,
      eta_seconds: null,
      title: "A day in Nairobi",
      credits_used: 3,
      output: { width: 1280, height: 720, fps: 30, duration: 36 },
    });
    expect(video.scenes).toHaveLength(3);
    expect(video.error).toBeUndefined();
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 0, amounts: [10, -3] });
    const list = read(await amina.get("/api/videos"), 200, videosAnswer);
    expect(list).toEqual({ data: [video], next_cursor: null });
  });

  it("that became shorter costs less: the difference comes back", async () => {
    const amina = await signUp();
    expect(await makeVideo(amina, "short")).toMatchObject({ credits_used: 2, output: { duration: 18 } });
    expect(await readMoney(amina)).toEqual({ balance: 8, held: 0, amounts: [10, -3, 1] });
  });

  it("keeps the title it was given", async () => {
    const amina = await signUp();
    const body = { ...bodyOf("plain", 1), title: "Siku moja Nairobi" };
    const { id } = read(await amina.post("/api/videos", body), 202, videoAccepted);
    expect(await untilStatus(amina, id, "succeeded")).toMatchObject({ title: "Siku moja Nairobi" });
  });

  it("cannot be cancelled any more", async () => {
    const amina = await signUp();
    const { id } = await makeVideo(amina);
    readProblem(await amina.post(`/api/videos/${id}/cancel`), "video_finished");
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 0 });
  });
});

describe("cancelling", () => {
  it("a waiting video gives back its credits and its place in the day, once", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push((await submit(amina, "plain", 1)).id);
    const path = `/api/videos/${ids[0]}/cancel`;
    const cancelled = read(await amina.post(path), 200, videoAnswer);
    expect(cancelled).toMatchObject({ status: "cancelled", credits_used: 0 });
    expect(cancelled.finished_at).not.toBeNull();
    expect(read(await amina.post(path), 200, videoAnswer)).toEqual(cancelled);
    expect(await readMoney(amina)).toEqual({ balance: 8, held: 2, amounts: [10, -1, -1, -1, 1] });

    expect((await submit(amina, "plain", 1)).daily.used).toBe(3);
    readProblem(await amina.post("/api/videos", bodyOf("plain", 1)), "quota_exceeded");
    await queue.deliverAll();
    expect(await readVideo(amina, cancelled.id)).toEqual(cancelled);
    expect((await journalOf(cancelled.id)).starts).toBe(0);
  });

  it("eight times at once gives back once", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id } = await submit(amina, "plain");
    const replies = await Promise.all(Array.from({ length: 8 }, () => amina.post(`/api/videos/${id}/cancel`)));
    for (const reply of replies) expect(read(reply, 200, videoAnswer).status).toBe("cancelled");
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -3, 3] });
  });

  it("a running render stops the renderer", async () => {
    const amina = await signUp();
    const { id } = await submit(amina, "gate");
    await untilStatus(amina, id, "rendering");
    expect(await journalOf(id)).toMatchObject({ starts: 1, discards: 0 });
    const cancelled = read(await amina.post(`/api/videos/${id}/cancel`), 200, videoAnswer);
    expect(cancelled.status).toBe("cancelled");
    expect((await journalOf(id)).discards).toBeGreaterThan(0);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -3, 3] });
    // The queue is free again, and the next video is made.
    await makeVideo(amina, "plain", 1);
    expect((await readVideo(amina, id)).status).toBe("cancelled");
  });
});

describe("deleting", () => {
  it("takes a video and its files away, and leaves the books", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const { id } = await makeVideo(amina);
    expect(await storedKeys(tenantId)).toHaveLength(5);
    expect((await amina.call("DELETE", `/api/videos/${id}`)).status).toBe(204);
    expect(await storedKeys(tenantId)).toEqual([]);
    for (const path of ["", "/file", "/events"]) readProblem(await amina.get(`/api/videos/${id}${path}`), "not_found");
    readProblem(await amina.call("DELETE", `/api/videos/${id}`), "not_found");
    expect(read(await amina.get("/api/videos"), 200, videosAnswer).data).toEqual([]);
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 0, amounts: [10, -3] });
  });

  it("one in the making cancels it first", async () => {
    const amina = await signUp();
    const { id } = await submit(amina, "gate");
    await untilStatus(amina, id, "rendering");
    expect((await amina.call("DELETE", `/api/videos/${id}`)).status).toBe(204);
    expect((await journalOf(id)).discards).toBeGreaterThan(0);
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
  });
});

describe("the library", () => {
  it("is read in pages, newest first, and each video once", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await submit(amina, "plain", 1)).id);
    const seen: string[] = [];
    let query = "?limit=2";
    for (let pages = 1; ; pages += 1) {
      const page = read(await amina.get(`/api/videos${query}`), 200, videosAnswer);
      seen.push(...page.data.map(({ id }) => id));
      if (page.next_cursor === null) {
        expect(pages).toBe(3);
        break;
      }
      query = `?limit=2&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(made.reverse());
  });

  it("can be asked for one status, and says who is next", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const first = await submit(amina, "plain", 1);
    const second = await submit(amina, "plain", 1);
    const third = await submit(amina, "plain", 1);
    await amina.post(`/api/videos/${second.id}/cancel`);
    const waiting = read(await amina.get("/api/videos?status=queued"), 200, videosAnswer).data;
    expect(waiting.map(({ id }) => id)).toEqual([third.id, first.id]);
    const place = async (id: string) => (await readVideo(amina, id)).queue_position ?? 0;
    expect((await place(third.id)) - (await place(first.id))).toBe(1);
    const gone = read(await amina.get("/api/credits/video-history?status=cancelled"), 200, videosAnswer).data;
    expect(gone.map(({ id }) => id)).toEqual([second.id]);
  });

  it("is searched by words of the title, the prompt and what is said, in one's own videos alone", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const make = async (body: unknown) => read(await amina.post("/api/videos", body), 202, videoAccepted).id;
    const market = await make({ prompt: "A morning at the 100% organic market", title: "Soko la Asubuhi" });
    const boat = await make({
      scenes: [{ text: "Kahawa ya Kenya." }, { text: "Mtumbwi wa ÉLISE \\ «_x»." }],
      title: "Boti",
    });
    const juma = await signUp({ send: queue.send });
    read(await juma.post("/api/videos", { prompt: "A morning at the market" }), 202, videoAccepted);
    const find = async (query: string, more = "") => {
      const path = `/api/videos?query=${encodeURIComponent(query)}${more}`;
      return read(await amina.get(path), 200, videosAnswer).data.map(({ id }) => id);
    };
    expect(await find("soko LA")).toEqual([market]);
    expect(await find("ORGANIC")).toEqual([market]);
    expect(await find("kahawa")).toEqual([boat]);
    expect(await find("élise")).toEqual([boat]);
    // What a pattern would mean something by is itself, and so is what stands between the texts of a document.
    expect(await find("100%")).toEqual([market]);
    expect(await find("_x")).toEqual([boat]);
    expect(await find("\\")).toEqual([boat]);
    for (const nowhere of ["%morning", "m_rning", "text", "scenes", "' or 1=1 --"]) {
      expect(await find(nowhere)).toEqual([]);
    }
    expect(await find("a", "&status=queued&limit=1")).toEqual([boat]);
    await amina.post(`/api/videos/${boat}/cancel`);
    expect(await find("a", "&status=queued")).toEqual([market]);
    const first = read(await amina.get("/api/videos?query=o&limit=1"), 200, videosAnswer);
    const second = read(await amina.get(`/api/videos?query=o&limit=1&cursor=${first.next_cursor}`), 200, videosAnswer);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([boat, market]);
    expect(second.next_cursor).toBeNull();
  });

  it.each([
    ["?query=", "/query"],
    ["?query=%20", "/query"],
    [`?query=${"a".repeat(201)}`, "/query"],
    ["?limit=0", "/limit"],
    ["?limit=101", "/limit"],
    ["?limit=many", "/limit"],
    ["?limit=1&limit=2", "/limit"],
    ["?cursor=nonsense", "/cursor"],
    ["?cursor=WzFd", "/cursor"],
    ["?cursor=%F0%9F%A6%81", "/cursor"],
    ["?status=done", "/status"],
    ["?page=2", "/page"],
  ])("refuses %s", async (query, pointer) => {
    const amina = await shared;
    expect(readPointers(await amina.get(`/api/videos${query}`))).toEqual([pointer]);
  });
  const shared = signUp();
});

describe("another tenant's video", () => {
  it("is not there, on every path that has an id, and stays as it is", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id } = await submit(amina, "plain", 1);
    const juma = await signUp({ send: queue.send });
    const upgrade = { Upgrade: "websocket" };
    const ways: [string, string, Record<string, string>?][] = [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/cancel"],
      ["GET", "/file"],
      ["GET", "/poster"],
      ["GET", "/captions.vtt"],
      ["GET", "/captions.srt"],
      ["GET", "/words.json"],
      ["GET", "/events"],
      ["GET", "/socket", upgrade],
    ];
    for (const other of [id, "vid_00000000000000000000000000", "vid_1", "usr_00000000000000000000000000", "%00"]) {
      const replies: Reply[] = await Promise.all(
        ways.map(([method, rest, headers = {}]) => juma.call(method, `/api/videos/${other}${rest}`, { headers })),
      );
      for (const reply of replies) readProblem(reply, "not_found");
    }
    expect(read(await juma.get("/api/videos"), 200, videosAnswer).data).toEqual([]);
    expect(await readVideo(amina, id)).toMatchObject({ status: "queued" });
    for (const [method, rest, headers = {}] of ways) {
      readProblem(await newClient().call(method, `/api/videos/${id}${rest}`, { headers }), "unauthenticated");
    }
  });
});
