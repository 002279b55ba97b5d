import { describe, expect, test } from "vitest";
import { drawOverlay } from "../../../container/overlay/draw-overlay.ts";
import { layOverlays } from "../../../container/overlay/lay-overlays.ts";
import { widthOf } from "../../../container/overlay/text-measure.ts";
import { type Aspect, aspects, brandFonts, captionPositions, captionStyles } from "../../../src/contract/video.ts";
import { inkBox, isScrim, letters, overlayRequest, textMarks } from "../../support/overlays.ts";

const said = "Every morning, she walks to the river. Nobody had planted yet.";
const states = (...request: Parameters<typeof overlayRequest>) =>
  layOverlays(overlayRequest(...request)).filter((overlay) => !isScrim(overlay));

describe("captions that follow the words", () => {
  test.each(captionStyles)("%s: from the first word to the last no frame is without or has two", (style) => {
    const laid = states([said], { look: { mode: "words", style, position: "bottom" } });
    expect(laid.length).toBeGreaterThanOrEqual(11);
    laid.forEach((state, index) => {
      const next = laid[index + 1];
      expect(state.endFrame).toBeGreaterThan(state.startFrame);
      if (next) expect(next.startFrame).toBeGreaterThanOrEqual(state.endFrame);
      const isSameCue =
        next &&
        letters(next)
          .map(({ text }) => text)
          .join() ===
          letters(state)
            .map(({ text }) => text)
            .join();
      if (isSameCue) {
        expect(next.startFrame).toBe(state.endFrame);
        expect([state.fadeOutFrames, next.fadeInFrames]).toEqual([0, 0]);
      }
    });
  });

  test.each([24, 25, 30, 60] as const)("at %i frames a second each word is followed within 80 ms", (fps) => {
    const request = overlayRequest([said], { fps });
    const starts = layOverlays(request).map(({ startFrame }) => startFrame / fps);
    for (const { startSeconds } of request.scenes[0]?.words ?? []) {
      const nearest = Math.min(...starts.map((start) => Math.abs(start - startSeconds)));
      expect(nearest).toBeLessThanOrEqual(0.08);
    }
  });

  test.each(captionStyles)("%s: the word being said looks different, and only then", (style) => {
    const [first, second, third] = states(["Habari ya leo"], { look: { mode: "words", style, position: "bottom" } });
    const pictures = [first, second, third].map((state) => state && Buffer.from(drawOverlay(state)).toString("base64"));
    expect(new Set(pictures).size).toBe(3);
    const plain = states(["Habari ya leo"], { look: { mode: "lines", style, position: "bottom" } });
    expect(plain).toHaveLength(1);
  });

  test("a long word grows less: its neighbours stay apart from it", () => {
    const look = { mode: "words", style: "bold", position: "bottom" } as const;
    for (const font of brandFonts) {
      for (const state of states(["A neighbour tells"], { look, brand: { font }, aspect: "16:9" })) {
        const marks = letters(state);
        for (const [index, mark] of marks.slice(1).entries()) {
          const before = marks.filter(({ x, y }) => x < mark.x && Math.abs(y - mark.y) < mark.sizePx / 2).at(-1);
          if (!before) continue;
          const apart = mark.x - before.x - widthOf(before.text, before);
          expect(apart / before.sizePx, `${font}, word ${index}`).toBeGreaterThan(0.2);
        }
      }
    }
  });

  test("captions that are off are not there", () => {
    expect(layOverlays(overlayRequest([said], { look: { mode: "off", style: "bold", position: "top" } }))).toEqual([]);
  });

  test("the same sentence at another time is the same art: a scene that moves need not be drawn again", () => {
    const alone = states(["Nobody had planted yet."]);
    const later = states(["The rain came late.", "Nobody had planted yet."]).slice(-alone.length);
    expect(later.map(({ art }) => art)).toEqual(alone.map(({ art }) => art));
    expect(later[0]?.startFrame).toBeGreaterThan(alone[0]?.startFrame ?? 0);
  });
});

describe("what is laid", () => {
  const everything = aspects.flatMap((aspect) =>
    captionPositions.flatMap((position) =>
      captionStyles.map((style) => [aspect, position, style] as [Aspect, typeof position, typeof style]),
    ),
  );

  test.each(everything)("%s, %s, %s: even pixels inside the frame, and as many bytes", (aspect, position, style) => {
    const request = overlayRequest([said], {
      ...{ aspect, titles: "scenes", title: "The river", isDraft: true, look: { mode: "words", style, position } },
    });
    for (const overlay of layOverlays(request)) {
      const { x, y, width, height } = overlay;
      expect([x, y, width, height].map((value) => value % 2)).toEqual([0, 0, 0, 0]);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(request.frame.width);
      expect(y + height).toBeLessThanOrEqual(request.frame.height);
      expect(overlay.fadeInFrames + overlay.fadeOutFrames).toBeLessThanOrEqual(overlay.endFrame - overlay.startFrame);
    }
    const [first] = layOverlays(request);
    expect(first && drawOverlay(first).length).toBe(4 * (first?.width ?? 0) * (first?.height ?? 0));
  });

  test("survives JSON, and the same overlay is the same bytes", () => {
    for (const style of captionStyles) {
      for (const overlay of states(["Habari ya leo"], { look: { mode: "words", style, position: "bottom" } })) {
        const copy = JSON.parse(JSON.stringify(overlay));
        expect(copy).toEqual(overlay);
        expect(Buffer.compare(drawOverlay(copy), drawOverlay(overlay))).toBe(0);
      }
    }
  });

  test.each(captionStyles)("%s: nothing is cut off at an overlay's edge", (style) => {
    for (const text of ["Jg, ÅÉq!", "في نيروبي", "हिन्दी में क्षत्रिय", "Ẹ káàárọ̀"]) {
      for (const state of states([text], { look: { mode: "words", style, position: "middle" } })) {
        const ink = inkBox({ ...state, art: textMarks(state) }, 60);
        expect(ink?.left).toBeGreaterThan(state.x);
        expect(ink?.top).toBeGreaterThan(state.y);
        expect(ink?.right).toBeLessThan(state.x + state.width);
        expect(ink?.bottom).toBeLessThan(state.y + state.height);
      }
    }
  });

  test("a word wider than the frame is set smaller, whole", () => {
    const word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen";
    const [state] = states([word]);
    const ink = state && inkBox(state);
    expect(state && letters(state)[0]?.text).toBe(word);
    expect(ink?.left).toBeGreaterThan(0.1 * 1080);
    expect(ink?.right).toBeLessThan(0.9 * 1080);
  });
});
