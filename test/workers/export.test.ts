import { env } from "cloudflare:workers";
import { unzipSync } from "fflate";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type ExportStarted, exportStarted, exportsAnswer } from "../../src/contract/privacy.ts";
import type { Row } from "../../src/core/backups/backup-file.ts";
import { readRows } from "../../src/core/privacy/read-rows.ts";
import { tenantTables, userTables } from "../../src/core/privacy/tenant-tables.ts";
import { newClient, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { type HeldQueue, holdQueue } from "../support/held-queue.ts";
import { at } from "../support/later.ts";
import { newContext } from "../support/payment-rows.ts";
import { tenantIdOf } from "../support/videos.ts";
import { dumpFiles, lettersOf, makeWhole, type Whole } from "../support/whole-tenant.ts";

afterEach(() => vi.useRealTimers());

async function begin(tenant: Tenant): Promise<ExportStarted> {
  return read(await tenant.post("/api/account/export"), 202, exportStarted);
}

async function download(link: string, headers: Record<string, string> = {}) {
  const response = await newClient().fetch("GET", link, { headers });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Without the backups that each cron may begin. */
const exportsOf = (queue: HeldQueue) =>
  queue.waiting.map(({ body }) => body as { type: string }).filter(({ type }) => type === "export");
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("an export of everything", () => {
  let whole: Whole;
  let started: ExportStarted;
  let zip: Record<string, Uint8Array>;
  let files: Record<string, Uint8Array>;

  beforeAll(async () => {
    whole = await makeWhole();
    files = await dumpFiles(`tenants/${whole.tenant.tenantId}/`);
    started = await begin(whole.tenant);
    readProblem(await newClient().get(started.download_url), "export_not_ready");
    await whole.world.queue.deliverAll();
    const { response, bytes } = await download(started.download_url);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("application/zip");
    expect(response.headers.get("Content-Disposition")).toMatch(/^attachment; filename="shujaa-studio-.*\.zip"/);
    zip = unzipSync(bytes);
  });

  it("holds every row of the tenant and of whoever asked, without what is of use to thieves", async () => {
    const { tenant } = whole;
    const lists = [
      { tables: tenantTables, id: tenant.tenantId, folder: "data" },
      { tables: userTables, id: tenant.session.user.id, folder: "data/you" },
    ];
    let seen = 0;
    for (const { tables, id, folder } of lists) {
      for (const { table, where, secrets = [], isInternal } of tables) {
        const text = textOf(zip[`${folder}/${table}.json`]);
        if (isInternal === true) {
          expect(text, table).toBe("");
          continue;
        }
        const rows = JSON.parse(text) as Record<string, unknown>[];
        const { results } = await env.DB.prepare(`SELECT * FROM "${table}" WHERE ${where} ORDER BY rowid`)
          .bind(id)
          .all();
        // The export's own row was being made at the time.
        if (table !== "data_exports") {
          expect(rows, table).toMatchObject(
            results.map((row) =>
              Object.fromEntries(Object.entries(row).filter(([column]) => !secrets.includes(column))),
            ),
          );
        }
        expect(rows.length, table).toBe(results.length);
        for (const row of rows) expect(Object.keys(row)).not.toEqual(expect.arrayContaining([...secrets, "never"]));
        for (const row of rows) for (const secret of secrets) expect(row, table).not.toHaveProperty(secret);
        seen += rows.length;
      }
    }
    expect(seen).toBeGreaterThan(20);
    const [payment] = JSON.parse(textOf(zip["data/payments.json"]));
    expect(payment.created_at).toBe(new Date(payment.created_at_ms).toISOString());
  });

  it("holds the bytes of every file", () => {
    const inside = Object.entries(zip).filter(([name]) => name.startsWith("files/"));
    const kept = Object.entries(files).filter(([key]) => !key.includes("/artefacts/"));
    expect(kept.length).toBeGreaterThanOrEqual(12);
    expect(inside.map(([, bytes]) => textOf(bytes)).sort()).toEqual(kept.map(([, bytes]) => textOf(bytes)).sort());
    for (const [name] of inside) expect(name).toMatch(/^files\/(videos|images|assets)\/[\p{L}\p{M}\p{N}.\-_]+$/u);
  });

  it("holds the ledger's statement and the audit log", async () => {
    const { tenantId } = whole.tenant;
    const { proof, entries } = JSON.parse(textOf(zip["ledger/statement.json"]));
    const { entries: own, ...statement } = await env.CREDIT_LEDGER.get(
      env.CREDIT_LEDGER.idFromName(tenantId),
    ).readStatement({ afterSequence: 0, limit: 500 });
    expect(proof).toEqual(statement);
    expect(proof.isProven).toBe(true);
    expect(entries).toEqual(own);
    const log = JSON.parse(textOf(zip["audit/audit-log.json"])) as { action: string }[];
    expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(["account.export", "video.submit"]));
  });

  it("has a page that tells what is inside, without a script", () => {
    const page = textOf(zip["index.html"]);
    for (const name of Object.keys(zip)) if (name !== "index.html") expect(page).toContain(`>${name}<`);
    expect(page).not.toMatch(/<script|https?:/);
    expect(page).not.toContain("Not found");
  });

  it("tells whoever asked, by a letter with the link, once", async () => {
    const letters = (await lettersOf(whole)).filter(({ text }) => text.includes(started.export_id));
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ to: whole.tenant.email });
    const link = /https?:\/\/\S+/.exec(letters[0]?.text ?? "")?.[0] ?? "";
    expect((await newClient().get(link)).status).toBe(200);
  });

  it("is had in ranges, by its owner's token too, and by nobody else's", async () => {
    const { bytes } = await download(started.download_url);
    const part = await download(started.download_url, { Range: "bytes=0-3" });
    expect([part.response.status, [...part.bytes]]).toEqual([206, [0x50, 0x4b, 3, 4]]);
    expect(part.response.headers.get("Content-Range")).toBe(`bytes 0-3/${bytes.byteLength}`);
    const etag = part.response.headers.get("ETag") ?? "";
    const known = await newClient().get(started.download_url, { "If-None-Match": etag });
    expect([etag === "", known.status]).toEqual([false, 304]);
    const path = `/api/account/exports/${started.export_id}/file`;
    expect((await whole.tenant.get(path)).status).toBe(200);
    readProblem(await (await signUp()).get(path), "not_found");
    readProblem(await newClient().get(path), "unauthenticated");
    readProblem(await newClient().get(`${path}?expires=${Date.now() + 1e6}&signature=none`), "unauthenticated");
  });

  it("is listed, and after a day is gone from the list's links, from its own and from the store", async () => {
    const { tenant, world } = whole;
    const [listed] = read(await tenant.get("/api/account/exports"), 200, exportsAnswer).data;
    expect(listed).toMatchObject({ id: started.export_id, status: "ready", download_url: started.download_url });
    const readyAtMs = Date.parse(listed?.ready_at ?? "");
    expect(Date.parse(listed?.expires_at ?? "") - readyAtMs).toBe(24 * 3_600_000);

    const later = await at(tenant, readyAtMs + 24 * 3_600_000 - 1000);
    expect((await download(started.download_url)).response.status).toBe(200);
    vi.setSystemTime(readyAtMs + 24 * 3_600_000);
    readProblem(await newClient().get(started.download_url), "export_gone");
    const [gone] = read(await later.get("/api/account/exports"), 200, exportsAnswer).data;
    expect(gone).toMatchObject({ status: "expired", download_url: null });
    await world.queue.runCron();
    expect(Object.keys(await dumpFiles(`tenants/${tenant.tenantId}/exports/`))).toEqual([]);
    readProblem(await newClient().get(started.download_url), "export_gone");
  });
});

describe("an export", () => {
  it("is one at a time, and five a day", async () => {
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const replies = await Promise.all([begin(tenant), begin(tenant), begin(tenant)]);
    expect(new Set(replies.map(({ export_id: id }) => id)).size).toBe(1);
    expect(queue.waiting).toHaveLength(1);
    await queue.deliverAll();
    for (let count = 1; count < 5; count += 1) {
      await begin(tenant);
      await queue.deliverAll();
    }
    const refused = await tenant.post("/api/account/export");
    readProblem(refused, "rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(86_000);
    expect(Number(refused.headers.get("Retry-After"))).toBeLessThanOrEqual(86_400);
  });

  it("names the files that the store has lost", async () => {
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const made = JSON.parse((await tenant.post("/api/images", { prompt: "A boat <b>" })).text);
    const [key = ""] = Object.keys(await dumpFiles("tenants/")).filter((one) => one.includes(made.id));
    await env.FILES.delete(key);
    const { download_url: link } = await begin(tenant);
    await queue.deliverAll();
    const zip = unzipSync((await download(link)).bytes);
    const name = `files/images/A-boat-b-${made.id}.jpg`;
    expect(zip[name]).toBeUndefined();
    expect(textOf(zip["index.html"])).toMatch(new RegExp(`Not found[^]*<li>${name}</li>`));
  });

  it("of files larger than a piece of an upload is whole", async () => {
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const made = JSON.parse((await tenant.post("/api/images", { prompt: "A boat" })).text);
    const [key = ""] = Object.keys(await dumpFiles("tenants/")).filter((one) => one.includes(made.id));
    const large = new Uint8Array(9 * 1024 * 1024).map((_, place) => (place * 31 + (place >> 9)) % 251);
    await env.FILES.put(key, large);
    const { download_url: link, export_id: id } = await begin(tenant);
    await queue.deliverAll();
    const { bytes } = await download(link);
    const listed = read(await tenant.get("/api/account/exports"), 200, exportsAnswer).data;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(listed).toMatchObject([{ id, size: bytes.byteLength, sha256 }]);
    const inside = unzipSync(bytes)[`files/images/A-boat-${made.id}.jpg`];
    expect(inside?.byteLength).toBe(large.byteLength);
    expect(inside?.every((byte, place) => byte === large[place])).toBe(true);
  });

  it("that nobody makes any more is made by another, and given up after five", async () => {
    const startMs = Date.UTC(2032, 1, 1);
    vi.useFakeTimers({ toFake: ["Date"], now: startMs });
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const { export_id: id, download_url: link } = await begin(tenant);
    queue.waiting.splice(0);
    const claim = (attempts: number) =>
      env.DB.prepare("UPDATE data_exports SET attempts = ?, lease_until_ms = ? WHERE id = ?")
        .bind(attempts, Date.now() + 60_000, id)
        .run();
    await claim(1);
    vi.setSystemTime(startMs + 59_000);
    await queue.runCron();
    expect(exportsOf(queue)).toEqual([]);
    vi.setSystemTime(startMs + 61_000);
    await queue.runCron();
    expect(exportsOf(queue)).toEqual([{ type: "export", exportId: id }]);
    await queue.deliverAll();
    expect((await download(link)).response.status).toBe(200);

    const { export_id: second, download_url: secondLink } = await begin(tenant);
    queue.waiting.splice(0);
    await env.DB.prepare("UPDATE data_exports SET attempts = 5 WHERE id = ?").bind(second).run();
    vi.setSystemTime(startMs + 200_000);
    await queue.runCron();
    await queue.deliverAll();
    readProblem(await newClient().get(secondLink), "export_gone");
    expect((await begin(tenant)).export_id).not.toBe(second);
  });

  /** Somebody else who owns the tenant, at work in it. */
  async function newCoOwner(queue: HeldQueue, tenantId: string): Promise<Tenant> {
    const other = await signUp({ send: queue.send });
    await env.DB.prepare("INSERT INTO memberships VALUES (?, ?, 'owner', ?)")
      .bind(tenantId, other.session.user.id, Date.now() + 1)
      .run();
    expect((await other.post("/api/auth/tenant", { tenant_id: tenantId })).status).toBe(200);
    return other;
  }

  it("is for whoever asked: another owner is not handed their sessions, keys elsewhere and sign-ins", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const juma = await newCoOwner(queue, tenantId);
    const { export_id: id, download_url: link } = await begin(amina);
    const meanwhile = await juma.post("/api/account/export");
    readProblem(meanwhile, "rate_limited");
    expect(Number(meanwhile.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(meanwhile.text).not.toContain(id);
    await queue.deliverAll();
    expect(textOf(unzipSync((await download(link)).bytes)["data/you/users.json"])).toContain(amina.email);
    expect(read(await juma.get("/api/account/exports"), 200, exportsAnswer).data).toEqual([]);
    readProblem(await juma.get(`/api/account/exports/${id}/file`), "not_found");
    const own = await begin(juma);
    expect(own.export_id).not.toBe(id);
    await queue.deliverAll();
    const you = textOf(unzipSync((await download(own.download_url)).bytes)["data/you/users.json"]);
    expect([you.includes(juma.email), you.includes(amina.email)]).toEqual([true, false]);
  });

  it("opens by its link for as long as whoever asked owns the tenant", async () => {
    const queue = holdQueue({}, true);
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const juma = await newCoOwner(queue, tenantId);
    const { download_url: link } = await begin(juma);
    await queue.deliverAll();
    const set = (sql: string, ...values: (string | number | null)[]) =>
      env.DB.prepare(sql)
        .bind(...values)
        .run();
    const ends: [string, string, string][] = [
      ["users SET disabled_at_ms = 1", "users SET disabled_at_ms = NULL", juma.session.user.id],
      ["tenants SET closed_at_ms = 1", "tenants SET closed_at_ms = NULL", tenantId],
      ["memberships SET role = 'creator'", "memberships SET role = 'owner'", juma.session.user.id],
    ];
    for (const [end, undo, id] of ends) {
      const where = end.startsWith("memberships") ? "user_id = ?" : "id = ?";
      await set(`UPDATE ${end} WHERE ${where}`, id);
      readProblem(await newClient().get(link), "export_gone");
      await set(`UPDATE ${undo} WHERE ${where}`, id);
      expect((await newClient().get(link)).status, end).toBe(200);
    }
    expect((await amina.call("DELETE", `/api/account/members/${juma.session.user.id}`)).status).toBe(204);
    readProblem(await newClient().get(link), "export_gone");
  });

  it("that is given up leaves no file behind", async () => {
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const { export_id: id, download_url: link } = await begin(tenant);
    const key = `tenants/${await tenantIdOf(tenant)}/exports/${id}.zip`;
    await env.FILES.put(key, "whole, and then its worker died");
    await env.DB.prepare("UPDATE data_exports SET attempts = 5 WHERE id = ?").bind(id).run();
    await queue.deliverAll();
    readProblem(await newClient().get(link), "export_gone");
    expect(await env.FILES.head(key)).toBeNull();
  });

  it("has no row of anybody who is given the place of one that was deleted while it was read", async () => {
    const [amina, other] = [await signUp(), await signUp()];
    const [tenantId, otherId] = [await tenantIdOf(amina), await tenantIdOf(other)];
    const { deps } = newContext();
    const insert = (id: string, owner: string, rowid: number) =>
      env.DB.prepare(
        "INSERT INTO projects (rowid, id, tenant_id, user_id, title, scenes, options, created_at_ms, updated_at_ms) VALUES (?, ?, ?, 'usr_1', ?, '[]', '{}', 1, 1)",
      )
        .bind(rowid, id, owner, `of ${owner}`)
        .run();
    const first = 900_000;
    for (let count = 0; count < 201; count += 1) await insert(`pro_${tenantId}_${count}`, tenantId, first + count);
    const rows: Row[] = [];
    for await (const page of readRows(deps, { table: "projects", where: "tenant_id = ?1" }, tenantId)) {
      rows.push(...page);
      if (rows.length > 200) break;
      await env.DB.prepare("DELETE FROM projects WHERE rowid = ?")
        .bind(first + 200)
        .run();
      await insert(`pro_${otherId}`, otherId, first + 200);
    }
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map((row) => row.tenant_id))).toEqual(new Set([tenantId]));
  });

  it("that breaks off in the middle begins anew, and is whole", async () => {
    const queue = holdQueue({}, true);
    const tenant = await signUp({ send: queue.send });
    const { download_url: link } = await begin(tenant);
    const bucket = Object.getPrototypeOf(env.FILES) as R2Bucket;
    const put = vi.spyOn(bucket, "put").mockRejectedValueOnce(new Error("R2 is away"));
    await queue.deliver();
    put.mockRestore();
    readProblem(await newClient().get(link), "export_not_ready");
    await queue.deliverAll();
    const { response, bytes } = await download(link);
    expect(response.status).toBe(200);
    expect(Object.keys(unzipSync(bytes))).toContain("index.html");
  });
});
