import type { MediaFacts } from "../../src/contract/container-protocol.ts";

/** What the first bytes of a file say it is. `demuxer` is ffmpeg's name for it: no other is ever tried. */
export type MediaFormat = {
  name: "jpeg" | "png" | "webp" | "gif" | "mp3" | "aac" | "wav" | "ogg" | "flac" | "matroska" | "mp4";
  demuxer: string;
  /** By what is found inside; a format that cannot hold a kind has no word for it. */
  contentTypes: Partial<Record<MediaFacts["kind"], string>>;
};

/** Enough of a file to know it by. */
export const sniffedBytes = 64;

const formats: Record<MediaFormat["name"], MediaFormat> = {
  jpeg: { name: "jpeg", demuxer: "jpeg_pipe", contentTypes: { image: "image/jpeg" } },
  png: { name: "png", demuxer: "png_pipe", contentTypes: { image: "image/png" } },
  webp: { name: "webp", demuxer: "webp_pipe", contentTypes: { image: "image/webp" } },
  gif: { name: "gif", demuxer: "gif", contentTypes: { image: "image/gif" } },
  mp3: { name: "mp3", demuxer: "mp3", contentTypes: { audio: "audio/mpeg" } },
  aac: { name: "aac", demuxer: "aac", contentTypes: { audio: "audio/aac" } },
  wav: { name: "wav", demuxer: "wav", contentTypes: { audio: "audio/wav" } },
  ogg: { name: "ogg", demuxer: "ogg", contentTypes: { audio: "audio/ogg" } },
  flac: { name: "flac", demuxer: "flac", contentTypes: { audio: "audio/flac" } },
  matroska: { name: "matroska", demuxer: "matroska", contentTypes: { audio: "audio/webm", video: "video/webm" } },
  mp4: { name: "mp4", demuxer: "mov", contentTypes: { audio: "audio/mp4", video: "video/mp4" } },
};

/** Brands of ISO files that hold pictures, which no decoder here reads. */
const pictureBrands = new Set(["avif", "avis", "heic", "heix", "mif1", "msf1"]);

/** undefined: none of the formats this service takes. */
export function sniffMedia(head: Uint8Array): MediaFormat | undefined {
  const text = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  const begins = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (begins(0xff, 0xd8, 0xff)) return formats.jpeg;
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return formats.png;
  if (text(0, 6) === "GIF87a" || text(0, 6) === "GIF89a") return formats.gif;
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return formats.webp;
  if (text(0, 4) === "RIFF" && text(8, 12) === "WAVE") return formats.wav;
  if (text(0, 4) === "OggS") return formats.ogg;
  if (text(0, 4) === "fLaC") return formats.flac;
  if (begins(0x1a, 0x45, 0xdf, 0xa3)) return formats.matroska;
  if (text(4, 8) === "ftyp") return pictureBrands.has(text(8, 12)) ? undefined : formats.mp4;
  if (text(0, 3) === "ID3") return formats.mp3;
  // An MPEG audio frame: eleven set bits; layer 0 is ADTS, the others MPEG layers.
  const second = head[1] ?? 0;
  if (head[0] === 0xff && (second & 0xe0) === 0xe0) {
    const layer = (second >> 1) & 3;
    if (layer === 0) return (second & 0xf0) === 0xf0 ? formats.aac : undefined;
    return layer === 1 ? formats.mp3 : undefined;
  }
  return undefined;
}
