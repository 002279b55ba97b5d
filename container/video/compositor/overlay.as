/**
 * What lies over the frames. An overlay is kept as 16-bit numbers, premultiplied: luma and alpha of every pixel, chroma
 * and alpha of every second one; colours in 1/128, alpha in Q15. Rows are padded to sixteen pixels of nothing. Before them
 * stand, for each two rows, the first and the last column that show anything, in steps of sixteen.
 */

const spanBytes: usize = 8;

@inline
function padded(width: i32): i32 {
  return (width + 15) & ~15;
}

export function overlayBytes(width: i32, height: i32): usize {
  const area = <usize>padded(width) * height;
  return 16 + ((spanBytes * (<usize>height / 2) + 15) & ~15) + 4 * area + (6 * area) / 4;
}

@inline
function lumaOf(overlay: usize, height: i32): usize {
  return overlay + ((spanBytes * (<usize>height / 2) + 15) & ~15);
}

@inline
function pairSum(dots: v128): v128 {
  return i32x4.add(dots, i8x16.shuffle(dots, dots, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
}

/** Of a new overlay: nothing is to be seen. */
export function clearOverlay(width: i32, height: i32, overlay: usize): void {
  memory.fill(overlay, 0, overlayBytes(width, height));
}

/**
 * Converts the rows from `top` up to `bottom` (both even) of an overlay of `width` × `height` pixels. `rgba` is where the
 * row `top` begins: red, green, blue and alpha, premultiplied. The result is BT.709 in limited range: weights are Q14 of
 * what a colour adds, and alpha adds what black and grey begin at.
 */
export function convertOverlayRows(
  rgba: usize,
  width: i32,
  height: i32,
  top: i32,
  bottom: i32,
  overlay: usize,
): void {
  const luma16 = i16x8(2992, 10063, 1016, 1028, 2992, 10063, 1016, 1028);
  const blue16 = i16x8(-1649, -5547, 7196, 8224, 0, 0, 0, 0);
  const red16 = i16x8(7196, -6536, -660, 8224, 0, 0, 0, 0);
  const stride = padded(width);
  const luma = lumaOf(overlay, height);
  const alpha = luma + 2 * <usize>stride * height;
  const blue = alpha + 2 * <usize>stride * height;
  const quarter = <usize>stride * height / 2;
  for (let y = top; y < bottom; y += 2) {
    let first = stride;
    let last = 0;
    for (let x = 0; x < width; x += 2) {
      const pixel = rgba + 4 * (<usize>(y - top) * width + x);
      const above = v128.load8x8_u(pixel);
      const below = v128.load8x8_u(pixel + 4 * <usize>width);
      if (!v128.any_true(v128.or(above, below))) continue;
      first = min(first, x);
      last = x + 2;
      const at = 2 * (<usize>y * stride + x);
      const under = at + 2 * <usize>stride;
      const upper = i32x4.shr_s(i32x4.add(pairSum(i32x4.dot_i16x8_s(above, luma16)), i32x4.splat(64)), 7);
      const lower = i32x4.shr_s(i32x4.add(pairSum(i32x4.dot_i16x8_s(below, luma16)), i32x4.splat(64)), 7);
      store<i16>(luma + at, <i16>i32x4.extract_lane(upper, 0));
      store<i16>(luma + at + 2, <i16>i32x4.extract_lane(upper, 2));
      store<i16>(luma + under, <i16>i32x4.extract_lane(lower, 0));
      store<i16>(luma + under + 2, <i16>i32x4.extract_lane(lower, 2));
      const a0 = <i32>i16x8.extract_lane_u(above, 3);
      const a1 = <i32>i16x8.extract_lane_u(above, 7);
      const a2 = <i32>i16x8.extract_lane_u(below, 3);
      const a3 = <i32>i16x8.extract_lane_u(below, 7);
      store<i16>(alpha + at, <i16>((a0 << 7) + (a0 >> 1)));
      store<i16>(alpha + at + 2, <i16>((a1 << 7) + (a1 >> 1)));
      store<i16>(alpha + under, <i16>((a2 << 7) + (a2 >> 1)));
      store<i16>(alpha + under + 2, <i16>((a3 << 7) + (a3 >> 1)));
      const both = i16x8.add(above, below);
      const four = i16x8.add(both, i8x16.shuffle(both, both, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
      const colour = blue + (<usize>(y / 2) * (stride / 2) + x / 2) * 2;
      const cb = (i32x4.extract_lane(pairSum(i32x4.dot_i16x8_s(four, blue16)), 0) + 256) >> 9;
      const cr = (i32x4.extract_lane(pairSum(i32x4.dot_i16x8_s(four, red16)), 0) + 256) >> 9;
      const sum = a0 + a1 + a2 + a3;
      store<i16>(colour, <i16>cb);
      store<i16>(colour + quarter, <i16>cr);
      store<i16>(colour + 2 * quarter, <i16>((sum << 5) + (sum >> 3)));
    }
    const span = overlay + spanBytes * <usize>(y / 2);
    store<i32>(span, first & ~15);
    store<i32>(span + 4, padded(last));
  }
}

/** Eight pixels at a time of one row; `strength` is Q15, and 32767 is all of it. */
@inline
function layRow(to: usize, colour: usize, alpha: usize, from: usize, until: usize, strength: i32): void {
  const full = i16x8.splat(32767);
  const share = i16x8.splat(<i16>strength);
  const isFaint = strength < 32767;
  for (let x = from; x < until; x += 8) {
    let added = v128.load(colour + 2 * x);
    let covered = v128.load(alpha + 2 * x);
    if (isFaint) {
      added = i16x8.relaxed_q15mulr_s(added, share);
      covered = i16x8.relaxed_q15mulr_s(covered, share);
    }
    const under = i16x8.shl(v128.load8x8_u(to + x), 7);
    const mixed = i16x8.add_sat_s(i16x8.relaxed_q15mulr_s(under, i16x8.sub(full, covered)), added);
    const bytes = i16x8.shr_u(i16x8.add_sat_s(mixed, i16x8.splat(64)), 7);
    v128.store64_lane(to + x, i8x16.narrow_i16x8_u(bytes, bytes), 0);
  }
}

/**
 * Lays a converted overlay on a planar yuv420p frame with its top left corner at (`x`, `y`), both even. It lies within the
 * frame; up to 16 bytes after the frame are rewritten as they are.
 */
export function layOverlay(
  overlay: usize,
  width: i32,
  height: i32,
  frame: usize,
  frameWidth: i32,
  frameHeight: i32,
  x: i32,
  y: i32,
  strength: i32,
): void {
  const stride = <usize>padded(width);
  const luma = lumaOf(overlay, height);
  const alpha = luma + 2 * stride * height;
  const blue = alpha + 2 * stride * height;
  const quarter = stride * height / 2;
  const area = <usize>frameWidth * frameHeight;
  const across = <usize>frameWidth / 2;
  for (let row = 0; row < height; row += 2) {
    const span = overlay + spanBytes * <usize>(row / 2);
    const from = <usize>load<i32>(span);
    const until = <usize>load<i32>(span + 4);
    if (from >= until) continue;
    const at = 2 * stride * row;
    const line = frame + <usize>(y + row) * frameWidth + x;
    layRow(line, luma + at, alpha + at, from, until, strength);
    layRow(line + frameWidth, luma + at + 2 * stride, alpha + at + 2 * stride, from, until, strength);
    const colour = blue + (at >> 2);
    const half = frame + area + <usize>((y + row) / 2) * across + x / 2;
    layRow(half, colour, colour + 2 * quarter, from / 2, until / 2, strength);
    layRow(half + area / 4, colour + quarter, colour + 2 * quarter, from / 2, until / 2, strength);
  }
}
