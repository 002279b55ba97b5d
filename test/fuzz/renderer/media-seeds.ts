/** Small files of every kind that is taken, and some that are not: what mutations begin with. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gifOf, makeMedia, pngOf } from "../../support/hostile-media.ts";

const picture = ["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10:duration=1"];
const tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"];
const still = ["-frames:v", "1"];
const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "3"];

const made: Record<string, string[]> = {
  png: [...picture, ...still],
  jpg: [...picture, ...still],
  webp: [...picture, ...still],
  gif: picture,
  mp3: tone,
  wav: tone,
  m4a: tone,
  aac: tone,
  ogg: [...tone, "-c:a", "libvorbis"],
  flac: tone,
  mp4: [...picture, ...tone, "-shortest", ...h264],
  mov: [...picture, ...h264, "-movflags", "+faststart"],
  webm: [...picture, "-c:v", "libvpx", "-deadline", "realtime"],
};

export type Seeds = Readonly<Record<string, Buffer>>;

/** `trap`: an address and a path that nobody may ask for or open. */
export function makeSeeds(trap: { url: string; file: string }): Seeds {
  const directory = mkdtempSync(path.join(tmpdir(), "fuzz-seeds-"));
  const entries = Object.entries(made).map(([name, args]) => [
    name,
    makeMedia(args, path.join(directory, `seed.${name}`)),
  ]);
  rmSync(directory, { recursive: true });
  const { url, file } = trap;
  return {
    ...Object.fromEntries(entries),
    "drawn png": pngOf(16, 16, 16 * 16 * 4 + 16),
    "drawn gif": gifOf(8, 8, 20),
    svg: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${url}"/><image href="file://${file}"/></svg>`,
    ),
    m3u8: Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${url}\n#EXTINF:5,\nfile://${file}\n`),
    concat: Buffer.from(`ffconcat version 1.0\nfile '${file}'\nfile ${url}\n`),
    mpd: Buffer.from(`<?xml version="1.0"?><MPD><BaseURL>${url}</BaseURL></MPD>`),
    sdp: Buffer.from("v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 1 RTP/AVP 96\n"),
  };
}
