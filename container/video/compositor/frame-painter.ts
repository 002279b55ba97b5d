import { closeSync, openSync, readSync } from "node:fs";
import { giveBack } from "../../garbage.ts";
import type { Overlay } from "../../overlay/overlay.ts";
import { standsStill, viewAt } from "../motion.ts";
import type { FrameSize, Layer, Segment } from "../plan.ts";
import type { Kernel } from "./kernel.ts";
import { createOverlayRack, type DrawOverlay } from "./overlay-rack.ts";
import { createPassages } from "./passages.ts";

/** Where a layer's pictures come from: a prepared still, or an open descriptor that gives whole frames. */
export type LayerPicture =
  | { kind: "still"; file: string; width: number; height: number }
  | { kind: "frames"; descriptor: number };

export type PaintJob = {
  segment: Segment;
  picture: LayerPicture;
  incomingPicture: LayerPicture | undefined;
  /** On the segment's own clock, bottom to top. */
  overlays: Overlay[];
};

export type FramePainter = {
  /**
   * Calls `onFrame` with each frame of the segment in turn: planar yuv420p, left alone until the call after the next, or,
   * at the end of the segment, until the next job. Throws what reading
   * pictures and drawing overlays throws, and EndOfClip when a clip gives too few frames.
   */
  paint(job: PaintJob, onFrame: (frame: Uint8Array<ArrayBuffer>) => void): Promise<void>;
};

export class EndOfClip extends Error {
  readonly scene: number;

  constructor(scene: number) {
    super(`the clip of scene ${scene} ended early`);
    this.name = "EndOfClip";
    this.scene = scene;
  }
}

/** Makes frames of one size. What it needs for them it takes from the kernel once. */
export function createFramePainter(kernel: Kernel, frame: FrameSize, drawOverlay: DrawOverlay): FramePainter {
  const frameBytes = (frame.width * frame.height * 3) / 2;
  const base = kernel.take(frameBytes);
  const outs = [kernel.take(frameBytes), kernel.take(frameBytes)] as const;
  const passages = createPassages(kernel, frame);

  return {
    paint: async (job, onFrame) => {
      const { segment, overlays } = job;
      const rack = createOverlayRack(kernel, frame, drawOverlay, overlays);
      const layer = openLayer(kernel, frame, segment.layer, job.picture);
      const incoming =
        segment.incoming && job.incomingPicture
          ? openLayer(kernel, frame, segment.incoming, job.incomingPicture)
          : undefined;
      const [one, other] = incoming ? [kernel.take(frameBytes), kernel.take(frameBytes)] : [base, base];
      const isBusy = overlays.length > 0;
      const isFixed = !incoming && layer.isFixed;
      try {
        for (let index = 0; index < segment.frameCount; index += 1) {
          const out = isFixed && !isBusy ? outs[0] : outs[index % 2 === 0 ? 0 : 1];
          const ground = isBusy && isFixed ? base : out;
          if (segment.incoming && incoming) {
            layer.show(index, one);
            incoming.show(index, other);
            const share = (index + 1) / (segment.frameCount + 1);
            passages.pass(segment.incoming.passage, share, one, other, out);
          } else if (!isFixed || index === 0) {
            layer.show(index, ground);
          }
          if (ground === base) kernel.copyRows(base, frameBytes, out, frameBytes, frameBytes, 1);
          const hasDrawn = rack.lay(index, out);
          onFrame(kernel.bytes(out, frameBytes));
          if (hasDrawn) await giveBack("drawn");
        }
      } finally {
        rack.close();
        layer.close();
        incoming?.close();
        if (incoming) for (const buffer of [one, other]) kernel.give(buffer);
      }
    },
  };
}

type OpenLayer = {
  /** Whether all its frames are the same. */
  isFixed: boolean;
  /** Writes the frame the layer has `index` frames into the segment to `to`. Frames of a clip come one after another. */
  show(index: number, to: number): void;
  close(): void;
};

function openLayer(kernel: Kernel, frame: FrameSize, layer: Layer, picture: LayerPicture): OpenLayer {
  return picture.kind === "still"
    ? openStill(kernel, frame, layer, picture)
    : openFrames(kernel, frame, layer, picture.descriptor);
}

function openStill(
  kernel: Kernel,
  frame: FrameSize,
  { camera, firstFrame }: Layer,
  { file, width, height }: Extract<LayerPicture, { kind: "still" }>,
): OpenLayer {
  const area = width * height;
  const source = kernel.take((area * 3) / 2);
  const scratch = kernel.take(kernel.resampleScratchBytes(width, frame.width));
  const descriptor = openSync(file, "r");
  try {
    if (!readWhole(descriptor, kernel.bytes(source, (area * 3) / 2))) throw new RangeError("a picture is too short");
  } finally {
    closeSync(descriptor);
  }
  kernel.flip(source, (area * 3) / 2);
  const frameArea = frame.width * frame.height;
  const planes = [
    { from: source, to: 0, half: 1 },
    { from: source + area, to: frameArea, half: 2 },
    { from: source + (area * 5) / 4, to: (frameArea * 5) / 4, half: 2 },
  ];
  return {
    isFixed: standsStill(camera),
    show: (index, out) => {
      const { zoom, centreX, centreY } = viewAt(camera, firstFrame + index);
      for (const { from, to, half } of planes) {
        const [acrossAll, downAll] = [width / half, height / half];
        const [across, down] = [acrossAll / zoom, downAll / zoom];
        const [left, top] = [centreX * acrossAll - across / 2, centreY * downAll - down / 2];
        const [outWidth, outHeight] = [frame.width / half, frame.height / half];
        // biome-ignore format: what is seen of what, and where it goes
        kernel.resamplePlane(
          from, acrossAll, downAll, left, top, across, down,
          out + to, outWidth, outHeight, scratch,
        );
      }
    },
    close: () => {
      kernel.give(source);
      kernel.give(scratch);
    },
  };
}

function openFrames(kernel: Kernel, frame: FrameSize, { scene }: Layer, descriptor: number): OpenLayer {
  return {
    isFixed: false,
    show: (_, to) => {
      if (!readWhole(descriptor, kernel.bytes(to, (frame.width * frame.height * 3) / 2))) throw new EndOfClip(scene);
    },
    close: () => undefined,
  };
}

/** false: the file ended before. */
function readWhole(descriptor: number, into: Uint8Array): boolean {
  for (let read = 0; read < into.length; ) {
    const count = readSync(descriptor, into, read, into.length - read, null);
    if (count === 0) return false;
    read += count;
  }
  return true;
}
