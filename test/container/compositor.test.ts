import { closeSync } from "node:fs";
import { expect, it } from "vitest";
import { systemCalls } from "../../container/ffmpeg/system-calls.ts";
import { type Compositor, openCompositors } from "../../container/video/compositor/compositor.ts";
import { cameraPath } from "../../container/video/motion.ts";

const frame = { width: 64, height: 36 };
const { openPipe } = systemCalls();

it("a painter that does not stop is given up, and hangs nobody", async () => {
  const [compositor] = (await openCompositors(frame, 1)) as [Compositor];
  const [clip, frames] = [openPipe(65_536), openPipe(65_536)];
  const camera = cameraPath("zoom_in", 10, 30);
  const job = {
    segment: { startFrame: 0, frameCount: 2, layer: { scene: 0, camera, firstFrame: 0 } },
    // Nobody ever writes a frame of it, and its other end stays open.
    picture: { kind: "frames" as const, descriptor: clip.readEnd },
    incomingPicture: undefined,
    overlays: [],
    output: frames.writeEnd,
  };
  const ending = new AbortController();
  const painting = compositor.paint(job, ending.signal);
  ending.abort(new Error("the encoder has ended"));
  await expect(painting).rejects.toThrow("did not stop");
  await expect(compositor.paint(job, new AbortController().signal)).rejects.toThrow("did not stop");
  // The thread's own call ends with this, and the thread with it.
  closeSync(clip.writeEnd);
  await compositor.close();
  for (const descriptor of [clip.readEnd, frames.readEnd, frames.writeEnd]) closeSync(descriptor);
});
