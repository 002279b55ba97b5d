import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { assetAnswer, assetsAnswer } from "../../src/contract/assets.ts";
import { newClient, read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { makeAsset, mediaFile, uploadForm, uploadRaw } from "../support/assets.ts";
import { holdQueue } from "../support/held-queue.ts";
import { refusalWords, thumbnailText, webUrl } from "../support/stand-in-facts.ts";
import { setPlan, storedKeys, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString("hex");
}

const ledgerOf = async (tenant: Tenant) =>
  env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(tenant)));

/** Uploads counted this month, and bytes kept. */
async function readUploads(tenant: Tenant): Promise<[number, number]> {
  const states = await (await ledgerOf(tenant)).readUploads("free");
  return [states[0]?.used ?? -1, states[1]?.used ?? -1];
}

async function uploadRows(tenant: Tenant): Promise<number> {
  const query = env.DB.prepare("SELECT count(*) AS rows FROM uploads WHERE tenant_id = ?");
  return (await query.bind(await tenantIdOf(tenant)).first<number>("rows")) ?? -1;
}

async function expectNothingLeft(tenant: Tenant): Promise<void> {
  expect(await storedKeys(await tenantIdOf(tenant))).toEqual([]);
  expect(await readUploads(tenant)).toEqual([0, 0]);
  expect(await uploadRows(tenant)).toBe(0);
  expect(read(await tenant.get("/api/assets"), 200, assetsAnswer).data).toEqual([]);
}

describe("an upload", () => {
  it("as a body is kept, and is what its bytes say", async () => {
    const amina = await signUp();
    const text = mediaFile("image/png 640x480", "the very bytes");
    const reply = await uploadRaw(amina, text, { "X-File-Name": "soko%20la%20samaki%E2%80%8B.png" });
    const asset = read(reply, 201, assetAnswer);
    expect(asset).toMatchObject({
      kind: "image",
      content_type: "image/png",
      name: "soko la samaki.png",
      size: text.length,
      sha256: await sha256(text),
      width: 640,
      height: 480,
    });
    expect(asset.duration).toBeUndefined();
    expect(read(await amina.get(`/api/assets/${asset.id}`), 200, assetAnswer)).toEqual(asset);
    expect((await storedKeys(await tenantIdOf(amina))).every((key) => key.includes(`/assets/${asset.id}/`))).toBe(true);
    expect(await readUploads(amina)).toEqual([1, text.length]);
    expect(await uploadRows(amina)).toBe(0);
  });

  it.each([
    ["audio/mpeg 12.5", { kind: "audio", duration: 12.5 }],
    ["video/mp4 1280x720 3", { kind: "video", duration: 3, width: 1280, height: 720 }],
  ])("may be %s", async (what, expected) => {
    const asset = await makeAsset(await signUp(), mediaFile(what));
    expect(asset).toMatchObject(expected);
    expect(asset.thumbnail_url === undefined).toBe(expected.kind === "audio");
  });

  it("as a form takes the field «file», wherever it stands among the others", async () => {
    const amina = await signUp();
    const form = new FormData();
    form.set("note", "before");
    form.set("file", new File([mediaFile("image/png 1x1", "form\r\n--not the boundary\r\n")], 'a "b"/../c.png'));
    form.set("later", "after");
    const asset = read(await uploadForm(amina, form), 201, assetAnswer);
    expect(asset.name).toBe("c.png");
    expect((await amina.get(asset.url)).text).toBe(mediaFile("image/png 1x1", "form\r\n--not the boundary\r\n"));
  });

  it("of many parts of R2's arrives whole", async () => {
    const amina = await signUp();
    const text = mediaFile("video/mp4 640x480 9", "0123456789abcdef".repeat(1_300_000));
    const asset = await makeAsset(amina, text);
    expect([asset.size, asset.sha256]).toEqual([text.length, await sha256(text)]);
    const range = await amina.get(`/api/assets/${asset.id}/file`, { Range: `bytes=${text.length - 4}-` });
    expect(range).toMatchObject({ status: 206, text: "cdef" });
    const form = new FormData();
    form.set("file", new File([text], "same.mp4"));
    expect(read(await uploadForm(amina, form), 200, assetAnswer).id).toBe(asset.id);
  });

  it("of the same bytes is the same asset, and counts nothing; another tenant's is another", async () => {
    const amina = await signUp();
    const text = mediaFile("image/png 2x2", "twice");
    const first = await makeAsset(amina, text);
    const again = read(await uploadRaw(amina, text, { "X-File-Name": "other.png" }), 200, assetAnswer);
    expect([again.id, again.name]).toEqual([first.id, "market.png"]);
    expect(await readUploads(amina)).toEqual([1, text.length]);
    expect(await storedKeys(await tenantIdOf(amina))).toHaveLength(2);
    expect((await makeAsset(await signUp(), text)).id).not.toBe(first.id);
  });

  it("of the same bytes five times at once is one asset", async () => {
    const amina = await signUp();
    const text = mediaFile("image/png 2x2", "at once");
    const replies = await Promise.all(Array.from({ length: 5 }, () => uploadRaw(amina, text)));
    const ids = replies.map((reply) => assetAnswer.parse(JSON.parse(reply.text)).id);
    expect(new Set(ids).size).toBe(1);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await readUploads(amina))[1]).toBe(text.length);
    expect(await storedKeys(await tenantIdOf(amina))).toHaveLength(2);
    expect(await uploadRows(amina)).toBe(0);
  });
});

describe("what is refused leaves nothing behind", () => {
  it.each([
    ["hostile media", "refuse\n", "media_refused"],
    ["a renderer that has no slot", "busy\n", "service_unavailable"],
    ["a renderer that breaks down", "break\n", "service_unavailable"],
  ] as const)("%s", async (_what, body, code) => {
    const amina = await signUp();
    const problem = readProblem(await uploadRaw(amina, body), code);
    if (code === "media_refused") expect(problem.detail).toContain(refusalWords);
    await expectNothingLeft(amina);
  });

  it("an empty body", async () => {
    const amina = await signUp();
    expect(readPointers(await uploadRaw(amina, ""))).toEqual(["/file"]);
    expect(readPointers(await amina.call("POST", "/api/assets"))).toEqual(["/file"]);
    await expectNothingLeft(amina);
  });

  it("a body that says it is too large, before it is read", async () => {
    const amina = await signUp();
    const { readable, writable } = new FixedLengthStream(100_000_001);
    const reply = await uploadRaw(amina, readable);
    readProblem(reply, "payload_too_large");
    await writable.abort().catch(() => undefined);
    await expectNothingLeft(amina);
  });

  it("a body that does not say so, where it is", async () => {
    const amina = await signUp();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    readProblem(await uploadRaw(amina, endless), "payload_too_large");
    expect(sent).toBeLessThan(120_000_000);
    await expectNothingLeft(amina);
  });

  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
  it.each([
    ["no boundary", "multipart/form-data; charset=utf-8", "anything", "malformed_request"],
    ["no part", "multipart/form-data; boundary=x", "anything", "malformed_request"],
    ["no end", "multipart/form-data; boundary=x", `${part}media image/png 1x1\n`, "malformed_request"],
    ["half an end", "multipart/form-data; boundary=x", `${part}media image/png 1x1\n\r\n--`, "malformed_request"],
    ["no file", "multipart/form-data; boundary=x", `${part.replace("file", "other")}a\r\n--x--`, "validation_failed"],
    [
      "a file under another name",
      "multipart/form-data; boundary=x",
      `${part.replace("file", "picture")}${"a".repeat(90_000)}\r\n--x--`,
      "validation_failed",
    ],
    ["no fields", "multipart/form-data; boundary=x", "--x--\r\n", "validation_failed"],
    ["headers without end", "multipart/form-data; boundary=x", `--x\r\n${"a".repeat(90_000)}`, "malformed_request"],
  ] as const)("a form with %s", async (_what, type, body, code) => {
    const amina = await signUp();
    readProblem(await uploadRaw(amina, body, { "Content-Type": type }), code);
    await expectNothingLeft(amina);
  });

  it("an upload that was cut off is swept away after an hour, and its id is never stored", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const id = "ast_00000000000000000000000001";
    await env.DB.prepare("INSERT INTO uploads VALUES (?, ?, ?)").bind(id, tenantId, Date.now()).run();
    await env.FILES.put(`tenants/${tenantId}/assets/${id}/file`, "half of it");
    await (await ledgerOf(amina)).store({ id, bytes: 10, plan: "free" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 50 * 60_000 });
    await queue.runCron();
    expect(await storedKeys(tenantId)).toHaveLength(1);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    await queue.runCron();
    expect(await storedKeys(tenantId)).toEqual([]);
    expect(await uploadRows(amina)).toBe(0);
    expect((await readUploads(amina))[1]).toBe(0);
    expect(await (await ledgerOf(amina)).store({ id, bytes: 10, plan: "free" })).toEqual({
      ok: false,
      code: "id_spent",
    });
  });
});

describe("quotas", () => {
  async function fill(tenant: Tenant, uploads: number, bytes: number): Promise<void> {
    const ledger = await ledgerOf(tenant);
    for (let count = 0; count < uploads; count += 1) {
      await ledger.store({ id: `filler ${bytes} ${count}`, bytes, plan: "enterprise" });
    }
  }

  it("refuse the 501st upload of a month, and a larger plan takes it", async () => {
    const amina = await signUp();
    await fill(amina, 500, 1);
    const problem = readProblem(await uploadRaw(amina, mediaFile()), "quota_exceeded");
    expect(problem).toMatchObject({ metric: "uploads", used: 500, limit: 500 });
    expect(problem.resets_at).toMatch(/-01T00:00:00.000Z$/);
    await setPlan(amina, "pro");
    await makeAsset(amina);
  });

  it("refuse what does not fit into 100 GB, until something is deleted", async () => {
    const amina = await signUp();
    await fill(amina, 99, 1_000_000_000);
    const text = mediaFile("image/png 1x1", "fits");
    await (await ledgerOf(amina)).store({ id: "nearly", bytes: 1_000_000_000 - 5 - text.length, plan: "free" });
    const asset = await makeAsset(amina, text);
    const problem = readProblem(await uploadRaw(amina, mediaFile()), "quota_exceeded");
    expect(problem).toMatchObject({
      metric: "storage_bytes",
      used: 100_000_000_000 - 5,
      limit: 100_000_000_000,
      resets_at: null,
    });
    expect((await amina.call("DELETE", `/api/assets/${asset.id}`)).status).toBe(204);
    await makeAsset(amina, mediaFile("image/png 1x1", "four"));
  });
});

describe("fetching from an address", () => {
  const fetchFrom = (tenant: Tenant, url: string) => tenant.post("/api/assets", { url });

  it("keeps the file, and calls it as the address does", async () => {
    const amina = await signUp();
    const asset = read(await fetchFrom(amina, `${webUrl}/file/boats.png`), 201, assetAnswer);
    expect(asset).toMatchObject({ kind: "image", name: "boats.png", width: 640 });
    const named = { url: `${webUrl}/file/boats.png`, name: "mine.png" };
    expect(read(await amina.post("/api/assets", named), 200, assetAnswer).id).toBe(asset.id);
  });

  it.each([
    "http://127.0.0.1/",
    "http://localhost:8787/api/health",
    `${webUrl}/redirect?to=http://169.254.169.254/latest/meta-data/`,
    `${webUrl}/file?type=text/html`,
    `${webUrl}/status/404`,
  ])("refuses %s", async (url) => {
    const amina = await signUp();
    readProblem(await fetchFrom(amina, url), "media_refused");
    await expectNothingLeft(amina);
  });

  it("says that an address that does not answer may be tried again", async () => {
    readProblem(await fetchFrom(await signUp(), `${webUrl}/status/500`), "media_failed");
  });

  it("refuses a body that is not valid, and one that is no JSON", async () => {
    const amina = await signUp();
    expect(readPointers(await amina.post("/api/assets", { url: "ftp://example.com/a" }))).toEqual(["/url"]);
    expect(readPointers(await amina.post("/api/assets", { address: webUrl }))).toContain("/url");
    const headers = { "Content-Type": "application/json" };
    readProblem(await amina.call("POST", "/api/assets", { body: "{", headers }), "malformed_request");
    readProblem(await amina.call("POST", "/api/assets", { body: " ".repeat(300_000), headers }), "payload_too_large");
  });
});

describe("the list", () => {
  it("is newest first, in pages, of one kind when asked, and never another tenant's", async () => {
    const amina = await signUp();
    await makeAsset(await signUp());
    const made = [];
    for (const what of ["image/png 1x1", "audio/mpeg 1", "image/png 3x3"])
      made.push(await makeAsset(amina, mediaFile(what)));
    const ids = made.map(({ id }) => id).reverse();
    const first = read(await amina.get("/api/assets?limit=2"), 200, assetsAnswer);
    const second = read(await amina.get(`/api/assets?limit=2&cursor=${first.next_cursor}`), 200, assetsAnswer);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(second.next_cursor).toBeNull();
    const images = read(await amina.get("/api/assets?kind=image"), 200, assetsAnswer).data;
    expect(images.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect(readPointers(await amina.get("/api/assets?kind=book"))).toEqual(["/kind"]);
    expect(readPointers(await amina.get("/api/assets?cursor=x"))).toEqual(["/cursor"]);
  });
});

describe("the file", () => {
  it("opens for its owner and by its link, runs nothing, and is nobody else's", async () => {
    const amina = await signUp();
    const text = mediaFile("image/png 640x480", "bytes");
    const asset = await makeAsset(amina, text, 'soko "la" ndizi ☀.png');
    const path = `/api/assets/${asset.id}/file`;
    for (const reply of [await amina.get(path), await newClient().get(asset.url)]) {
      expect(reply).toMatchObject({ status: 200, text });
      expect(reply.headers.get("Content-Type")).toBe("image/png");
      expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(reply.headers.get("Content-Security-Policy")).toContain("sandbox");
      expect(reply.headers.get("Content-Disposition")).toBe(
        "inline; filename=\"soko la ndizi _.png\"; filename*=UTF-8''soko%20la%20ndizi%20%E2%98%80.png",
      );
    }
    expect(await amina.get(path, { Range: "bytes=0-4" })).toMatchObject({ status: 206, text: "media" });
    readProblem(await amina.get(path, { Range: "bytes=9999-" }), "range_not_satisfiable");
    readProblem(await newClient().get(path), "unauthenticated");
    const juma = await signUp();
    for (const other of [path, `/api/assets/${asset.id}`, `/api/assets/${asset.id}/thumbnail`]) {
      readProblem(await juma.get(other), "not_found");
    }
    readProblem(await juma.call("DELETE", `/api/assets/${asset.id}`), "not_found");
    const thumbnail = await newClient().get(asset.thumbnail_url ?? "");
    expect(thumbnail).toMatchObject({ status: 200, text: thumbnailText });
    expect(thumbnail.headers.get("Content-Type")).toBe("image/jpeg");
    readProblem(await newClient().get(asset.url.replace("/file", "/thumbnail")), "unauthenticated");
  });

  it("is saved, not shown, when a browser would read it as a page", async () => {
    const amina = await signUp();
    const asset = await makeAsset(amina, mediaFile("image/svg+xml 10x10"), "logo.svg");
    const reply = await amina.get(asset.url);
    expect(reply.headers.get("Content-Disposition")).toMatch(/^attachment; filename="logo.svg"/);
    expect(reply.headers.get("Content-Security-Policy")).toBe("default-src 'none'; sandbox");
  });

  it("of a sound has no thumbnail", async () => {
    const amina = await signUp();
    const asset = await makeAsset(amina, mediaFile("audio/mpeg 4"));
    readProblem(await amina.get(`/api/assets/${asset.id}/thumbnail`), "not_found");
  });
});

describe("deleting", () => {
  it("takes the file and gives its bytes back, once; the same bytes may come again", async () => {
    const amina = await signUp();
    const text = mediaFile("image/png 5x5", "again");
    const asset = await makeAsset(amina, text);
    expect((await amina.call("DELETE", `/api/assets/${asset.id}`)).status).toBe(204);
    readProblem(await amina.call("DELETE", `/api/assets/${asset.id}`), "not_found");
    readProblem(await newClient().get(asset.url), "not_found");
    expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
    expect(await readUploads(amina)).toEqual([1, 0]);
    expect((await makeAsset(amina, text)).id).not.toBe(asset.id);
  });

  it("that was cut off is finished by the cron", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const asset = await makeAsset(amina);
    await env.DB.prepare("UPDATE assets SET deleted_at_ms = ? WHERE id = ?").bind(Date.now(), asset.id).run();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    await queue.runCron();
    await queue.runCron();
    expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
    expect(await readUploads(amina)).toEqual([1, 0]);
  });

  it("waits for a video that needs it", async () => {
    const amina = await signUp();
    const asset = await makeAsset(amina);
    const insert = (id: string, status: string) =>
      env.DB.prepare(
        `INSERT INTO videos (id, tenant_id, user_id, status, title, document, queue, credits, ceiling_seconds,
           estimated_render_seconds, enqueued_at_ms, created_at_ms)
         VALUES (?, (SELECT tenant_id FROM assets WHERE id = ?), 'nobody', ?, 't', ?, 'standard', 0, 1, 1, 0, 0)`,
      )
        .bind(id, asset.id, status, JSON.stringify({ brand: { logo: { asset: asset.id } } }))
        .run();
    await insert("vid_0000000000000000000000asset", "voicing");
    readProblem(await amina.call("DELETE", `/api/assets/${asset.id}`), "asset_in_use");
    await env.DB.prepare("UPDATE videos SET status = 'failed' WHERE user_id = 'nobody'").run();
    expect((await amina.call("DELETE", `/api/assets/${asset.id}`)).status).toBe(204);
    await env.DB.prepare("DELETE FROM videos WHERE user_id = 'nobody'").run();
  });
});
