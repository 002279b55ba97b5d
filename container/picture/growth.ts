import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, group, line, path, place, polygon, rect } from "./svg.ts";

/** Panels and a windmill: power from what is there. */
export function solar(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const blue = tones.local(mix(tones.accents[3], tones.ink, 0.35));
  const steel = tones.local(mix(tones.ink, tones.paper, 0.5));
  const panel = (x: number, y: number, scale: number) =>
    place(
      line("M-60 0L-40 -120M120 0L104 -120", steel, 11) +
        path(polygon([-150, -70], [150, -70], [210, -250], [-90, -250]), blue) +
        line(
          "M-130 -130L170 -130M-110 -190L190 -190M-75 -70L-15 -250M0 -70L60 -250M75 -70L135 -250",
          tones.lit(blue),
          4,
        ) +
        path(polygon([-90, -250], [20, -250], [-80, -70], [-150, -70]), tones.paper, { opacity: "0.14" }) +
        line("M-150 -70L150 -70L210 -250L-90 -250Z", steel, 6),
      x,
      y,
      scale,
    );
  const mill = (x: number, scale: number, turn: number) =>
    place(
      path(polygon([-13, 0], [13, 0], [6, -640], [-6, -640]), tones.local(tones.paper)) +
        [0, 120, 240]
          .map((angle) =>
            group(
              path("M-7 0C-22 -90 -10 -210 0 -270C8 -210 14 -90 7 0Z", tones.local(tones.paper)),
              `translate(0 -640) rotate(${angle + turn})`,
            ),
          )
          .join("") +
        circle(0, -640, 17, steel),
      x,
      0,
      scale,
    );
  return {
    svg:
      groundShadow(stage, 860) +
      mill(-250, 0.98, 14 + variant * 31) +
      mill(80, 0.72, 50 + variant * 17) +
      panel(-200, 0, 1) +
      panel(130, 14, 1.1) +
      place(standingFigure(stage, lead, "back", { right: { elbow: [132, -600], hand: [70, -650] } }), 370, 10, 0.5),
    width: 860,
    height: 890,
  };
}

/** Water for the place: a tap, full cans, somebody drawing it. */
export function water(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const blue = mix(tones.accents[2], tones.sky.top, 0.3);
  const drop =
    "M0 -760C90 -620 190 -500 190 -370C190 -260 106 -180 0 -180C-106 -180 -190 -260 -190 -370C-190 -500 -90 -620 0 -760Z";
  const pool =
    ellipse(0, -14, 330, 44, tones.local(blue)) +
    ellipse(0, -18, 230, 26, tones.lit(tones.local(blue)), { opacity: "0.6" });
  const can = (x: number, colour: string) =>
    place(
      rect(-50, -120, 100, 120, tones.local(colour), 16) +
        rect(-20, -142, 40, 26, tones.shade(tones.local(colour)), 8) +
        line("M-26 -90H26", tones.shade(tones.local(colour)), 9),
      x,
      8,
    );
  const body = stage.fade([
    [0, mix(blue, tones.paper, 0.35)],
    [1, tones.local(blue)],
  ]);
  return {
    svg:
      pool +
      path(drop, body) +
      path("M-120 -400C-116 -300 -60 -246 10 -240C-60 -226 -150 -270 -150 -380Z", tones.paper, { opacity: "0.5" }) +
      line("M-60 -120h120M-30 -92h60", tones.lit(tones.local(blue)), 9, { opacity: "0.7" }) +
      can(-380, tones.accents[1]) +
      can(-270, tones.accents[0]) +
      groundShadow(stage, 120) +
      place(standingFigure(stage, lead, variant % 2 === 0 ? "back" : "front", {}), 300, 14, 0.44),
    width: 860,
    height: 770,
  };
}

/** A seedling as tall as a tree: something small that will grow. */
export function seedling(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const leaf = tones.local(tones.leaf);
  const light = tones.lit(leaf);
  const mound = path(
    "M-330 12C-250 -70 -120 -112 0 -112C120 -112 250 -70 330 12Z",
    tones.local(mix(tones.earth, tones.ink, 0.42)),
  );
  const vein = (d: string) => line(d, tones.shade(leaf), 5, { opacity: "0.7" });
  const left =
    path("M0 -420C-60 -600 -250 -660 -380 -600C-330 -440 -170 -360 0 -420Z", leaf) +
    vein("M-10 -424C-120 -500 -220 -556 -340 -586");
  const right =
    path("M4 -500C60 -700 250 -780 390 -720C340 -540 180 -440 4 -500Z", light) +
    vein("M14 -504C120 -590 220 -660 350 -704");
  const tip = path("M0 -560C-60 -640 -40 -740 10 -800C60 -740 70 -640 0 -560Z", tones.shade(leaf));
  return {
    svg:
      groundShadow(stage, 700) +
      line(curve([0, -90], [-16, -300], [4, -500], [0, -580]), tones.shade(leaf), 26) +
      left +
      right +
      tip +
      mound +
      place(
        standingFigure(
          stage,
          lead,
          "back",
          variant % 2 === 0 ? { right: { elbow: [128, -620], hand: [150, -710] } } : {},
        ),
        variant % 2 === 0 ? -290 : 300,
        10,
        0.42,
      ),
    width: 820,
    height: 800,
  };
}

/** A house of one's own. */
export function house(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const wall = tones.local(tones.wall);
  const roof = tones.local(tones.accents[variant % 2 === 0 ? 0 : 3]);
  const pane = tones.isNight || tones.time === "dusk" ? tones.glow : mix(tones.accents[2], tones.paper, 0.45);
  const opening = (x: number, y: number) =>
    rect(x - 58, y, 116, 104, tones.local(tones.paper), 4) +
    rect(x - 49, y + 9, 98, 86, pane) +
    line(`M${x} ${y + 9}v86M${x - 49} ${y + 52}h98`, tones.local(tones.paper), 7);
  const corrugated = Array.from(
    { length: 17 },
    (_, index) => `M${-344 + index * 43} -330L${-260 + index * 32.5} -506`,
  ).join("");
  return {
    svg:
      groundShadow(stage, 800) +
      rect(-300, -336, 600, 336, wall) +
      rect(150, -336, 150, 336, tones.shade(wall), 0, { opacity: "0.7" }) +
      path(polygon([-356, -326], [-268, -510], [268, -510], [356, -326]), roof) +
      line(corrugated, tones.shade(roof), 5, { opacity: "0.6" }) +
      opening(-186, -240) +
      opening(186, -240) +
      rect(-62, -232, 124, 232, tones.local(tones.accents[2]), 6) +
      circle(38, -112, 8, tones.local(tones.accents[1])) +
      rect(-120, -18, 240, 18, tones.shade(wall)) +
      rect(170, -590, 62, 110, tones.shade(wall)) +
      place(standingFigure(stage, lead, "back", {}), -250, 22, 0.46) +
      place(standingFigure(stage, second, "back", {}), -158, 26, 0.44),
    width: 740,
    height: 600,
  };
}
