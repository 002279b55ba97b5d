import { mix } from "./colour.ts";
import { drawSky } from "./sky.ts";
import type { Stage } from "./stage.ts";
import { line, path, polygon, rect, round } from "./svg.ts";

/** Where a wall meets the floor: a little behind the feet. */
export function floorLine(stage: Stage): number {
  return stage.ground - (stage.isTall ? 110 : 70);
}

export function room(stage: Stage, wallColour: string, floorColour: string): string {
  const { tones, width, height, style } = stage;
  const wall = tones.local(wallColour);
  const floor = tones.local(floorColour);
  const y = floorLine(stage);
  const light = stage.fade([
    [0, tones.shade(wall)],
    [1, mix(wall, tones.sky.low, 0.18)],
  ]);
  const boards = stage.fade([
    [0, mix(floor, tones.sky.low, 0.12)],
    [1, tones.shade(tones.shade(floor))],
  ]);
  const stripes =
    style === "sketch"
      ? line(
          Array.from({ length: Math.ceil(width / 44) }, (_, index) => `M${22 + index * 44} 0V${round(y)}`).join(""),
          tones.shade(wall),
          1.6,
          { opacity: "0.5" },
        )
      : "";
  const planks = Array.from({ length: 15 }, (_, index) => {
    const at = index - 7;
    return `M${round(width / 2 + at * width * 0.085)} ${round(y)}L${round(width / 2 + at * width * (stage.isTall ? 0.26 : 0.15))} ${round(height)}`;
  }).join("");
  const grain = line(planks, tones.shade(tones.shade(floor)), 3, { opacity: "0.3" });
  return (
    rect(0, 0, width, y + 2, light) +
    stripes +
    rect(0, y, width, height - y, boards) +
    grain +
    rect(0, y - 14, width, 14, tones.shade(wall))
  );
}

/** What is seen through a window, in the light of the sky. */
export function outlook(stage: Stage, view: (out: Stage) => string): string {
  return view({ ...stage, tones: stage.outside });
}

/** Light that falls through a window onto the floor. */
function floorLight(stage: Stage, x: number, width: number): string {
  const { tones } = stage;
  if (tones.isNight) return "";
  const y = floorLine(stage);
  const drop = (stage.height - y) * 0.62;
  const paint = stage.dissolve(tones.sky.sun, 0.34);
  return path(
    polygon([x, y + 4], [x + width, y + 4], [x + width + drop * 0.5, y + drop], [x + drop * 0.5, y + drop]),
    paint,
  );
}

export function windowOnto(stage: Stage, x: number, y: number, width: number, height: number, view: string): string {
  const { tones } = stage;
  const opening = `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
  const frame = tones.local(mix(tones.paper, tones.wall, 0.4));
  const bars = Math.max(1, Math.round(width / 300));
  const mullions = Array.from({ length: bars - 1 }, (_, index) =>
    rect(x + ((index + 1) / bars) * width - 5, y, 10, height, frame),
  ).join("");
  return (
    rect(x - 14, y - 14, width + 28, height + 28, tones.shade(frame), 6) +
    stage.clipped(view, opening) +
    mullions +
    path(
      `M${round(x - 12)} ${round(y - 12)}h${round(width + 24)}v${round(height + 24)}h${round(-width - 24)}ZM${round(x)} ${round(y)}v${round(height)}h${round(width)}v${round(-height)}Z`,
      frame,
    ) +
    rect(x - 26, y + height + 8, width + 52, 18, tones.lit(frame), 4)
  );
}

/** A window as wide as the sheet allows, and its outlook. */
export function bigWindow(stage: Stage, view: (out: Stage, base: number) => string): string {
  const { width, isTall, height } = stage;
  const x = width * (isTall ? 0.08 : 0.1);
  const wide = width - 2 * x;
  const top = height * (isTall ? 0.09 : 0.1);
  const tall = floorLine(stage) - top - (isTall ? 170 : 110);
  return (
    windowOnto(
      stage,
      x,
      top,
      wide,
      tall,
      outlook(stage, (out) => drawSky(out, true) + view(out, top + tall)),
    ) + floorLight(stage, x, wide * 0.5)
  );
}
