import type { z } from "zod";
import type { createVideoBody, ProgressEvent, VideoAnswer } from "../contract/videos.ts";
import { VideoError } from "./errors.ts";
import { followVideo } from "./follow-video.ts";
import { createVideo, getVideo } from "./operations/videos.ts";
import type { CallOptions, Transport } from "./transport.ts";

export type FinishedVideo = VideoAnswer & { output: NonNullable<VideoAnswer["output"]> };
export type MakeOptions = CallOptions & { onProgress?: (event: ProgressEvent) => void };

/**
 * Orders a video and waits until it is done. Throws VideoError when it fails or is cancelled, which costs nothing. The signal
 * ends the waiting alone: `cancelVideo` ends the video.
 */
export async function makeVideo(
  transport: Transport,
  input: z.input<typeof createVideoBody>,
  { onProgress, ...options }: MakeOptions = {},
): Promise<FinishedVideo> {
  const { id } = await transport.call(createVideo, input, options);
  const waiting = options.signal === undefined ? {} : { signal: options.signal };
  for await (const event of followVideo(transport, id, waiting)) onProgress?.(event);
  const video = await transport.call(getVideo, { id }, waiting);
  if (video.output === undefined) throw new VideoError(video);
  return { ...video, output: video.output };
}
