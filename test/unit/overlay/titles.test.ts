import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCanvas } from "../../../container/overlay/canvas.ts";
import { layOverlays, type OverlayRequest } from "../../../container/overlay/lay-overlays.ts";
import { safeArea } from "../../../container/overlay/safe-area.ts";
import { aspects, captionPositions, captionStyles } from "../../../src/contract/video.ts";
import { inkBox, isScrim, letters, overlayRequest } from "../../support/overlays.ts";

const long = "A young Kenyan entrepreneur builds an artificial intelligence startup in Nairobi and hires forty people";
const said = "Every morning, she walks to the river. Nobody had planted yet. The rain came late this year.";
const off = { mode: "off", style: "clean", position: "bottom" } as const;

let directory = "";
const logo = (width: number, height: number) => ({ file: path.join(directory, `${width}x${height}.png`) });
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "overlays-"));
  for (const [width, height] of [
    [400, 400],
    [900, 150],
    [100, 700],
  ] as const) {
    const canvas = createCanvas(width, height);
    canvas.getContext("2d").fillRect(0, 0, width, height);
    await writeFile(logo(width, height).file, canvas.toBuffer("image/png"));
  }
});
afterAll(() => rm(directory, { recursive: true }));

/** The lines of what is written, by their baselines, from the top. */
function linesOf(request: OverlayRequest): string[] {
  const lines = new Map<number, string[]>();
  for (const overlay of layOverlays(request)) {
    for (const { y, text } of letters(overlay)) lines.set(overlay.y + y, [...(lines.get(overlay.y + y) ?? []), text]);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, words]) => words.join(" "));
}
const card = (title: string, options: Partial<OverlayRequest> = {}) =>
  overlayRequest([said], { look: off, titles: "opening", title, ...options });

describe("safe areas", () => {
  test.each(aspects.flatMap((aspect) => captionPositions.map((position) => [aspect, position] as const)))(
    "%s with captions at the %s: only scrims leave them",
    (aspect, position) => {
      for (const style of captionStyles) {
        const request = overlayRequest(["Every neighbourhood walks", "أطلقت شركة ناشئة"], {
          ...{ aspect, titles: "scenes", title: long, isDraft: true, logo: logo(400, 400) },
          look: { mode: "words", style, position },
        });
        const safe = safeArea(aspect, request.frame);
        const seen = layOverlays(request).filter((overlay) => !isScrim(overlay));
        for (const overlay of seen) {
          const ink = inkBox(overlay);
          expect(ink?.left).toBeGreaterThanOrEqual(Math.floor(safe.x) - 1);
          expect(ink?.top).toBeGreaterThanOrEqual(Math.floor(safe.y) - 1);
          expect(ink?.right).toBeLessThanOrEqual(Math.ceil(safe.x + safe.width) + 1);
          expect(ink?.bottom).toBeLessThanOrEqual(Math.ceil(safe.y + safe.height) + 1);
        }
      }
    },
  );
});

describe("the title card", () => {
  test("fades in and out over the first scene, and is gone before its end", () => {
    const laid = layOverlays(card("The river"));
    const [scene] = card("The river").scenes;
    expect(laid).toHaveLength(2);
    for (const { startFrame, endFrame, fadeInFrames, fadeOutFrames } of laid) {
      expect(startFrame).toBe(0);
      expect(endFrame).toBeLessThan(scene?.frameCount ?? 0);
      expect(Math.min(fadeInFrames, fadeOutFrames)).toBeGreaterThan(5);
    }
  });

  test.each(aspects)("%s: lines are of about one length, and no word is alone at the end", (aspect) => {
    const lines = linesOf(card("A young Kenyan entrepreneur builds an AI startup in Nairobi", { aspect }));
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines.at(-1)?.split(" ").length).toBeGreaterThan(1);
    const lengths = lines.map((line) => line.length);
    expect(Math.min(...lengths)).toBeGreaterThan(0.5 * Math.max(...lengths));
  });

  test("a long title is set smaller, on three lines, and what does not fit ends in an ellipsis", () => {
    const sizeOf = (title: string) =>
      Math.max(...layOverlays(card(title)).flatMap((overlay) => letters(overlay).map(({ sizePx }) => sizePx)));
    expect(sizeOf(long)).toBeLessThan(0.75 * sizeOf("The river"));
    const lines = linesOf(card(`${long} ${long}`));
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/\p{L}…$/u);
    expect(linesOf(card("The river")).join(" ")).toBe("The river");
  });

  test("Arabic begins at the right", () => {
    const [, words] = layOverlays(card("قصة نجاح"));
    const safe = safeArea("9:16", { width: 1080, height: 1920 });
    const ink = words && inkBox(words);
    expect(Math.abs((ink?.right ?? 0) - (safe.x + safe.width))).toBeLessThan(12);
    expect(ink?.left).toBeGreaterThan(1080 / 3);
  });

  test.each(captionPositions)("does not stand where captions at the %s are", (position) => {
    for (const aspect of aspects) {
      const look = { mode: "words", style: "bold", position } as const;
      const boxes = (request: OverlayRequest) =>
        layOverlays(request)
          .filter((overlay) => !isScrim(overlay))
          .map((overlay) => inkBox(overlay));
      const [title] = boxes(card(long, { aspect, look }));
      for (const caption of boxes(overlayRequest([said], { aspect, look }))) {
        const isApart = (title?.bottom ?? 0) <= (caption?.top ?? 0) || (title?.top ?? 0) >= (caption?.bottom ?? 0);
        expect(isApart).toBe(true);
      }
    }
  });
});

describe("lower thirds", () => {
  const scenes = ["First things first. It takes a while to say.", "Then the second thing, said at length, too."];
  const request = overlayRequest(scenes, {
    look: off,
    titles: "scenes",
    title: "The video",
    hasSceneTitles: [true, true],
  });

  test("each scene has its own, within it, and the first waits for the title card", () => {
    const named = request.scenes.map((scene, index) => ({ ...scene, title: `Part ${index + 1}` }));
    const [, title, ...thirds] = layOverlays({ ...request, scenes: named });
    expect(linesOf({ ...request, scenes: named })).toContain("Part 2");
    const second = thirds.at(-1);
    expect(second?.startFrame).toBeGreaterThanOrEqual(named[1]?.startFrame ?? 0);
    expect(second?.endFrame).toBeLessThanOrEqual((named[1]?.startFrame ?? 0) + (named[1]?.frameCount ?? 0));
    for (const third of thirds) expect(third.startFrame).toBeGreaterThanOrEqual(title?.endFrame ?? 0);
  });

  test("a scene that has only its first words for a title has none", () => {
    expect(layOverlays({ ...request, hasSceneTitles: [false, false] })).toHaveLength(2);
  });
});

describe("corners", () => {
  test.each([
    [400, 400],
    [900, 150],
    [100, 700],
  ])("a logo of %i × %i keeps its shape and is small", (width, height) => {
    const [overlay] = layOverlays(overlayRequest([said], { look: off, logo: logo(width, height) }));
    const [mark] = overlay?.art ?? [];
    if (mark?.kind !== "image") throw new RangeError("no logo was laid");
    expect(mark.width / mark.height).toBeCloseTo(width / height, 1);
    expect(mark.height).toBeLessThanOrEqual(0.12 * 1080 + 1);
    expect(mark.width * mark.height).toBeLessThanOrEqual((0.12 * 1080) ** 2);
  });

  test("a draft says so for its whole length, anything else does not", () => {
    const [draft] = layOverlays(overlayRequest([said], { look: off, isDraft: true }));
    expect(draft && letters(draft).map(({ text }) => text)).toEqual(["DRAFT"]);
    expect(draft?.endFrame).toBe(overlayRequest([said]).scenes[0]?.frameCount);
    expect(layOverlays(overlayRequest([said], { look: off }))).toEqual([]);
  });
});

test("the machine's own fonts are not among those that draw", () => {
  const { GlobalFonts } = createRequire(import.meta.url)("@napi-rs/canvas");
  layOverlays(card("The river"));
  const strangers = GlobalFonts.families
    .map(({ family }: { family: string }) => family)
    .filter(
      (family: string) =>
        !/^(shujaa [A-Za-z]+_\d+[A-Za-z]+|Anton|Bricolage Grotesque|DM Serif Display|Poppins|Noto (Sans|Emoji).*)/.test(
          family,
        ),
    );
  expect(strangers).toEqual([]);
});
