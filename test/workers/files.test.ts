import { beforeAll, describe, expect, it, vi } from "vitest";
import type { VideoAnswer } from "../../src/contract/videos.ts";
import { newClient, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { makeVideo, readVideo, submit } from "../support/videos.ts";

let amina: Tenant;
let video: VideoAnswer;
let path: string;
let bytes: string;
let etag: string;

// Read by every test and changed by none: one finished video is enough.
beforeAll(async () => {
  amina = await signUp();
  video = await makeVideo(amina);
  path = `/api/videos/${video.id}/file`;
  const whole = await amina.get(path);
  bytes = whole.text;
  etag = whole.headers.get("ETag") ?? "";
});

function outputOf(made: VideoAnswer) {
  if (made.output === undefined) throw new Error("the video has no output");
  return made.output;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("the whole file", () => {
  it("is what the video says it is", async () => {
    const reply = await amina.get(path);
    expect(reply.status).toBe(200);
    expect(await sha256(reply.text)).toBe(outputOf(video).sha256);
    expect(reply.headers.get("Content-Length")).toBe(String(outputOf(video).size));
    expect(reply.text.length).toBe(outputOf(video).size);
    expect(reply.headers.get("Accept-Ranges")).toBe("bytes");
    expect(reply.headers.get("ETag")).toMatch(/^"[^"]+"$/);
    expect(reply.headers.get("Cache-Control")).toContain("private");
    expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it.each([
    ["url", "video/mp4"],
    ["poster_url", "image/jpeg"],
    ["captions_vtt_url", "text/vtt"],
    ["captions_srt_url", "application/x-subrip"],
    ["words_url", "application/json"],
  ] as const)("opens with the link of %s alone, as %s", async (field, type) => {
    const reply = await newClient().get(outputOf(video)[field]);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Content-Type")?.split(";")[0]).toBe(type);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(reply.text).not.toBe("");
  });

  it("answers HEAD with the same headers and no bytes", async () => {
    const [get, head] = [await amina.get(path), await amina.call("HEAD", path)];
    expect(head).toMatchObject({ status: 200, text: "" });
    for (const name of ["Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Last-Modified"]) {
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    }
  });
});

describe("a range", () => {
  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-9", 0, 10],
    ["bytes=10-", 10, Number.POSITIVE_INFINITY],
    ["bytes=-7", -7, Number.POSITIVE_INFINITY],
    ["bytes=-99999", 0, Number.POSITIVE_INFINITY],
    ["bytes=5-99999", 5, Number.POSITIVE_INFINITY],
  ])("%s is those bytes", async (range, from, to) => {
    const reply = await amina.get(path, { Range: range });
    const expected = bytes.slice(from, to);
    const first = from < 0 ? bytes.length + from : from;
    expect(reply).toMatchObject({ status: 206, text: expected });
    expect(reply.headers.get("Content-Range")).toBe(`bytes ${first}-${first + expected.length - 1}/${bytes.length}`);
    expect(reply.headers.get("Content-Length")).toBe(String(expected.length));
    expect(reply.headers.get("Content-Type")).toBe("video/mp4");
  });

  it("of the last byte is there, and one after it is not", async () => {
    const last = bytes.length - 1;
    expect(await amina.get(path, { Range: `bytes=${last}-` })).toMatchObject({ status: 206, text: bytes.slice(last) });
    for (const range of [`bytes=${bytes.length}-`, "bytes=99999-", "bytes=-0"]) {
      const reply = await amina.get(path, { Range: range });
      readProblem(reply, "range_not_satisfiable");
      expect(reply.headers.get("Content-Range")).toBe(`bytes */${bytes.length}`);
    }
  });

  it.each(["bytes=9-5", "bytes=a-b", "bytes=-", "seconds=0-1", "bytes=0-1,4-5", "0-5"])(
    "that is none (%s) is the whole file",
    async (range) => {
      expect(await amina.get(path, { Range: range })).toMatchObject({ status: 200, text: bytes });
    },
  );
});

describe("a condition", () => {
  it("that names the same file saves sending it", async () => {
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const reply = await amina.get(path, { "If-None-Match": value });
      expect(reply, value).toMatchObject({ status: 304, text: "" });
      expect(reply.headers.get("ETag")).toBe(etag);
    }
    expect(await amina.get(path, { "If-None-Match": '"other"' })).toMatchObject({ status: 200, text: bytes });
    expect((await amina.get(path, { "If-None-Match": etag, Range: "bytes=0-3" })).status).toBe(304);
    expect((await amina.call("HEAD", path, { headers: { "If-None-Match": etag } })).status).toBe(304);
  });

  it("on a range gives the range of the same file, or the whole of another", async () => {
    const range = { Range: "bytes=0-3" };
    expect((await amina.get(path, { ...range, "If-Range": etag })).status).toBe(206);
    expect(await amina.get(path, { ...range, "If-Range": '"other"' })).toMatchObject({ status: 200, text: bytes });
    const beyond = { Range: "bytes=99999-", "If-Range": '"other"' };
    expect(await amina.get(path, beyond)).toMatchObject({ status: 200, text: bytes });
  });
});

describe("a link", () => {
  it("opens nothing when it is altered, expired, or another file's", async () => {
    const stranger = newClient();
    const link = new URL(outputOf(video).url);
    const poster = new URL(outputOf(video).poster_url);
    const signature = link.searchParams.get("signature") ?? "";
    const expires = link.searchParams.get("expires") ?? "";
    const bad = [
      `?expires=${expires}`,
      `?signature=${signature}`,
      `?expires=${Number(expires) + 1}&signature=${signature}`,
      `?expires=99999999999999999999&signature=${signature}`,
      `?expires=${expires}&signature=${signature.slice(0, -2)}`,
      `?expires=${expires}&signature=`,
      `?expires=${expires}&signature=${"A".repeat(43)}`,
      `?expires=&signature=${signature}`,
      poster.search,
      "",
    ];
    expect((await stranger.get(`${path}${link.search}`)).status).toBe(200);
    for (const query of bad) readProblem(await stranger.get(`${path}${query}`), "unauthenticated");
    const other = await submit(amina, "plain", 1);
    readProblem(await stranger.get(`/api/videos/${other.id}/file${link.search}`), "unauthenticated");
    readProblem(await stranger.get(`/watch/${video.id}.mp4${link.search}`), "unauthenticated");
    readProblem(await stranger.get(`/api/videos/${video.id}${link.search}`), "unauthenticated");
  });

  it("lasts as long as it says", async () => {
    const stranger = newClient();
    const { url, expires_at } = outputOf(video);
    const endsAtMs = Date.parse(expires_at);
    expect(endsAtMs).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    vi.useFakeTimers({ toFake: ["Date"], now: endsAtMs });
    try {
      expect((await stranger.get(url)).status).toBe(200);
      vi.setSystemTime(endsAtMs + 1);
      readProblem(await stranger.get(url), "unauthenticated");
    } finally {
      vi.useRealTimers();
    }
  });

  it("goes on when its owner signs out, since it is what was given away", async () => {
    const juma = await signUp();
    const { output } = await makeVideo(juma, "plain", 1);
    await juma.post("/api/auth/logout");
    expect((await newClient().get(output?.url ?? "")).status).toBe(200);
    readProblem(await juma.get(new URL(output?.url ?? "").pathname), "unauthenticated");
  });
});

describe("a file that is not there", () => {
  it("because the video is not ready is a 409, which may be asked for again", async () => {
    const queue = holdQueue();
    const juma = await signUp({ send: queue.send });
    const { id } = await submit(juma, "plain", 1);
    for (const name of ["file", "poster", "captions.vtt", "captions.srt", "words.json"]) {
      readProblem(await juma.get(`/api/videos/${id}/${name}`), "video_not_ready");
    }
    await queue.deliverAll();
    expect((await juma.get(`/api/videos/${id}/file`)).status).toBe(200);
  });

  it("because the video failed or was cancelled is a 410", async () => {
    const queue = holdQueue();
    const juma = await signUp({ send: queue.send });
    const failed = await submit(juma, "fail:disk_full", 1);
    await queue.deliverAll();
    const cancelled = await submit(juma, "plain", 1);
    await juma.post(`/api/videos/${cancelled.id}/cancel`);
    for (const { id } of [failed, cancelled]) readProblem(await juma.get(`/api/videos/${id}/file`), "video_gone");
    expect((await readVideo(juma, failed.id)).output).toBeUndefined();
  });
});
