/** What a render makes is kept for the next one that wants the same, and goes when nobody wants it any more. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { videoAccepted } from "../../src/contract/videos.ts";
import { read, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { journalOf, readVideo, storedKeys, submit, tenantIdOf } from "../support/videos.ts";

async function withQueue(variables: Record<string, string> = {}) {
  const queue = holdQueue({ RENDER_FAN_OUT: "1", ...variables });
  return { queue, amina: await signUp({ send: queue.send }) };
}

async function artefactKeys(tenant: Tenant): Promise<string[]> {
  const keys = await storedKeys(await tenantIdOf(tenant));
  return keys.filter((key) => key.includes("/artefacts/")).map((key) => key.split("/").at(-1) ?? "");
}

async function rows(tenant: Tenant) {
  const statement = env.DB.prepare("SELECT key, kind, size, video_id FROM artefacts WHERE tenant_id = ? ORDER BY kind");
  const { results } = await statement
    .bind(await tenantIdOf(tenant))
    .all<{ key: string; kind: string; video_id: string }>();
  return results;
}

describe("what a render makes", () => {
  it("is kept with its row, and supplied to the next render that wants it, which makes nothing again", async () => {
    const { queue, amina } = await withQueue();
    const first = await submit(amina, "keeps:3");
    await queue.deliverAll();
    const journal = await journalOf(first.id);
    expect(journal.made).toHaveLength(3);
    expect(journal.supplied).toEqual([]);
    expect((await rows(amina)).map(({ kind }) => kind)).toEqual(["segment", "segment", "segment", "speech"]);
    expect((await artefactKeys(amina)).sort()).toEqual((await rows(amina)).map(({ key }) => key).sort());

    const second = await submit(amina, "keeps:3");
    await queue.deliverAll();
    const again = await journalOf(second.id);
    expect(again.made).toEqual([]);
    expect(again.missing).toEqual([]);
    expect(again.supplied.map(({ text }) => text).sort()).toEqual(
      (await rows(amina)).map(({ kind, key }) => `${kind} ${key}`).sort(),
    );
    expect(await readVideo(amina, second.id)).toMatchObject({ status: "succeeded" });
  });

  it("is nobody else's: another tenant's render of the same words makes its own", async () => {
    const { queue, amina } = await withQueue();
    await submit(amina, "keeps:2");
    await queue.deliverAll();
    const baraka = await signUp({ send: queue.send });
    const { id } = await submit(baraka, "keeps:2");
    await queue.deliverAll();
    expect((await journalOf(id)).made).toHaveLength(2);
    expect(await artefactKeys(baraka)).toHaveLength(3);
  });

  it("is not kept when it is not what it was said to be, and the video is made all the same", async () => {
    const { queue, amina } = await withQueue();
    const { id } = await submit(amina, "keeps-wrong:3");
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect((await rows(amina)).map(({ kind }) => kind)).toEqual(["segment", "segment", "speech"]);
    expect(await artefactKeys(amina)).toHaveLength(3);
  });

  it("is there for the try after a failure: nothing that was made is made again", async () => {
    const { queue, amina } = await withQueue();
    const { id } = await submit(amina, "fail-kept:3");
    await queue.deliverAll();
    const journal = await journalOf(id);
    expect(journal.starts).toBe(2);
    expect(journal.made).toHaveLength(3);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("counts as missing when its bytes are gone, and is made and kept again", async () => {
    const { queue, amina } = await withQueue();
    await submit(amina, "keeps:2");
    await queue.deliverAll();
    for (const key of await storedKeys(await tenantIdOf(amina)))
      if (key.includes("/artefacts/")) await env.FILES.delete(key);
    const { id } = await submit(amina, "keeps:2");
    await queue.deliverAll();
    expect((await journalOf(id)).made).toHaveLength(2);
    expect(await artefactKeys(amina)).toHaveLength(3);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("goes with the video that used it last, not with the one that made it", async () => {
    const { queue, amina } = await withQueue();
    const first = await submit(amina, "keeps:2");
    const second = await submit(amina, "keeps:2");
    await queue.deliverAll();
    expect((await amina.fetch("DELETE", `/api/videos/${first.id}`)).status).toBe(204);
    expect(await artefactKeys(amina)).toHaveLength(3);
    expect((await amina.fetch("DELETE", `/api/videos/${second.id}`)).status).toBe(204);
    expect(await artefactKeys(amina)).toEqual([]);
    expect(await rows(amina)).toEqual([]);
  });

  it("goes when nobody has used it for a month, and not before", async () => {
    const { queue, amina } = await withQueue();
    await submit(amina, "keeps:2");
    await queue.deliverAll();
    await queue.runCron();
    expect(await artefactKeys(amina)).toHaveLength(3);
    const monthMs = 30 * 24 * 3_600_000;
    await env.DB.prepare("UPDATE artefacts SET used_at_ms = used_at_ms - ? WHERE kind = 'segment'")
      .bind(monthMs + 1)
      .run();
    await queue.runCron();
    expect((await rows(amina)).map(({ kind }) => kind)).toEqual(["speech"]);
    expect(await artefactKeys(amina)).toHaveLength(1);
  });
});

describe("the caller's own file", () => {
  const scene = (image: Record<string, string>) => ({ scenes: [{ text: "media of the day", image }] });

  it("that cannot be used fails the video, says which scene's and gives the credits back", async () => {
    const { queue, amina } = await withQueue();
    const asked = await amina.post("/api/videos", scene({ url: "https://127.0.0.1/picture.png" }));
    const { id } = read(asked, 202, videoAccepted);
    await queue.deliverAll();
    const video = await readVideo(amina, id);
    expect(video).toMatchObject({ status: "failed", credits_used: 0 });
    expect(video.error).toMatchObject({ code: "media_refused", scene: 0, charged: false, retryable: false });
    expect(video.error?.detail).toMatch(/^The picture of scene 1 could not be used: .*not charged/);
  });
});
