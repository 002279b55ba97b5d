import { facade } from "./city.ts";
import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { circle, line, path, polygon, rect } from "./svg.ts";

/** A mosque: dome, crescent, minaret. About 330 high. */
export function mosque(stage: Stage, distance: number): string {
  const { tones } = stage;
  const look = facade(stage, tones.paper, distance);
  const dome = facade(stage, tones.accents[2], distance);
  const arches = [-92, -46, 0, 46, 92].map((x) =>
    path(`M${x - 15} 0V-52C${x - 15} -72 ${x} -84 ${x} -84C${x} -84 ${x + 15} -72 ${x + 15} -52V0Z`, look.shade),
  );
  return (
    rect(-132, -118, 264, 118, look.wall) +
    arches.join("") +
    rect(-78, -142, 156, 26, look.shade) +
    path("M-70 -142C-96 -206 -34 -240 0 -272C34 -240 96 -206 70 -142Z", dome.wall) +
    path("M0 -272C34 -240 96 -206 70 -142H20C50 -190 34 -236 0 -272Z", dome.shade) +
    line("M0 -272V-296", look.shade, 4) +
    path("M4 -318a14 14 0 1 0 8 22a17 17 0 0 1 -8 -22Z", tones.local(tones.accents[1], distance)) +
    rect(150, -300, 34, 300, look.wall) +
    rect(168, -300, 16, 300, look.shade) +
    rect(142, -250, 50, 12, look.shade) +
    path("M148 -300C148 -330 160 -344 167 -362C174 -344 186 -330 186 -300Z", dome.wall)
  );
}

/** A small church with a bell tower. About 330 high. */
export function church(stage: Stage, distance: number): string {
  const { tones } = stage;
  const look = facade(stage, tones.wall, distance);
  const roof = facade(stage, mix(tones.accents[0], tones.ink, 0.2), distance);
  const pane = tones.isNight ? tones.glow : tones.local(tones.accents[2], distance);
  return (
    rect(-60, -130, 210, 130, look.wall) +
    path(polygon([-70, -130], [-30, -196], [140, -196], [162, -130]), roof.wall) +
    [0, 50, 100].map((x) => path(`M${x - 10} -36V-78C${x - 10} -94 ${x + 10} -94 ${x + 10} -78V-36Z`, pane)).join("") +
    rect(-140, -220, 90, 220, look.wall) +
    rect(-72, -220, 22, 220, look.shade) +
    path(polygon([-152, -220], [-95, -310], [-38, -220]), roof.shade) +
    line("M-95 -310V-356M-110 -338H-80", tones.local(tones.ink, distance), 7) +
    circle(-98, -170, 18, pane) +
    path("M-120 0V-62C-120 -88 -78 -88 -78 -62V0Z", roof.shade)
  );
}
