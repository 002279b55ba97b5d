import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** So near to the window's edge the page moves along, for as long as it is held there. */
const edgePx = 90;
const edgeStepPx = 8;

/**
 * Drags the items of a list by a handle, by mouse, pen or finger. The list is put in its new order while it is dragged; whoever
 * lets go leaves it there. Listens at the window, since an item that changes its place loses the pointer.
 */
export function useDrag(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null);
  const isDragging = dragged !== null;
  const move = useRef(onMove);
  move.current = onMove;
  const hand = useRef({ y: 0, at: 0 });

  useEffect(() => {
    if (!isDragging) return;
    const follow = (event: PointerEvent) => {
      hand.current.y = event.clientY;
    };
    const stop = () => setDragged(null);
    const look = () => {
      const { y, at } = hand.current;
      const { top = 0, bottom = 0 } = list.current?.getBoundingClientRect() ?? {};
      const floor = window.innerHeight - edgePx;
      if (y < edgePx && top < edgePx) window.scrollBy(0, -edgeStepPx);
      if (y > floor && bottom > floor) window.scrollBy(0, edgeStepPx);
      const to = placeOf(y, list.current, at);
      if (to !== at) {
        hand.current.at = to;
        // At once: the next look must find the items where they are then.
        flushSync(() => {
          move.current(at, to);
          setDragged(to);
        });
      }
      frame = requestAnimationFrame(look);
    };
    let frame = requestAnimationFrame(look);
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
    };
  }, [isDragging, list]);

  const start = (index: number) => (event: ReactPointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    hand.current = { y: event.clientY, at: index };
    setDragged(index);
  };
  return { dragged, start };
}

/** One place further for each neighbour whose middle was passed. */
function placeOf(y: number, list: HTMLElement | null, dragged: number): number {
  const middles = Array.from(list?.children ?? [], (item) => {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2;
  });
  const above = middles.findIndex((middle, index) => index < dragged && y < middle);
  if (above !== -1) return above;
  const below = middles.findLastIndex((middle, index) => index > dragged && y > middle);
  return below === -1 ? dragged : below;
}
