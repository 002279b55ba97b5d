/** What of a TrueType file the captions need: which characters it has, and how wide they are. Lengths are in ems. */
export type Typeface = {
  has(character: string): boolean;
  widthOf(text: string): number;
  /** The height libass calls the font size (ascent and descent as Windows clips them), in ems. */
  nominalHeight: number;
};

/** Reads the tables `head`, `hhea`, `OS/2`, `hmtx` and a Unicode `cmap` of format 4. Throws RangeError when the file is not such a font. */
export function readTypeface(file: Buffer): Typeface {
  const tables = new Map<string, number>();
  for (let index = 0; index < file.readUInt16BE(4); index += 1) {
    const record = 12 + 16 * index;
    tables.set(file.toString("latin1", record, record + 4), file.readUInt32BE(record + 8));
  }
  const table = (name: string) => {
    const offset = tables.get(name);
    if (offset === undefined) throw new RangeError(`the font has no table ${name}`);
    return offset;
  };
  const unitsPerEm = file.readUInt16BE(table("head") + 18);
  const widthCount = file.readUInt16BE(table("hhea") + 34);
  const windowsMetrics = table("OS/2") + 74;
  const glyphs = readCharacterMap(file, table("cmap"));
  const glyphOf = (character: string) => glyphs.get(character.codePointAt(0) ?? 0) ?? 0;
  const widthOf = (character: string) =>
    file.readUInt16BE(table("hmtx") + 4 * Math.min(glyphOf(character), widthCount - 1));
  return {
    has: (character) => glyphOf(character) !== 0,
    widthOf: (text) => [...text].reduce((sum, character) => sum + widthOf(character), 0) / unitsPerEm,
    nominalHeight: (file.readUInt16BE(windowsMetrics) + file.readUInt16BE(windowsMetrics + 2)) / unitsPerEm,
  };
}

/** Code point → glyph index, from the first Unicode subtable of format 4 (the basic plane). */
function readCharacterMap(file: Buffer, cmap: number): Map<number, number> {
  const subtables = Array.from({ length: file.readUInt16BE(cmap + 2) }, (_, index) => {
    const record = cmap + 4 + 8 * index;
    return { platform: file.readUInt16BE(record), offset: cmap + file.readUInt32BE(record + 4) };
  });
  const unicode = subtables.find(({ platform, offset }) => platform !== 1 && file.readUInt16BE(offset) === 4);
  if (!unicode) throw new RangeError("the font has no Unicode character map of format 4");
  const segmentBytes = file.readUInt16BE(unicode.offset + 6);
  const column = (index: number) => unicode.offset + 14 + index * segmentBytes + (index > 0 ? 2 : 0);
  const glyphs = new Map<number, number>();
  for (let segment = 0; segment < segmentBytes; segment += 2) {
    const end = file.readUInt16BE(column(0) + segment);
    const start = file.readUInt16BE(column(1) + segment);
    const delta = file.readUInt16BE(column(2) + segment);
    const rangeAt = column(3) + segment;
    const range = file.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const stored = range === 0 ? code : file.readUInt16BE(rangeAt + range + 2 * (code - start));
      const glyph = range === 0 || stored !== 0 ? (stored + delta) & 0xffff : 0;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
