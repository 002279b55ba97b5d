import { readFileSync } from "node:fs";

/** What laying out a line needs of a TrueType file: which characters it draws, and how far each one moves the pen. */
export type FontMetrics = {
  has(character: string): boolean;
  /** Width of `text` at `size`, before kerning, which only ever tightens these fonts' words. */
  width(text: string, size: number): number;
};

function tables(file: DataView): Map<string, number> {
  const found = new Map<string, number>();
  for (let index = 0; index < file.getUint16(4); index += 1) {
    const record = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => file.getUint8(record + byte)));
    found.set(tag, file.getUint32(record + 8));
  }
  return found;
}

/** The `cmap` subtable of format 4: Unicode's basic plane, in segments. Every Latin font has one. */
function glyphLookup(file: DataView, cmap: number): (code: number) => number {
  const count = file.getUint16(cmap + 2);
  const offsets = Array.from({ length: count }, (_, index) => cmap + file.getUint32(cmap + 4 + index * 8 + 4));
  const table = offsets.find((offset) => file.getUint16(offset) === 4);
  if (table === undefined) throw new Error("the font has no character map of format 4");
  const segments = file.getUint16(table + 6) / 2;
  const ends = table + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  return (code) => {
    for (let index = 0; index < segments; index += 1) {
      if (file.getUint16(ends + index * 2) < code) continue;
      const start = file.getUint16(starts + index * 2);
      if (start > code) return 0;
      const delta = file.getUint16(deltas + index * 2);
      const range = file.getUint16(ranges + index * 2);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = file.getUint16(ranges + index * 2 + range + (code - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

/** @throws Error when the file is not a TrueType font with a Unicode character map. */
export function readFontMetrics(fontFile: string): FontMetrics {
  const bytes = readFileSync(fontFile);
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = tables(file);
  const table = (tag: string) => {
    const offset = at.get(tag);
    if (offset === undefined) throw new Error(`the font has no ${tag} table`);
    return offset;
  };
  const unitsPerEm = file.getUint16(table("head") + 18);
  const metricCount = file.getUint16(table("hhea") + 34);
  const metrics = table("hmtx");
  const glyphOf = glyphLookup(file, table("cmap"));
  const advance = (glyph: number) => file.getUint16(metrics + Math.min(glyph, metricCount - 1) * 4);
  const codeOf = (character: string) => character.codePointAt(0) ?? 0;
  return {
    has: (character) => codeOf(character) <= 0xffff && glyphOf(codeOf(character)) !== 0,
    width: (text, size) =>
      ([...text].reduce((sum, character) => sum + advance(glyphOf(codeOf(character))), 0) / unitsPerEm) * size,
  };
}
