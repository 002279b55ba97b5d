import type { DocumentScene, VideoDocument } from "../../contract/video.ts";
import type { VideoAnswer, VideoOptions } from "../../contract/videos.ts";

/** What was chosen for a video, in the words it is asked for with. */
export function toOptions(document: VideoDocument): VideoOptions {
  const { music, brand, voice } = document;
  return {
    lang: document.language,
    aspect: document.aspect,
    resolution: document.resolution,
    fps: document.fps,
    output_format: document.format,
    draft: document.isDraft,
    voice: { name: voice.name, speed: voice.speed },
    captions: document.captions,
    music: { ...(music.bed.kind === "mood" ? { mood: music.bed.mood } : music.bed.media), duck_db: music.duckDb },
    loudness_lufs: document.loudnessLufs,
    image_style: document.pictureStyle,
    grade: document.grade,
    transition: document.transition,
    titles: document.titles,
    brand,
    premium_tts: voice.isPremium,
    ai_enhancement: document.isEnhanced,
  };
}

type SceneOptions = Pick<VideoAnswer["scenes"][number], "image" | "motion" | "transition" | "recording">;

/** What was chosen for one scene; undefined: the script's own, for which nothing was. */
export function toSceneOptions(scene: DocumentScene | undefined): SceneOptions {
  return {
    image: toImage(scene?.picture),
    ...(scene?.motion === undefined ? {} : { motion: scene.motion }),
    ...(scene?.transition === undefined ? {} : { transition: scene.transition }),
    ...(scene?.recording === undefined ? {} : { recording: scene.recording }),
  };
}

function toImage(picture: DocumentScene["picture"]): SceneOptions["image"] {
  switch (picture?.kind) {
    case "media":
      return picture.media;
    case "colour":
      return { colour: picture.colour };
    case "generated":
      return picture.prompt === undefined ? {} : { prompt: picture.prompt };
    default:
      return {};
  }
}
