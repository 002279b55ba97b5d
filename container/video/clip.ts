import { RenderFault } from "../failure.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import type { FrameSize, Layer } from "./plan.ts";

export type Clip = Extract<PreparedPicture, { kind: "clip" }>;

/**
 * Where a clip's frames come from: inputs and what is done to them. `chain` ends without a label and gives at least `frameCount`
 * frames of the video's size and rate, whatever the clip's own.
 */
export type ClipFrames = { inputs: string[][]; chain: string };

/** Opened as what it was probed as, with no way to another file. */
export const clipInput = ({ file, demuxer }: Clip): string[] => [
  ...["-protocol_whitelist", "file", "-threads", "1", "-f", demuxer],
  ...["-i", `file:${file}`],
];

/**
 * A clip from the frame on which `layer` begins, over and over. Only what is shown is decoded: from half a second before it,
 * so that the frame that is on at the first moment is found, too.
 */
export function clipFrames(clip: Clip, layer: Layer, frameCount: number, frame: FrameSize, fps: number): ClipFrames {
  const { width, height } = frame;
  const clipLength = Math.max(1, Math.floor(clip.durationSeconds * fps));
  const first = layer.firstFrame % clipLength;
  const sized =
    `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bicubic:out_color_matrix=bt709:out_range=tv,` +
    `crop=${width}:${height},format=yuv420p,setsar=1`;
  // What was cut has forgotten its rate, which a transition wants to know.
  const held = `tpad=stop=${frameCount}:stop_mode=clone,fps=${fps}`;
  if (first + frameCount <= clipLength) {
    const lead = Math.min(first, Math.round(fps / 2));
    const start = ["-ss", ((first - lead) / fps).toFixed(6)];
    const chain = `fps=${fps}:start_time=0,trim=start_frame=${lead},setpts=PTS-STARTPTS,${sized},${held}`;
    return { inputs: [[...start, ...clipInput(clip)]], chain };
  }
  const chain = `fps=${fps}:start_time=0,trim=start_frame=${first},setpts=PTS-STARTPTS,${sized},${held}`;
  return { inputs: [["-stream_loop", "-1", ...clipInput(clip)]], chain };
}

/** What is wrong with a clip that gave no frames: it was probed, so this is rare. */
export function clipRefused(scene: number, cause: unknown): RenderFault {
  const detail = "A scene's clip cannot be played to its end. Export it again, as MP4, and send that.";
  return new RenderFault("media_refused", detail, { isRetryable: false, scene, cause });
}
