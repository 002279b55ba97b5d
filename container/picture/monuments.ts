import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { blob, circle, group, line, path, place, rect } from "./svg.ts";

/** Ideas drawn as things larger than life, standing in the place the scene speaks of, with somebody small beside them. */

/** A giant lamp of an idea, half set in the ground like a rising sun. */
export function bulb(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const glass = mix(tones.glow, tones.paper, 0.35);
  const halo = circle(
    0,
    -480,
    430,
    stage.fade(
      [
        [0, tones.glow, 0.85],
        [0.5, tones.glow, 0.3],
        [1, tones.glow, 0],
      ],
      "out",
    ),
  );
  const shape =
    "M-84 -210C-90 -290 -230 -350 -230 -500C-230 -640 -120 -730 0 -730C120 -730 230 -640 230 -500C230 -350 90 -290 84 -210Z";
  const metal = tones.local(mix(tones.ink, tones.paper, 0.45));
  const rays = Array.from({ length: 9 }, (_, index) =>
    group(line("M0 -290V-350", tones.glow, 15), `translate(0 -480) rotate(${-120 + index * 30})`),
  ).join("");
  const thread = line(
    "M-50 -214L-70 -400L-34 -450L0 -400L34 -450L70 -400L50 -214",
    mix(tones.accents[0], tones.accents[1], 0.4),
    11,
  );
  const base =
    [0, 1, 2]
      .map((index) =>
        rect(
          -92 + index * 6,
          -206 + index * 58,
          184 - index * 12,
          46,
          index % 2 === 0 ? metal : tones.shade(metal),
          20,
        ),
      )
      .join("") + path("M-60 -32H60L34 0H-34Z", tones.local(tones.ink));
  return {
    svg:
      groundShadow(stage, 420) +
      halo +
      (variant % 2 === 0 ? rays : "") +
      path(shape, glass) +
      path("M-170 -560C-150 -640 -80 -680 -30 -684C-90 -650 -130 -600 -140 -540Z", tones.paper, { opacity: "0.8" }) +
      thread +
      base +
      place(standingFigure(stage, lead, "back", { right: { elbow: [130, -620], hand: [150, -720] } }), -270, 8, 0.42),
    width: 620,
    height: 830,
  };
}

/** Learning: books as a stair, somebody on top of it. */
export function books(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const colours = [tones.accents[0], tones.accents[2], tones.accents[1], tones.accents[3]];
  const volume = (x: number, y: number, width: number, index: number) => {
    const cover = tones.local(colours[index % 4] ?? tones.accents[0]);
    return (
      rect(x, y - 84, width, 84, cover, 10) +
      path(
        `M${x + width - 10} ${y - 72}H${x + 40}C${x + 20} ${y - 72} ${x + 20} ${y - 12} ${x + 40} ${y - 12}H${x + width - 10}Z`,
        tones.local(tones.paper),
      ) +
      line(
        `M${x + 52} ${y - 54}H${x + width - 16}M${x + 52} ${y - 36}H${x + width - 16}`,
        tones.shade(tones.local(tones.paper)),
        4,
      ) +
      line(`M${x + 36} ${y - 84}V${y}`, tones.shade(cover), 5)
    );
  };
  const stair = [0, 1, 2, 3, 4]
    .map((step) => volume(-380 + step * 104 + (step % 2) * 12, -step * 84, 720 - step * 112, step))
    .join("");
  const reader = place(
    standingFigure(
      stage,
      lead,
      variant % 2 === 0 ? "back" : "front",
      variant % 2 === 0
        ? { right: { elbow: [130, -640], hand: [120, -742] } }
        : {
            left: { elbow: [-104, -446], hand: [-46, -452] },
            right: { elbow: [104, -446], hand: [46, -452] },
            isLeftInFront: true,
            isRightInFront: true,
          },
    ),
    190,
    -418,
    0.44,
  );
  return { svg: groundShadow(stage, 820) + stair + reader, width: 780, height: 740 };
}

/** A shield with a keyhole: safe, private, insured. */
export function shield(stage: Stage, { lead }: Cast): Art {
  const { tones } = stage;
  const face = tones.local(tones.accents[2]);
  const outer =
    "M0 -740C80 -690 170 -664 260 -660C270 -400 210 -150 0 0C-210 -150 -270 -400 -260 -660C-170 -664 -80 -690 0 -740Z";
  const inner =
    "M0 -670C66 -632 130 -612 204 -606C208 -392 160 -200 0 -76C-160 -200 -208 -392 -204 -606C-130 -612 -66 -632 0 -670Z";
  return {
    svg:
      groundShadow(stage, 420) +
      path(outer, tones.local(tones.paper)) +
      path(inner, face) +
      path("M0 -670C66 -632 130 -612 204 -606C208 -392 160 -200 0 -76Z", tones.shade(face)) +
      circle(0, -420, 66, tones.local(tones.accents[1])) +
      path("M-26 -400H26L44 -250H-44Z", tones.local(tones.accents[1])) +
      place(standingFigure(stage, lead, "back", {}), -300, 6, 0.42),
    width: 680,
    height: 750,
  };
}

/** A rocket on its way: a launch, a start-up. */
export function rocket(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const hull = tones.local(tones.paper);
  const fin = tones.local(tones.accents[0]);
  const body = "M0 -900C90 -820 120 -690 112 -560L92 -380H-92L-112 -560C-120 -690 -90 -820 0 -900Z";
  const plume = path(
    blob(
      [-70, -340],
      [70, -340],
      [60, -250],
      [84, -150],
      [160, -70],
      [250, -26],
      [230, 4],
      [-230, 4],
      [-250, -26],
      [-160, -70],
      [-84, -150],
      [-60, -250],
    ),
    stage.fade([
      [0, tones.glow],
      [0.5, mix(tones.paper, tones.sky.low, 0.3)],
      [1, mix(tones.paper, tones.haze, 0.5)],
    ]),
  );
  const flame =
    path("M-56 -372C-70 -290 -30 -230 0 -180C30 -230 70 -290 56 -372Z", tones.accents[1]) +
    path("M-28 -372C-34 -316 -14 -280 0 -250C14 -280 34 -316 28 -372Z", tones.paper);
  return {
    svg:
      plume +
      flame +
      path("M-98 -560C-170 -500 -186 -420 -180 -360L-92 -410Z", fin) +
      path("M98 -560C170 -500 186 -420 180 -360L92 -410Z", tones.shade(fin)) +
      path(body, hull) +
      stage.clipped(
        path("M30 -920C60 -760 60 -560 40 -360H160V-920Z", tones.shade(hull), { opacity: "0.7" }) +
          path("M-140 -940H140V-786C60 -806 -60 -806 -140 -786Z", fin),
        body,
      ) +
      circle(0, -648, 50, tones.local(tones.ink)) +
      circle(0, -648, 36, mix(tones.accents[2], tones.paper, 0.3)) +
      line("M0 -520V-400", fin, 18) +
      rect(-70, -386, 140, 24, tones.local(tones.ink), 8) +
      place(
        standingFigure(
          stage,
          lead,
          "back",
          variant % 2 === 0 ? {} : { right: { elbow: [130, -640], hand: [120, -740] } },
        ),
        -300,
        12,
        0.36,
      ) +
      place(standingFigure(stage, second, "back", {}), 330, 16, 0.34),
    width: 760,
    height: 910,
  };
}
