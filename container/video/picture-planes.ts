import { runFfmpeg } from "../ffmpeg/run.ts";

/**
 * A picture ready for the camera: its three planes as raw grey files. zoompan can only step by whole source pixels, and
 * by whole chroma pixels in a colour format. Apart, the luma may be three times the frame and steps by a third of a
 * pixel; together at twice the frame it would step by a whole one, which shakes, for about the same time.
 */
export type PicturePlanes = { luma: Plane; blue: Plane; red: Plane };
export type Plane = { file: string; width: number; height: number };

export type FrameSize = { width: number; height: number };

const lumaTimes = 3;

/** The size to draw a picture at: what the closest view needs, so that no view is enlarged by more than a tenth. */
export function drawnSize({ width, height }: FrameSize): FrameSize {
  const even = (value: number) => 2 * Math.round(value / 2);
  return { width: even(width * 1.125), height: even(height * 1.125) };
}

/** Writes the planes of a PNG of the frame's shape into `directory`, and with `posterFile` a JPEG of it as large as the frame. */
export async function preparePlanes(options: {
  png: Buffer;
  name: string;
  frame: FrameSize;
  directory: string;
  posterFile?: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
}): Promise<PicturePlanes> {
  const { png, name, frame, directory, posterFile, signal, silenceLimitMs } = options;
  const plane = (suffix: string, times: number): Plane => ({
    file: `${name}.${suffix}`,
    width: frame.width * times,
    height: frame.height * times,
  });
  const planes = { luma: plane("luma", lumaTimes), blue: plane("blue", 1), red: plane("red", 1) };
  const scale = ({ width, height }: Plane) => `scale=${width}:${height}:flags=bicubic`;
  const poster = posterFile ? `[poster]scale=${frame.width}:${frame.height}:flags=lanczos,format=yuvj420p[jpeg];` : "";
  const filter =
    `[0:v]${posterFile ? "split[poster][film];" : "null[film];"}${poster}` +
    "[film]scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,extractplanes=y+u+v[y][u][v];" +
    `[y]${scale(planes.luma)}[luma];[u]${scale(planes.blue)}[blue];[v]${scale(planes.red)}[red]`;
  const output = (label: string, file: string) => ["-map", `[${label}]`, "-frames:v", "1", "-f", "rawvideo", file];
  await runFfmpeg(
    [
      ...["-f", "image2pipe", "-c:v", "png", "-i", "pipe:0", "-filter_complex", filter],
      ...output("luma", planes.luma.file),
      ...output("blue", planes.blue.file),
      ...output("red", planes.red.file),
      ...(posterFile ? ["-map", "[jpeg]", "-frames:v", "1", "-q:v", "2", "-f", "mjpeg", posterFile] : []),
    ],
    { input: png, directory, signal, silenceLimitMs },
  );
  return planes;
}
