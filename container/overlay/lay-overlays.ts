import type { Aspect, BrandFont, CaptionLook, TitleMode } from "../../src/contract/video.ts";
import type { TimedScene } from "../scenes.ts";
import { layCaptions } from "./caption-overlays.ts";
import { captionPresets } from "./caption-presets.ts";
import { nearBlack } from "./contrast.ts";
import { layCorners } from "./corner-marks.ts";
import { fontForTexts } from "./fonts.ts";
import { layLowerThird } from "./lower-third.ts";
import type { Box, Overlay } from "./overlay.ts";
import { type Frame, safeArea } from "./safe-area.ts";
import { layTitleCard, titleCardEnd } from "./title-card.ts";

export type OverlayRequest = {
  scenes: TimedScene[];
  look: CaptionLook;
  titles: TitleMode;
  /** Undefined when the video has no title worth showing. */
  title: string | undefined;
  /** Of each scene: whether its title is one, and not only its first words. */
  hasSceneTitles: boolean[];
  brand: { primary?: string | undefined; accent?: string | undefined; font?: BrandFont | undefined };
  /** The absolute path of an image that was probed. */
  logo?: { file: string };
  isDraft: boolean;
  frame: Frame;
  aspect: Aspect;
  fps: number;
};

const defaultAccent = "#ffc42f";
const titleFont: Record<CaptionLook["style"], BrandFont> = {
  ...{ clean: "grotesque", bold: "condensed", boxed: "geometric" },
  ...{ karaoke: "grotesque", elegant: "serif", minimal: "grotesque" },
};

/**
 * Everything that lies over the pictures, bottom to top: the title card, lower thirds, captions, the logo and a draft's mark.
 * The same request is the same overlays. Throws RangeError when the logo cannot be read.
 */
export function layOverlays(request: OverlayRequest): Overlay[] {
  const { scenes, look, titles, title, hasSceneTitles, brand, logo, isDraft, frame, aspect, fps } = request;
  const safe = safeArea(aspect, frame);
  const [primary, accent] = [brand.primary ?? nearBlack, brand.accent ?? defaultAccent];
  const frameCount = scenes.reduce((sum, scene) => sum + scene.frameCount, 0);
  const corners = layCorners({ logo, isDraft, frame, area: safe, frameCount });
  const area: Box = { ...safe, y: safe.y + corners.height, height: safe.height - corners.height };
  const captions = look.mode === "off" ? undefined : look.position;

  const said = scenes.map(({ narration }) => narration);
  const captionFont = fontForTexts(brand.font ?? captionPresets[look.style].font, said);
  const written = [title ?? "", ...scenes.map((scene) => scene.title)];
  const font = fontForTexts(brand.font ?? titleFont[look.style], written);
  const shared = { font, primary, accent, aspect, frame, fps, area, captions };

  const [opening] = scenes;
  const hasCard = titles !== "off" && title !== undefined && opening !== undefined;
  const card = hasCard ? layTitleCard({ ...shared, title, scene: opening }) : [];
  const cardEndFrame = hasCard ? titleCardEnd(opening, fps) : 0;
  const lowerThirds = scenes.flatMap((scene, index) => {
    if (titles !== "scenes" || !hasSceneTitles[index] || scene.title === title) return [];
    return layLowerThird({ ...shared, title: scene.title, scene, earliestFrame: index === 0 ? cardEndFrame : 0 });
  });
  const words = layCaptions({ scenes, look, font: captionFont, accent, aspect, frame, fps, area });
  return [...card, ...lowerThirds, ...words, ...corners.overlays];
}
