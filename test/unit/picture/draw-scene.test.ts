import { describe, expect, it } from "vitest";
import { drawScene, type SceneRequest, svgDocument } from "../../../container/picture/draw-scene.ts";
import { standingFigure } from "../../../container/picture/figures.ts";
import { createLook, hairStyles } from "../../../container/picture/looks.ts";
import { chooseMotif, matchScene } from "../../../container/picture/match.ts";
import { type Motif, type MotifName, motifs } from "../../../container/picture/motifs.ts";
import { palettes, times, tonesFor } from "../../../container/picture/palette.ts";
import { drawScenery, isInterior } from "../../../container/picture/scenery.ts";
import { createStage } from "../../../container/picture/stage.ts";
import { createRandom } from "../../../container/random.ts";
import { pictureStyles } from "../../../src/contract/video.ts";

const request = {
  title: "First customers",
  narration: "Wanjiku sells her app to traders at the market.",
  videoTitle: "How Wanjiku built a startup",
  sceneIndex: 1,
  width: 1920,
  height: 1080,
  seed: "seed-1",
  style: "flat" as const,
};

const documentOf = (scene: SceneRequest) => svgDocument(drawScene(scene), scene);

const names = Object.keys(motifs) as MotifName[];
const broken = /NaN|undefined|Infinity|\[object/;

describe("drawScene", () => {
  it("draws the same document for the same request", () => {
    expect(documentOf(request)).toBe(documentOf({ ...request }));
  });

  it.each([
    ["seed", { seed: "seed-2" }],
    ["scene", { sceneIndex: 2 }],
    ["words", { narration: "The doctor sees patients." }],
    ["shape", { width: 1080, height: 1920 }],
    ["style", { style: "sketch" as const }],
    ["wish", { prompt: "A giraffe in the savannah" }],
  ])("draws another document for another %s", (_, change) => {
    expect(documentOf({ ...request, ...change })).not.toBe(documentOf(request));
  });

  it("shows what is wished for, whatever is said", () => {
    const wished = { ...request, narration: "The doctor sees patients.", prompt: "Elephants on the savannah" };
    expect(chooseMotif(matchScene(wished), 0)).toBe("elephants");
  });

  it("writes none of the words into the picture", () => {
    const svg = documentOf({ ...request, prompt: `Tom & "Jerry" <script>alert(1)</script>` });
    expect(svg).not.toMatch(/<text|<script|Jerry/);
  });

  it("asks nothing of the outside: no image, no link, no script, no style", () => {
    const svg = documentOf(request);
    expect(svg).not.toMatch(/href|<image|<script|<style|<foreignObject|@import/);
    expect(svg.match(/url\([^#)]/)).toBeNull();
  });

  it("keeps the palette through a video, and lets the seed choose them", () => {
    const named = (seed: string) => {
      const scenes = [0, 1, 2].map((sceneIndex) => documentOf({ ...request, seed, sceneIndex, narration: "At noon." }));
      return palettes.filter((palette) => scenes.every((svg) => svg.includes(palette.skies.day.top)));
    };
    const seeds = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const chosen = seeds.flatMap((seed) => named(seed).map(({ name }) => name));
    expect(chosen.length).toBeGreaterThan(0);
    expect(new Set(chosen).size).toBeGreaterThan(2);
  });
});

describe("every drawing", () => {
  const stageOf = (isTall: boolean, index: number, isInside = false) => {
    const palette = palettes[index % palettes.length] ?? palettes[0];
    const time = times[index % times.length] ?? "day";
    return createStage({
      width: isTall ? 1080 : 1920,
      height: isTall ? 1920 : 1080,
      style: pictureStyles[index % pictureStyles.length] ?? "flat",
      isElsewhere: index % 2 === 1,
      tones: tonesFor(palette, time, isInside),
      outside: tonesFor(palette, time),
      random: createRandom(`stage ${index}`),
      horizonShift: 0,
      focusAcross: 0.4,
      sunAcross: 0.6,
      sunHeight: 0.5,
    });
  };

  it.each(names)("%s is sound in every place, shape and turn", (name) => {
    const motif: Motif = motifs[name];
    motif.settings.forEach((setting, index) => {
      for (const isTall of [false, true]) {
        const stage = stageOf(isTall, index, isInterior(setting));
        const people = createRandom(`${name} ${index}`);
        const cast = {
          lead: createLook(people, stage.tones),
          second: createLook(people, stage.tones),
          third: createLook(people, stage.tones),
          variant: index,
        };
        const art = motif.draw(stage, cast);
        const document = drawScenery(stage, setting) + art.svg + stage.definitions();
        expect(document).not.toMatch(broken);
        expect(document.length).toBeLessThan(250_000);
        expect(art.width).toBeGreaterThan(0);
        expect(art.height).toBeGreaterThan(0);
      }
    });
  });

  it.each(hairStyles)("a head with %s is sound from before and from behind", (hairStyle) => {
    const stage = stageOf(false, 0);
    const look = { ...createLook(createRandom(hairStyle), stage.tones), hairStyle };
    const [front, back] = [standingFigure(stage, look, "front"), standingFigure(stage, look, "back")];
    expect(front + back).not.toMatch(broken);
    expect(front).not.toBe(back);
  });
});
