import { describe, expect, it } from "vitest";
import { templateAnswer, templatesAnswer } from "../../src/contract/templates.ts";
import { videoAccepted } from "../../src/contract/videos.ts";
import { newClient, read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readVideo } from "../support/videos.ts";

describe("the templates", () => {
  it("are listed for everybody, in pages, with every preset", async () => {
    const visitor = newClient();
    const all = read(await visitor.get("/api/templates"), 200, templatesAnswer);
    expect(all.data.length).toBeGreaterThanOrEqual(12);
    expect(all.presets.caption_styles).toContain("karaoke");
    expect(all.presets.languages.recorded).toContain("ha");
    const first = read(await visitor.get("/api/templates?limit=5"), 200, templatesAnswer);
    const rest = read(await visitor.get(`/api/templates?cursor=${first.next_cursor}`), 200, templatesAnswer);
    expect([...first.data, ...rest.data]).toEqual(all.data);
    const [one] = all.data;
    expect(read(await visitor.get(`/api/templates/${one?.id}`), 200, templateAnswer)).toEqual(one);
    readProblem(await visitor.get("/api/templates/nothing"), "not_found");
  });

  it("become videos in both languages, with their presets, and the caller's own word wins", async () => {
    const amina = await signUp({ send: holdQueue().send });
    const values = { proverb: "Haraka haraka haina baraka", meaning: "{proverb} <b>", today: "Leo ni leo." };
    const body = { template: "proverb", values, lang: "sw", captions: { position: "bottom" }, vertical: false };
    const { id } = read(await amina.post("/api/videos", body), 202, videoAccepted);
    const video = await readVideo(amina, id);
    expect(video).toMatchObject({
      title: "Haraka haraka haina baraka",
      options: {
        lang: "sw",
        aspect: "16:9",
        captions: { mode: "words", style: "elegant", position: "bottom" },
        music: { mood: "warm" },
        voice: { name: "baraka", speed: 1 },
        brand: { font: "serif" },
      },
    });
    // A value is text: what looks like a placeholder in it stays as it is.
    expect(video.scenes.map(({ text }) => text)).toEqual([
      "Wahenga walisema: Haraka haraka haina baraka.",
      "{proverb} <b>.",
      "Leo ni leo.",
      "Basi kumbuka: Haraka haraka haina baraka.",
    ]);
    expect(video.scenes[1]?.image).toEqual({ prompt: "{proverb} <b>" });
  });

  it.each([
    [{ values: {} }, ["/values/meaning", "/values/proverb", "/values/today"]],
    [{ values: { proverb: "a".repeat(111), meaning: "b", today: "c" } }, ["/values/proverb"]],
    [{ values: { proverb: "a", meaning: "b", today: "c", moral: "d" } }, ["/values/moral"]],
    [{ values: { proverb: "a", meaning: "b", today: "a\u0000" } }, ["/values/today"]],
    [{ values: { proverb: "a", meaning: "b", today: 7 } }, ["/values/today"]],
    [{ values: { proverb: "a", meaning: "b", today: "c" }, lang: "fr" }, ["/lang"]],
    [{ values: { proverb: "a", meaning: "b", today: "c" }, scenes: 3 }, ["/scenes"]],
  ])("refuse what does not fill them in: %j", async (body, pointers) => {
    const amina = await shared;
    expect(readPointers(await amina.post("/api/videos", { template: "proverb", ...body })).sort()).toEqual(pointers);
  });
  const shared = signUp();
});
