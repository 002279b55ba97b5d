/**
 * What the stand-in renderer says of files, and draws. A file is what its first line says:
 *
 *   media image/png 640x480        media audio/mpeg 12.5        media video/mp4 640x480 3
 *   R…, V…, I…                     a sound, a clip, an image of some size
 *   busy, break                    no slot is free; it breaks down
 *
 * Everything else is refused, with words.
 * An image's prompt that begins with «fail» is not drawn, «busy» finds no slot; the others are a JPEG of their aspect.
 */
import { type Request, Response } from "miniflare";
import { imageRequest, type MediaFacts } from "../../src/contract/container-protocol.ts";
import { frameSize } from "../../src/contract/video.ts";
import { refusalWords, thumbnailText } from "./stand-in-facts.ts";

const shortFacts: Record<string, MediaFacts> = {
  R: factsOf("audio/wav", ["3"]),
  V: factsOf("video/mp4", ["320x180", "4"]),
  I: factsOf("image/png", ["64x48"]),
};

export async function standInProbe(request: Request): Promise<Response> {
  const [word, type = "", ...rest] = (await request.text()).split("\n", 1)[0]?.split(" ") ?? [];
  if (word === "busy") return refuse(429, "busy", "Every slot is taken.");
  if (word === "break") return refuse(500, "internal", "Broken.");
  const short = shortFacts[word?.charAt(0) ?? ""];
  if (short !== undefined) return Response.json(short);
  if (word !== "media") return refuse(422, "media_refused", refusalWords);
  return Response.json(factsOf(type, rest));
}

function factsOf(contentType: string, [first = "", second]: string[]): MediaFacts {
  if (contentType.startsWith("audio/")) return { kind: "audio", contentType, durationSeconds: Number(first) };
  const [width = 1, height = 1] = first.split("x").map(Number);
  const thumbnail = btoa(thumbnailText);
  if (contentType.startsWith("image/")) return { kind: "image", contentType, width, height, thumbnail };
  return { kind: "video", contentType, width, height, durationSeconds: Number(second), thumbnail };
}

export async function standInDraw(request: Request): Promise<Response> {
  const parsed = imageRequest.safeParse(await request.json());
  if (!parsed.success) return refuse(422, "validation_failed", "Not an image request.");
  const { prompt, aspect, seed } = parsed.data;
  if (prompt.startsWith("fail")) return refuse(500, "picture_failed", "The stand-in was told to fail.");
  if (prompt.startsWith("busy")) return refuse(429, "busy", "Every slot is taken.");
  const { width, height } = frameSize({ aspect, resolution: "720p", isDraft: false });
  return new Response(jpegOf(width, height, `${prompt} ${seed}`), { headers: { "Content-Type": "image/jpeg" } });
}

/** As much of a JPEG as says how large it is: its start, a comment, a frame, its end. */
function jpegOf(width: number, height: number, comment: string): Buffer {
  const text = Buffer.from(comment);
  const length = (value: number) => [value >> 8, value & 0xff];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, ...length(text.length + 2)]),
    text,
    Buffer.from([0xff, 0xc0, ...length(11), 8, ...length(height), ...length(width), 1, 1, 0x11, 0]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function refuse(status: number, code: string, detail: string): Response {
  return Response.json({ code, detail }, { status, headers: { "Retry-After": "1" } });
}
