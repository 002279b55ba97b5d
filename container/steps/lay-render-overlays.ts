import { RenderFault } from "../failure.ts";
import { layOverlays, type OverlayRequest } from "../overlay/lay-overlays.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { TimedScene } from "../scenes.ts";
import type { Render } from "./render.ts";
import { askedScenes } from "./scene-facts.ts";

type Laid = {
  /** Everything that lies over the pictures, bottom to top. */
  film: Overlay[];
  /** What belongs on a poster: the video's title. */
  poster: Overlay[];
};

export function layRenderOverlays(
  { document, frame }: Render,
  made: { scenes: TimedScene[]; title: string; logo: { file: string } | undefined },
): Laid {
  const { captions: look, titles, brand, isDraft, aspect, fps, source } = document;
  const { scenes, title, logo } = made;
  const asked = askedScenes(document);
  const { logo: _, ...colours } = brand;
  const request: OverlayRequest = {
    ...{ scenes, look, titles, isDraft, frame, aspect, fps, brand: colours },
    // Scenes without a title of their own are only called by their first words: nothing to write over the picture.
    title: source.kind === "prompt" || document.title !== undefined ? title : undefined,
    hasSceneTitles: scenes.map((_, scene) => source.kind === "prompt" || asked[scene]?.title !== undefined),
    ...(logo ? { logo: { file: logo.file } } : {}),
  };
  const { logo: __, ...plain } = request;
  const onPoster: OverlayRequest = {
    ...plain,
    ...{ isDraft: false, look: { ...look, mode: "off" }, titles: titles === "off" ? "off" : "opening" },
  };
  try {
    return { film: layOverlays(request), poster: layOverlays(onPoster) };
  } catch (cause) {
    if (!logo || !(cause instanceof RangeError)) throw cause;
    throw new RenderFault("media_refused", "The logo could not be read.", { isRetryable: false, cause });
  }
}
