/**
 * Shows a part of a plane of bytes at any place between its pixels: Catmull-Rom over four rows, then over four columns.
 * A picture's bytes come flipped (their top bit inverted, so that they are signed): a byte in the upper half of a 16-bit
 * lane times a Q14 weight is then one rounding multiplication, and a sum of four keeps seven bits after the point.
 */

/** Bytes of what one group of eight columns needs: its first byte, the places of its first taps, four weights. */
const groupBytes: usize = 96;
/** Before the first and after the last column of a row lie copies of them. */
const rowMargin: usize = 32;

const one = 16384;

/** The four Q14 weights of a place `share` of the way from the second tap to the third; their sum is exactly one. */
@inline
function writeWeights(share: f64, at: usize, stride: usize): void {
  const square = share * share;
  const cube = square * share;
  const first = <i32>Math.round(<f64>one * (square - 0.5 * cube - 0.5 * share));
  const third = <i32>Math.round(<f64>one * (2 * square - 1.5 * cube + 0.5 * share));
  const fourth = <i32>Math.round(<f64>one * (0.5 * cube - 0.5 * square));
  store<i16>(at, <i16>first);
  store<i16>(at + stride, <i16>(one - first - third - fourth));
  store<i16>(at + 2 * stride, <i16>third);
  store<i16>(at + 3 * stride, <i16>fourth);
}

/** Where the block of sixteen columns begins: the last one of a row lies over the one before it where it has to. */
@inline
function blockStart(block: i32, width: i32): i32 {
  return min(16 * block, width - 16);
}

function planColumns(table: usize, width: i32, left: f64, step: f64): void {
  const blocks = (width + 15) / 16;
  for (let group = 0; group < 2 * blocks; group++) {
    const firstColumn = blockStart(group / 2, width) + 8 * (group & 1);
    const at = table + groupBytes * <usize>group;
    const start = <i32>Math.floor(left + (<f64>firstColumn + 0.5) * step - 0.5) - 1;
    store<i32>(at, start);
    for (let column = 0; column < 8; column++) {
      const place = left + (<f64>(firstColumn + column) + 0.5) * step - 0.5;
      const whole = Math.floor(place);
      // The lower byte of each lane stays empty: a swizzle answers 0 for a place with its top bit set.
      store<u8>(at + 16 + 2 * column, 0x80);
      store<u8>(at + 17 + 2 * column, <u8>(<i32>whole - 1 - start));
      writeWeights(place - whole, at + 32 + 2 * column, 16);
    }
  }
}

/** Bytes 0 to 7 as the upper halves of 16-bit lanes. */
@inline
function lowerHalf(bytes: v128): v128 {
  return i8x16.shuffle(i64x2.splat(0), bytes, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Bytes 8 to 15 as the upper halves of 16-bit lanes. */
@inline
function upperHalf(bytes: v128): v128 {
  return i8x16.shuffle(i64x2.splat(0), bytes, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

@inline
function rounded(sum: v128): v128 {
  return i16x8.shr_s(i16x8.add(sum, i16x8.splat(64)), 7);
}

@inline
function sumOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  return i16x8.add(i16x8.add(a, b), i16x8.add(c, d));
}

/** One row between four, from column `from` up to `to`; `weights` holds four Q14 numbers. */
function blendRows(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  weights: usize,
  out: usize,
  from: i32,
  to: i32,
): void {
  const w0 = v128.load16_splat(weights);
  const w1 = v128.load16_splat(weights, 2);
  const w2 = v128.load16_splat(weights, 4);
  const w3 = v128.load16_splat(weights, 6);
  for (let column: usize = from; column < <usize>to; column += 16) {
    const a = v128.load(row0 + column);
    const b = v128.load(row1 + column);
    const c = v128.load(row2 + column);
    const d = v128.load(row3 + column);
    const lower = sumOfFour(
      i16x8.relaxed_q15mulr_s(lowerHalf(a), w0),
      i16x8.relaxed_q15mulr_s(lowerHalf(b), w1),
      i16x8.relaxed_q15mulr_s(lowerHalf(c), w2),
      i16x8.relaxed_q15mulr_s(lowerHalf(d), w3),
    );
    const upper = sumOfFour(
      i16x8.relaxed_q15mulr_s(upperHalf(a), w0),
      i16x8.relaxed_q15mulr_s(upperHalf(b), w1),
      i16x8.relaxed_q15mulr_s(upperHalf(c), w2),
      i16x8.relaxed_q15mulr_s(upperHalf(d), w3),
    );
    v128.store(out + column, i8x16.narrow_i16x8_s(rounded(lower), rounded(upper)));
  }
}

@inline
function eightColumns(bytes: v128, m0: v128, m1: v128, m2: v128, m3: v128, group: usize): v128 {
  return rounded(
    sumOfFour(
      i16x8.relaxed_q15mulr_s(i8x16.relaxed_swizzle(bytes, m0), v128.load(group, 32)),
      i16x8.relaxed_q15mulr_s(i8x16.relaxed_swizzle(bytes, m1), v128.load(group, 48)),
      i16x8.relaxed_q15mulr_s(i8x16.relaxed_swizzle(bytes, m2), v128.load(group, 64)),
      i16x8.relaxed_q15mulr_s(i8x16.relaxed_swizzle(bytes, m3), v128.load(group, 80)),
    ),
  );
}

/** Two rows of output at once, so that places and weights are read once for both. */
function blendColumns(row0: usize, row1: usize, table: usize, out0: usize, out1: usize, width: i32): void {
  const unflip = i8x16.splat(<i8>0x80);
  const next = i16x8.splat(0x100);
  const blocks = (width + 15) / 16;
  for (let block = 0; block < blocks; block++) {
    const group = table + 2 * groupBytes * <usize>block;
    const start0 = load<i32>(group);
    const start1 = load<i32>(group + groupBytes);
    const column = <usize>blockStart(block, width);

    let m0 = v128.load(group, 16);
    let m1 = i8x16.add(m0, next);
    let m2 = i8x16.add(m1, next);
    let m3 = i8x16.add(m2, next);
    const above0 = eightColumns(v128.load(row0 + start0), m0, m1, m2, m3, group);
    const below0 = eightColumns(v128.load(row1 + start0), m0, m1, m2, m3, group);
    const other = group + groupBytes;
    m0 = v128.load(other, 16);
    m1 = i8x16.add(m0, next);
    m2 = i8x16.add(m1, next);
    m3 = i8x16.add(m2, next);
    const above1 = eightColumns(v128.load(row0 + start1), m0, m1, m2, m3, other);
    const below1 = eightColumns(v128.load(row1 + start1), m0, m1, m2, m3, other);
    v128.store(out0 + column, v128.xor(i8x16.narrow_i16x8_s(above0, above1), unflip));
    v128.store(out1 + column, v128.xor(i8x16.narrow_i16x8_s(below0, below1), unflip));
  }
}

/** Copies of the outermost pixels, for taps beyond them. */
@inline
function extendRow(row: usize, width: i32): void {
  v128.store(row - 16, v128.load8_splat(row));
  const end = row + width;
  const last = v128.load8_splat(end - 1);
  v128.store(end, last);
  v128.store(end + 16, last);
}

/** Scratch bytes `resamplePlane` needs. */
export function resampleScratchBytes(sourceWidth: i32, width: i32): usize {
  return 16 + 2 * (<usize>sourceWidth + 2 * rowMargin + 16) + (<usize>(width + 15) / 16) * 2 * groupBytes;
}

/**
 * Writes `width` × `height` bytes of the view that begins at (`left`, `top`) and is `viewWidth` × `viewHeight` source
 * pixels large. `source` is flipped, and 16 bytes after it must be readable. The view may be at most 1.3 times as wide as
 * the output; `width` is at least 16, `height` at least 2.
 */
export function resamplePlane(
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  left: f64,
  top: f64,
  viewWidth: f64,
  viewHeight: f64,
  out: usize,
  width: i32,
  height: i32,
  scratch: usize,
): void {
  const weights = scratch;
  const rowBytes = (<usize>sourceWidth + 2 * rowMargin + 15) & ~15;
  const row0 = scratch + 16 + rowMargin;
  const row1 = row0 + rowBytes;
  const table = scratch + 16 + 2 * rowBytes;
  const stepX = viewWidth / <f64>width;
  const stepY = viewHeight / <f64>height;
  planColumns(table, width, left, stepX);
  const from = max(0, <i32>Math.floor(left + 0.5 * stepX - 0.5) - 1) & ~15;
  const to = min(sourceWidth, <i32>Math.floor(left + (<f64>width - 0.5) * stepX - 0.5) + 3);
  const lastRow = sourceHeight - 1;

  for (let pair = 0; pair < height; pair += 2) {
    const y = min(pair, height - 2);
    for (let below = 0; below < 2; below++) {
      const place = top + (<f64>(y + below) + 0.5) * stepY - 0.5;
      const whole = <i32>Math.floor(place);
      writeWeights(place - <f64>whole, weights, 2);
      const row = below ? row1 : row0;
      blendRows(
        source + <usize>min(max(whole - 1, 0), lastRow) * sourceWidth,
        source + <usize>min(max(whole, 0), lastRow) * sourceWidth,
        source + <usize>min(max(whole + 1, 0), lastRow) * sourceWidth,
        source + <usize>min(max(whole + 2, 0), lastRow) * sourceWidth,
        weights,
        row,
        from,
        to,
      );
      extendRow(row, sourceWidth);
    }
    const line = out + <usize>y * width;
    blendColumns(row0, row1, table, line, line + width, width);
  }
}

/** Inverts the top bit of `count` bytes; up to 15 bytes after them are inverted, too. */
export function flip(bytes: usize, count: usize): void {
  const mask = i8x16.splat(<i8>0x80);
  for (let at = bytes; at < bytes + count; at += 16) v128.store(at, v128.xor(v128.load(at), mask));
}
