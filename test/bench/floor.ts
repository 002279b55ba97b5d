import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { type Encoding, encoderArguments, rawFrameArguments } from "../../container/video/encoding.ts";
import type { FrameSize } from "../../container/video/plan.ts";

export type Cost = { wallSeconds: number; cpuSeconds: number };
export type FloorFilm = { frame: FrameSize; fps: number; quality: Encoding["quality"] };

const { signal } = new AbortController();

/** Of this process and of its children that have ended: clock ticks are hundredths of a second on Linux. */
function cpuSecondsSoFar(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ").slice(11, 15) ?? [];
  return fields.reduce((sum, ticks) => sum + Number(ticks) / 100, 0);
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [wall, cpu] = [performance.now(), cpuSecondsSoFar()];
  await work();
  return { wallSeconds: (performance.now() - wall) / 1_000, cpuSeconds: cpuSecondsSoFar() - cpu };
}

/** The command whose time is the measure of all others. */
export function floorArguments({ frame, fps, quality }: FloorFilm, frames: string, file: string): string[] {
  const settings = encoderArguments(fps, { format: "mp4", quality });
  // ffmpeg may use as many threads as it likes.
  settings.splice(settings.indexOf("-threads"), 2);
  return [...rawFrameArguments(frame, fps), "-i", frames, ...settings, file];
}

/** More raw frames than this would fill a disk: of a longer film its beginning is encoded, and counted up. */
const framesMaxBytes = 8e9;

export type Floor = { isWhole: boolean; cost(): Promise<Cost> };

/** Writes the frames of a film of `frameCount` out, raw, and answers what encoding them again costs. */
export async function openFloor(
  film: string,
  shape: FloorFilm & { frameCount: number },
  directory: string,
): Promise<Floor> {
  const { frame, frameCount } = shape;
  const frames = join(directory, "frames.yuv");
  const kept = Math.min(frameCount, Math.floor(framesMaxBytes / ((frame.width * frame.height * 3) / 2)));
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-frames:v", `${kept}`];
  await runFfmpeg(["-i", film, "-map", "0:v", ...raw, frames], { signal });
  const times = frameCount / kept;
  return {
    isWhole: kept === frameCount,
    cost: async () => {
      const { wallSeconds, cpuSeconds } = await costOf(() =>
        runFfmpeg(floorArguments(shape, frames, join(directory, "floor.mp4")), { signal }),
      );
      return { wallSeconds: times * wallSeconds, cpuSeconds: times * cpuSeconds };
    },
  };
}
