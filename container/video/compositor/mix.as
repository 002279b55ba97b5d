/** One plane of bytes over or beside another. */

/** `out` is `one` where a column's weight is 0 and `other` where it is 1 (Q15, a 16-bit number a column). */
export function blendPlane(
  one: usize,
  other: usize,
  /** Bytes from row to row of `other`: 0 repeats its first. */
  otherStride: i32,
  out: usize,
  width: i32,
  height: i32,
  weights: usize,
): void {
  for (let y = 0; y < height; y++) {
    const a = one + <usize>y * width;
    const b = other + <usize>y * otherStride;
    const line = out + <usize>y * width;
    for (let block = 0; block < width; block += 16) {
      const x = <usize>min(block, width - 16);
      const fromA = v128.load(a + x);
      const fromB = v128.load(b + x);
      const lowA = i16x8.extend_low_i8x16_u(fromA);
      const highA = i16x8.extend_high_i8x16_u(fromA);
      const low = i16x8.sub(i16x8.extend_low_i8x16_u(fromB), lowA);
      const high = i16x8.sub(i16x8.extend_high_i8x16_u(fromB), highA);
      const weight = weights + 2 * x;
      v128.store(
        line + x,
        i8x16.narrow_i16x8_u(
          i16x8.add(lowA, i16x8.relaxed_q15mulr_s(low, v128.load(weight))),
          i16x8.add(highA, i16x8.relaxed_q15mulr_s(high, v128.load(weight, 16))),
        ),
      );
    }
  }
}

export function copyRows(from: usize, fromStride: i32, to: usize, toStride: i32, bytes: i32, rows: i32): void {
  for (let y = 0; y < rows; y++) {
    memory.copy(to + <usize>y * toStride, from + <usize>y * fromStride, bytes);
  }
}
