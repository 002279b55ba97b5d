export type ImageHeader = { contentType: "image/jpeg" | "image/png"; width: number; height: number };

/** What the first bytes of a JPEG or PNG say; null: it is neither, or is broken off. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readPng(view) ?? readJpeg(view);
}

const pngSignature = 0x89504e47;
const pngHeaderChunk = 0x49484452;

function readPng(view: DataView): ImageHeader | null {
  if (view.byteLength < 24 || view.getUint32(0) !== pngSignature || view.getUint32(12) !== pngHeaderChunk) return null;
  return sized("image/png", view.getUint32(16), view.getUint32(20));
}

const jpegStart = 0xffd8;
/** Start of frame, of any coding; the three between are tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readJpeg(view: DataView): ImageHeader | null {
  if (view.byteLength < 4 || view.getUint16(0) !== jpegStart) return null;
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return sized("image/jpeg", view.getUint16(at + 7), view.getUint16(at + 5));
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

function sized(contentType: ImageHeader["contentType"], width: number, height: number): ImageHeader | null {
  return width > 0 && height > 0 ? { contentType, width, height } : null;
}
