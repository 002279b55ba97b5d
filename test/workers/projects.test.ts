import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { projectAnswer, projectsAnswer } from "../../src/contract/projects.ts";
import { videoAccepted, videosAnswer } from "../../src/contract/videos.ts";
import { read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { makeAsset } from "../support/assets.ts";
import { finishedOf } from "../support/finished-video.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readVideo, setPlan } from "../support/videos.ts";

const body = {
  title: "Duka letu",
  scenes: [{ text: "Karibu dukani kwetu." }, { text: "Bei zetu ni nafuu.", id: "prices" }, { text: "Karibu tena." }],
  options: { lang: "sw", vertical: true, captions: "lines", music: { mood: "bright" } },
};

describe("a project", () => {
  it("keeps its scenes' ids, so that another order is a move", async () => {
    const amina = await signUp();
    const made = read(await amina.post("/api/projects", body), 201, projectAnswer);
    expect(made).toMatchObject({ title: "Duka letu", last_render: null, options: { captions: { mode: "lines" } } });
    expect(made.scenes[1]?.id).toBe("prices");
    expect(new Set(made.scenes.map(({ id }) => id)).size).toBe(3);
    const path = `/api/projects/${made.id}`;
    const moved = read(
      await amina.call("PATCH", path, { json: { scenes: made.scenes.toReversed() } }),
      200,
      projectAnswer,
    );
    expect(moved.scenes).toEqual(made.scenes.toReversed());
    expect(moved).toMatchObject({ title: made.title, options: made.options });
    const titled = read(await amina.call("PATCH", path, { json: { title: "Duka jipya" } }), 200, projectAnswer);
    expect(titled.scenes).toEqual(moved.scenes);
    expect(read(await amina.get(path), 200, projectAnswer)).toEqual(titled);
    expect((await amina.call("DELETE", path)).status).toBe(204);
    readProblem(await amina.get(path), "not_found");
  });

  it("is saved by one of two who changed the same version; the other is told, and may overwrite", async () => {
    const amina = await signUp();
    const made = read(await amina.post("/api/projects", body), 201, projectAnswer);
    const path = `/api/projects/${made.id}`;
    const save = (json: object) => amina.call("PATCH", path, { json });
    const written = async () =>
      env.DB.prepare("SELECT count(*) AS n FROM audit_log WHERE target = ? AND action = 'project.update'")
        .bind(made.id)
        .first<number>("n");
    const saves = await Promise.all(
      Array.from({ length: 8 }, (_, index) => save({ title: `Title ${index}`, version: made.version })),
    );
    const won = saves.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const kept = read(await amina.get(path), 200, projectAnswer);
    expect(kept).toEqual(read(won[0] ?? expect.fail(), 200, projectAnswer));
    expect(kept.version).toBe(made.version + 1);
    for (const lost of saves.filter(({ status }) => status !== 200)) {
      expect(readProblem(lost, "project_changed")).toMatchObject({ version: kept.version });
    }
    expect(await written()).toBe(1);
    const over = read(await save({ title: "Mine", version: kept.version }), 200, projectAnswer);
    expect(over).toMatchObject({ title: "Mine", version: kept.version + 1, scenes: made.scenes });
    // Who names no version overwrites what there is, and moves it on all the same.
    const blind = read(await save({ title: "Blind" }), 200, projectAnswer);
    expect(blind.version).toBe(over.version + 1);
    readProblem(await save({ scenes: [], version: over.version }), "project_changed");
    expect(read(await amina.get(path), 200, projectAnswer)).toEqual(blind);
    expect(await written()).toBe(3);
    expect(readPointers(await save({ version: blind.version }))).toEqual([""]);
    expect(readPointers(await save({ title: "x", version: 0 }))).toEqual(["/version"]);
  });

  it("keeps only uploads of one's own, of a kind that can be used in their place", async () => {
    const [amina, juma] = [await signUp(), await signUp()];
    const { id: picture } = await makeAsset(amina);
    const { id: other } = await makeAsset(juma);
    const gone = "ast_00000000000000000000000000";
    const scenes = [
      { text: "Mine.", image: { asset: picture } },
      { text: "Theirs.", image: { asset: other } },
      { text: "Gone.", image: { asset: gone } },
      { text: "A picture is no recording.", recording: { asset: picture } },
    ];
    const options = { music: { asset: picture }, brand: { logo: { asset: other } } };
    const wrong = [
      "/scenes/1/image",
      "/scenes/2/image",
      "/scenes/3/recording",
      "/options/music/asset",
      "/options/brand/logo",
    ];
    const refused = await amina.post("/api/projects", { title: "Mine", scenes, options });
    expect(readPointers(refused)).toEqual(wrong);
    expect(readProblem(refused, "validation_failed").detail).toMatch(/Nothing was saved\.$/);
    const good = { title: "Mine", scenes: scenes.slice(0, 1), options: { brand: { logo: { asset: picture } } } };
    const made = read(await amina.post("/api/projects", good), 201, projectAnswer);
    const path = `/api/projects/${made.id}`;
    expect(readPointers(await amina.call("PATCH", path, { json: { scenes } }))).toEqual(wrong.slice(0, 3));
    expect(readPointers(await amina.call("PATCH", path, { json: { options } }))).toEqual(wrong.slice(3));
    expect(read(await amina.get(path), 200, projectAnswer)).toEqual(made);
    // What is not sent is not looked at: a file that was deleted since keeps nobody from giving another title.
    expect((await amina.call("DELETE", `/api/assets/${picture}`)).status).toBe(204);
    expect((await amina.call("PATCH", path, { json: { title: "Later" } })).status).toBe(200);
  });

  it("is rendered, and what is rendered again pays for what has changed", async () => {
    const amina = await signUp();
    await setPlan(amina, "pro");
    const { id, scenes } = read(await amina.post("/api/projects", body), 201, projectAnswer);
    const render = (options = {}) => amina.post(`/api/projects/${id}/render`, options);
    const first = await finishedOf(amina, await render());
    expect(first).toMatchObject({
      project_id: id,
      title: "Duka letu",
      credits_used: 1,
      options: { lang: "sw", aspect: "9:16", captions: { mode: "lines", style: "clean" }, music: { mood: "bright" } },
    });
    const again = await finishedOf(amina, await render());
    expect(again).toMatchObject({ credits_used: 0, derived_from: { video_id: first.id, as: "revision" } });
    await amina.call("PATCH", `/api/projects/${id}`, { json: { scenes: [...scenes, { text: "Asante sana." }] } });
    expect((await finishedOf(amina, await render())).credits_used).toBe(1);
    const larger = await finishedOf(
      amina,
      await amina.post(`/api/v1/projects/${id}/render/stitch`, { resolution: "1080p", fps: 25 }),
    );
    expect(larger).toMatchObject({ credits_used: 2, options: { resolution: "1080p", fps: 25, aspect: "9:16" } });

    // Back in the first size, it is compared with the last video of that size.
    expect((await finishedOf(amina, await render())).credits_used).toBe(0);

    const mine = read(await amina.get(`/api/videos?project_id=${id}`), 200, videosAnswer).data;
    expect(mine).toHaveLength(5);
    expect(read(await amina.get(`/api/projects/${id}`), 200, projectAnswer).last_render).toEqual({
      video_id: mine[0]?.id,
      status: "succeeded",
    });
    expect(mine[1]?.id).toBe(larger.id);
    // Deleting a project keeps its videos.
    await amina.call("DELETE", `/api/projects/${id}`);
    expect((await readVideo(amina, first.id)).project_id).toBe(id);
  });

  it("is rendered once for one key, also when the first answer was lost and its video is finished by then", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id } = read(await amina.post("/api/projects", body), 201, projectAnswer);
    const headers = { "Idempotency-Key": "render-1" };
    const render = async () => read(await amina.post(`/api/projects/${id}/render`, {}, headers), 202, videoAccepted);
    const first = await render();
    await queue.deliverAll();
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'render-1'").run();
    expect(await render()).toMatchObject({ id: first.id, credits_used: first.credits_used });
    expect(read(await amina.get("/api/videos"), 200, videosAnswer).data).toHaveLength(1);
  });

  it("is listed in pages, newest first", async () => {
    const amina = await signUp();
    const ids = [];
    for (const title of ["Moja", "Mbili", "Tatu"]) {
      ids.push(read(await amina.post("/api/projects", { title }), 201, projectAnswer).id);
    }
    const first = read(await amina.get("/api/projects?limit=2"), 200, projectsAnswer);
    const second = read(await amina.get(`/api/projects?limit=2&cursor=${first.next_cursor}`), 200, projectsAnswer);
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.next_cursor).toBeNull();
  });

  it("is made once for one key", async () => {
    const amina = await signUp();
    const headers = { "Idempotency-Key": "project-1" };
    const made = read(await amina.post("/api/projects", body, headers), 201, projectAnswer);
    expect(read(await amina.post("/api/projects", body, headers), 201, projectAnswer)).toEqual(made);
    expect(read(await amina.get("/api/projects"), 200, projectsAnswer).data).toHaveLength(1);
  });

  it.each<[string, unknown, string[]]>([
    ["no title", {}, ["/title"]],
    ["21 scenes", { title: "x", scenes: Array.from({ length: 21 }, () => ({ text: "a" })) }, ["/scenes"]],
    [
      "one id twice",
      {
        title: "x",
        scenes: [
          { id: "a", text: "a" },
          { id: "a", text: "b" },
        ],
      },
      ["/scenes/1/id"],
    ],
    ["a scene without text", { title: "x", scenes: [{ id: "a" }] }, ["/scenes/0/text"]],
    ["an option nobody has", { title: "x", options: { music: { duck_db: 99 } } }, ["/options/music/duck_db"]],
    ["options that disagree", { title: "x", options: { vertical: true, aspect: "1:1" } }, ["/options/vertical"]],
    ["a prompt", { title: "x", prompt: "y" }, ["/prompt"]],
  ])("is refused with the place of what is wrong: %s", async (_name, wrong, pointers) => {
    expect(readPointers(await (await shared).post("/api/projects", wrong))).toEqual(pointers);
  });
  const shared = signUp();

  it("without scenes has nothing to render; with a change of nothing, nothing to change", async () => {
    const amina = await signUp();
    const { id } = read(await amina.post("/api/projects", { title: "Tupu" }), 201, projectAnswer);
    expect(readPointers(await amina.post(`/api/projects/${id}/render`, {}))).toEqual(["/scenes"]);
    expect(readPointers(await amina.call("PATCH", `/api/projects/${id}`, { json: {} }))).toEqual([""]);
  });

  it("of another tenant is not there", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id } = read(await amina.post("/api/projects", body), 201, projectAnswer);
    read(await amina.post(`/api/projects/${id}/render`, {}), 202, videoAccepted);
    const juma = await signUp({ send: queue.send });
    for (const other of [id, "prj_1", "vid_00000000000000000000000000"]) {
      const path = `/api/projects/${other}`;
      readProblem(await juma.get(path), "not_found");
      readProblem(await juma.call("PATCH", path, { json: { title: "Mine" } }), "not_found");
      readProblem(await juma.call("DELETE", path), "not_found");
      readProblem(await juma.post(`${path}/render`, {}), "not_found");
    }
    expect(read(await juma.get("/api/projects"), 200, projectsAnswer).data).toEqual([]);
    expect(read(await juma.get(`/api/videos?project_id=${id}`), 200, videosAnswer).data).toEqual([]);
    expect(readPointers(await juma.post("/api/videos", { prompt: "A day", project_id: id }))).toEqual(["/project_id"]);
    expect(read(await amina.get(`/api/projects/${id}`), 200, projectAnswer).title).toBe("Duka letu");
  });
});
