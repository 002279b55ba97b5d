/** What the compositor runs on every pixel. It has a memory of its own; who calls it says where everything lies. */
export { flip, resamplePlane, resampleScratchBytes } from "./resample";
export { blendPlane, copyRows } from "./mix";
export { clearOverlay, convertOverlayRows, layOverlay, overlayBytes } from "./overlay";

/** The first byte that is free. */
export function freeFrom(): usize {
  return __heap_base;
}
