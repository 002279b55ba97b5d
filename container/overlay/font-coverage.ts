/**
 * The code points a TrueType file has glyphs for, from its Unicode `cmap` tables of formats 4 and 12.
 * Throws RangeError when the file has neither.
 */
export function readCoverage(file: Buffer): Set<number> {
  const table = findTable(file, "cmap");
  const covered = new Set<number>();
  let isRead = false;
  for (let index = 0; index < file.readUInt16BE(table + 2); index += 1) {
    const subtable = table + file.readUInt32BE(table + 8 + 8 * index);
    const format = file.readUInt16BE(subtable);
    if (format === 4) addSegments(file, subtable, covered);
    if (format === 12) addGroups(file, subtable, covered);
    isRead ||= format === 4 || format === 12;
  }
  if (!isRead) throw new RangeError("the font has no Unicode character map");
  return covered;
}

function findTable(file: Buffer, name: string): number {
  const count = file.length < 12 ? 0 : file.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + 16 * index;
    if (file.toString("latin1", record, record + 4) === name) return file.readUInt32BE(record + 8);
  }
  throw new RangeError(`the font has no table ${name}`);
}

/** Format 4 closes with a segment for U+FFFF, which is no character. */
function addSegments(file: Buffer, subtable: number, covered: Set<number>): void {
  const bytes = file.readUInt16BE(subtable + 6);
  for (let at = 0; at < bytes; at += 2) {
    const last = file.readUInt16BE(subtable + 14 + at);
    const first = file.readUInt16BE(subtable + 16 + bytes + at);
    for (let point = first; point <= last && point < 0xffff; point += 1) covered.add(point);
  }
}

function addGroups(file: Buffer, subtable: number, covered: Set<number>): void {
  for (let group = 0; group < file.readUInt32BE(subtable + 12); group += 1) {
    const at = subtable + 16 + 12 * group;
    const last = file.readUInt32BE(at + 4);
    for (let point = file.readUInt32BE(at); point <= last; point += 1) covered.add(point);
  }
}
