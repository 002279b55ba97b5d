import { afterEach, describe, expect, it, vi } from "vitest";
import { generatedVideo } from "../../src/contract/astella.ts";
import { balanceAnswer } from "../../src/contract/credits.ts";
import {
  newClient,
  newEmail,
  password,
  type Reply,
  read,
  readPointers,
  readProblem,
  signUp,
} from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { journalOf, openGate, readMoney, readVideo, untilStatus } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

const fieldsOf = (reply: Reply) => JSON.parse(reply.text) as Record<string, unknown>;
const snippet = { prompt: "plain siku moja Nairobi", lang: "sheng", scenes: 3, vertical: true };

describe("Astella's account", () => {
  it("is made with exactly the fields it reads", async () => {
    const email = newEmail();
    const reply = await newClient().post("/register", { email, phone: "0733 111 222", password });
    expect(reply.status).toBe(201);
    expect(fieldsOf(reply)).toEqual({
      user_id: expect.stringMatching(/^usr_/),
      email,
      credits_remaining: 10,
      subscription_type: "free",
      access_token: expect.any(String),
    });
  });

  it("is opened with the same fields, and refused without a word too many", async () => {
    const amina = await signUp();
    const reply = await newClient().post("/login", { email: amina.email, password });
    expect(reply.status).toBe(200);
    expect(fieldsOf(reply)).toEqual({
      user_id: amina.session.user.id,
      email: amina.email,
      credits_remaining: 10,
      subscription_type: "free",
      access_token: expect.any(String),
    });
    readProblem(
      await newClient().post("/login", { email: amina.email, password: "another one" }),
      "invalid_credentials",
    );
    readProblem(await newClient().post("/register", { email: amina.email, password }), "email_taken");
    expect(readPointers(await newClient().post("/register", { email: newEmail() }))).toEqual(["/password"]);
  });

  it("says what is left", async () => {
    const amina = await signUp();
    const reply = await amina.get("/user/info");
    expect(reply.status).toBe(200);
    expect(fieldsOf(reply)).toEqual({
      user_id: amina.session.user.id,
      email: amina.email,
      phone: null,
      subscription_type: "free",
      credits_remaining: 10,
      daily_limit: 3,
      videos_today: 0,
      created_at: amina.session.user.created_at,
    });
    await amina.post("/generate-video", { prompt: "plain A day in Nairobi", scenes: 1 });
    expect(fieldsOf(await amina.get("/user/info"))).toMatchObject({ credits_remaining: 9, videos_today: 1 });
  });
});

describe("Astella's video", () => {
  it("is there in one call, with exactly the fields it reads", async () => {
    const amina = await signUp();
    const reply = await amina.post("/generate-video", snippet);
    expect(reply.status).toBe(200);
    const { video_id: id, ...rest } = read(reply, 200, generatedVideo);
    expect(fieldsOf(reply)).toEqual({ video_id: id, ...rest });
    expect(rest).toEqual({
      status: "success",
      video_path: expect.stringContaining(`/watch/${id}.mp4`),
      credits_remaining: 7,
    });
    const video = await readVideo(amina, id);
    expect(video).toMatchObject({
      options: { lang: "sheng", aspect: "9:16" },
      output: { width: 720, height: 1280 },
    });
    expect(video.scenes).toHaveLength(3);
    const balance = read(await amina.get("/api/credits/balance"), 200, balanceAnswer);
    expect(balance).toMatchObject({ balance: 7, held: 0 });
  });

  it("plays by its path alone, in parts too, for a month", async () => {
    const amina = await signUp();
    const { video_path: path, video_id: id } = read(await amina.post("/generate-video", snippet), 200, generatedVideo);
    const player = newClient();
    const whole = await player.get(path);
    expect(whole.status).toBe(200);
    expect(whole.headers.get("Content-Type")).toBe("video/mp4");
    expect(whole.text).toBe((await amina.get(`/api/videos/${id}/file`)).text);
    const part = await player.get(path, { Range: "bytes=0-3" });
    expect(part).toMatchObject({ status: 206, text: whole.text.slice(0, 4) });
    const { pathname } = new URL(path);
    readProblem(await player.get(pathname), "unauthenticated");
    readProblem(await amina.get(pathname), "unauthenticated");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 29 * 86_400_000 });
    expect((await player.get(path)).status).toBe(200);
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    readProblem(await player.get(path), "unauthenticated");
  });

  it("that takes longer is answered with a path to come back to", async () => {
    const amina = await signUp();
    const player = newClient();
    const call = amina.post("/generate-video", { ...snippet, prompt: "gate siku moja Nairobi" });
    const id = await vi.waitFor(
      async () => {
        const list = JSON.parse((await amina.get("/api/videos")).text) as { data: { id: string; status: string }[] };
        expect(list.data[0]?.status).toBe("rendering");
        return list.data[0]?.id ?? "";
      },
      { timeout: 5_000, interval: 150 },
    );
    // The 55 seconds of the wait go by at once.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 56_000 });
    const answer = read(await call, 202, generatedVideo);
    vi.useRealTimers();
    expect(answer).toMatchObject({ status: "processing", video_id: id, credits_remaining: 7 });
    const early = await player.get(answer.video_path);
    expect(early).toMatchObject({ status: 202, text: "" });
    expect(Number(early.headers.get("Retry-After"))).toBeGreaterThan(0);

    await openGate(id);
    await untilStatus(amina, id, "succeeded");
    const late = await player.get(answer.video_path);
    expect(late.status).toBe(200);
    expect(late.headers.get("Content-Type")).toBe("video/mp4");
  });

  it("that fails says why, with the failure's status, and costs nothing", async () => {
    const amina = await signUp();
    const reply = await amina.post("/generate-video", { ...snippet, prompt: "fail:disk_full siku moja" });
    expect(readProblem(reply, "disk_full").status).toBe(507);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -3, 3] });
  });

  it("that is cancelled while Astella waits is a 410, at its path too", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const call = amina.post("/generate-video", snippet);
    const id = await vi.waitFor(
      async () => {
        const list = JSON.parse((await amina.get("/api/videos")).text) as { data: { id: string }[] };
        expect(list.data).toHaveLength(1);
        return list.data[0]?.id ?? "";
      },
      { timeout: 5_000, interval: 150 },
    );
    await amina.post(`/api/videos/${id}/cancel`);
    readProblem(await call, "video_gone");
    expect((await journalOf(id)).starts).toBe(0);
  });

  it("is charged once for one Idempotency-Key, and played again from the same answer", async () => {
    const amina = await signUp();
    const headers = { "Idempotency-Key": "astella-1" };
    const first = await amina.post("/generate-video", snippet, headers);
    const again = await amina.post("/generate-video", snippet, headers);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(again.text).toBe(first.text);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 0 });
  });

  it.each([
    [{}, "/prompt"],
    [{ prompt: "" }, "/prompt"],
    [{ prompt: "Nairobi", lang: "xx" }, "/lang"],
    [{ prompt: "Nairobi", scenes: 21 }, "/scenes"],
    [{ prompt: "Nairobi", vertical: "yes" }, "/vertical"],
    [{ prompt: "Nairobi", output_format: "gif" }, "/output_format"],
    [{ prompt: "Nairobi", outputFormat: "gif" }, "/output_format"],
    [{ prompt: "Nairobi", resolution: "1080p" }, "/resolution"],
  ])("is refused with the place of what is wrong: %j", async (body, pointer) => {
    expect(readPointers(await (await shared).post("/generate-video", body))).toEqual([pointer]);
  });
  const shared = signUp();

  it("is for who has signed in, before anything else is looked at", async () => {
    readProblem(await newClient().post("/generate-video", { nonsense: true }), "unauthenticated");
    readProblem(await newClient().get("/user/info"), "unauthenticated");
  });
});
