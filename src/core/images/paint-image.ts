import type { CreateImageBody } from "../../contract/images.ts";
import type { Context } from "../context.ts";
import { OutsideError } from "../deps.ts";
import { type ImageHeader, readImageHeader } from "./image-header.ts";

export type Painted = ImageHeader & { bytes: Uint8Array<ArrayBuffer>; provider: string };

/** Far above any picture of the sizes that are asked for. */
const imageMaxBytes = 20_000_000;

/** By the image model where one is set up, else, or when it fails, drawn by the renderer. Throws OutsideError. */
export async function paintImage(context: Context, body: CreateImageBody, seed: string): Promise<Painted> {
  const { models, renderer, log } = context.deps;
  if (models.hasPictures) {
    try {
      const { bytes, provider } = await models.picture(body);
      return { bytes, provider, ...requireHeader(bytes) };
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      log.write("warn", "picture_model_failed", { imageId: seed, error: error.message });
    }
  }
  const bytes = await collect(await renderer.draw({ ...body, seed }));
  return { bytes, provider: "drawn", ...requireHeader(bytes) };
}

function requireHeader(bytes: Uint8Array): ImageHeader {
  const header = readImageHeader(bytes);
  if (header === null) throw new OutsideError("the picture is no picture", true);
  return header;
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > imageMaxBytes) throw new OutsideError("the picture is without end", true);
    parts.push(new Uint8Array(part));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
