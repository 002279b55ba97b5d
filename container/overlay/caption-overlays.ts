import type { Aspect, BrandFont, CaptionLook } from "../../src/contract/video.ts";
import { type Cue, cutCues } from "../captions/cues.ts";
import { baseDirection } from "../captions/direction.ts";
import type { SpokenWord, TimedScene } from "../scenes.ts";
import { captionInks, captionMarks, type SetCue, setCue, veilMarks } from "./caption-marks.ts";
import { type CaptionPreset, captionPlaces, captionPresets } from "./caption-presets.ts";
import { drawable, type Face } from "./fonts.ts";
import { coveredBy, fadeFrames, frameArt, type Span } from "./frame-art.ts";
import type { Box, Overlay } from "./overlay.ts";
import type { Frame } from "./safe-area.ts";
import { leadingEms, widthOf } from "./text-measure.ts";

export type CaptionRequest = {
  scenes: TimedScene[];
  look: CaptionLook;
  font: BrandFont;
  accent: string;
  aspect: Aspect;
  frame: Frame;
  fps: number;
  /** Where captions may be. */
  area: Box;
};

const fadeInSeconds = 0.07;
const fadeOutSeconds = 0.1;

type ShownWord = { text: string; startFrame: number };
type ShownCue = { lines: ShownWord[][]; startFrame: number; endFrame: number; narration: string };

/**
 * One overlay for each word of a cue, or one for the cue when words are not followed. They follow each other without a gap
 * or a double frame, and each cue is there from the frame nearest to its first word.
 */
export function layCaptions(request: CaptionRequest): Overlay[] {
  const { look, font, aspect, frame, fps } = request;
  if (look.mode === "off") return [];
  const preset = captionPresets[look.style];
  const place = captionPlaces[aspect];
  const face: Face = { font, weight: preset.weight };
  const sizePx = Math.round(place.em * frame.width * preset.size * 2) / 2;
  const plateEdges = 2 * (preset.plate?.beside ?? 0) * sizePx;
  const widthMax = place.widestLine * preset.lineWidth * frame.width - plateEdges;
  const type = { face, sizePx, trackingPx: preset.tracking * sizePx };
  const cues = cutCues(request.scenes, {
    fps,
    lineWidthMax: widthMax,
    gapWidth: preset.gap * sizePx,
    widthOf: (text) => widthOf(shownText(text, preset, face), type),
  });
  const inks = captionInks(preset, request.accent);
  const shown = cues.map((cue) => showCue(cue, request, preset, face)).filter(({ lines }) => lines.length > 0);
  return shown.flatMap((cue, index) => {
    const set = settle(cue, { ...request, preset, face, sizePx, widthMax });
    const isPlain = look.mode === "lines";
    // A cue that takes another's place takes it at once: two fades would be a blink.
    const isFirst = shown[index - 1]?.endFrame !== cue.startFrame;
    const isLast = shown[index + 1]?.startFrame !== cue.endFrame;
    const spanOf = (state: { startFrame: number; endFrame: number }): Span => ({
      ...{ startFrame: state.startFrame, endFrame: state.endFrame },
      fadeInFrames: isFirst && state.startFrame === cue.startFrame ? fadeFrames(fadeInSeconds, fps, state) : 0,
      fadeOutFrames: isLast && state.endFrame === cue.endFrame ? fadeFrames(fadeOutSeconds, fps, state) : 0,
    });
    const states = isPlain ? [{ ...cue, active: undefined }] : wordStates(cue);
    return [
      ...frameArt(veilMarks(set, preset), frame, spanOf(cue)),
      ...states.flatMap((state) =>
        frameArt(captionMarks(set, { preset, inks, active: state.active, isPlain }), frame, spanOf(state)),
      ),
    ];
  });
}

/** A word as it is drawn. Scripts without capitals stay as they are. */
function shownText(text: string, preset: CaptionPreset, face: Face): string {
  const whole = drawable(text, face);
  return preset.isUpperCase ? drawable(whole.toUpperCase(), face) : whole;
}

function showCue(cue: Cue, { scenes, fps }: CaptionRequest, preset: CaptionPreset, face: Face): ShownCue {
  const toFrame = (seconds: number) => Math.round(seconds * fps);
  const show = (word: SpokenWord): ShownWord[] => {
    const text = shownText(word.text, preset, face);
    return text === "" ? [] : [{ text, startFrame: toFrame(word.startSeconds) }];
  };
  return {
    lines: cue.lines.map((line) => line.flatMap(show)).filter((line) => line.length > 0),
    startFrame: toFrame(cue.startSeconds),
    endFrame: toFrame(cue.endSeconds),
    narration: scenes[cue.scene]?.narration ?? "",
  };
}

/** The cue's frames, cut where another word begins. A word that shares its frame with the next one has none of its own. */
function wordStates(cue: ShownCue): { startFrame: number; endFrame: number; active: number | undefined }[] {
  const words = cue.lines.flat();
  const starts = [
    { startFrame: cue.startFrame, active: undefined },
    ...words.map(({ startFrame }, active) => ({ startFrame, active })),
  ];
  return starts
    .map((start, index) => ({ ...start, endFrame: starts[index + 1]?.startFrame ?? cue.endFrame }))
    .filter(({ startFrame, endFrame }) => endFrame > startFrame);
}

/** The cue's words at their places, moved as little as keeps them where captions may be. */
function settle(
  cue: ShownCue,
  options: CaptionRequest & { preset: CaptionPreset; face: Face; sizePx: number; widthMax: number },
): SetCue {
  const { preset, face, sizePx, widthMax, frame, look, area } = options;
  const words = cue.lines.map((line) => line.map(({ text }) => text));
  const text = words.flat().join(" ");
  const set = (middleY: number) =>
    setCue(words, {
      ...{ preset, face, sizePx, widthMax, middleY },
      centreX: frame.width / 2,
      leadingEms: leadingEms(text, preset.leading),
      base: baseDirection(cue.narration),
    });
  const middleY = captionPlaces[options.aspect].middle[look.position] * frame.height;
  const there = set(middleY);
  const inks = captionInks(preset, options.accent);
  const { top, bottom } = coveredBy(captionMarks(there, { preset, inks, active: 0, isPlain: false }));
  const down = Math.max(0, area.y - top) - Math.max(0, bottom - (area.y + area.height));
  return down === 0 ? there : set(middleY + down);
}
