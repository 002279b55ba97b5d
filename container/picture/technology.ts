import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { circle, ellipse, line, type Point, path, place, polygon, rect, round } from "./svg.ts";

/** A mind of light: a constellation of nodes that somebody looks up to. */
export function network(stage: Stage, { lead, variant }: Cast): Art {
  const { tones, random } = stage;
  const ringSizes = [0, 150, 270];
  const nodes: { at: Point; size: number }[] = [{ at: [0, -560], size: 50 }];
  for (const [ring, reach] of ringSizes.entries()) {
    if (ring === 0) continue;
    const count = ring === 1 ? 6 : 9;
    for (let index = 0; index < count; index += 1) {
      const angle = (index / count) * Math.PI * 2 + ring * 0.5 + variant + random.between(-0.14, 0.14);
      nodes.push({
        at: [Math.cos(angle) * reach * 1.18, -560 + Math.sin(angle) * reach * 0.92],
        size: random.between(ring === 1 ? 17 : 11, ring === 1 ? 27 : 21),
      });
    }
  }
  const isDark = tones.isNight || tones.time === "dusk";
  const light = isDark ? tones.glow : tones.local(tones.paper);
  // A sun may stand behind the constellation, and light threads would be lost in it.
  const thread = tones.isNight ? light : mix(tones.ink, tones.accents[3], 0.4);
  const links = nodes
    .flatMap((from, index) =>
      nodes
        .slice(index + 1)
        .filter((to) => Math.hypot(to.at[0] - from.at[0], to.at[1] - from.at[1]) < 205)
        .map((to) => `M${round(from.at[0])} ${round(from.at[1])}L${round(to.at[0])} ${round(to.at[1])}`),
    )
    .join("");
  const dots = nodes.map(({ at: [x, y], size }, index) => {
    const colour = index === 0 ? tones.accents[0] : (tones.accents[index % 4] ?? tones.accents[1]);
    return (
      circle(x, y, size * 1.9, stage.dissolve(light, 0.5, "out")) +
      circle(x, y, size, mix(colour, tones.paper, 0.08)) +
      circle(x - size * 0.24, y - size * 0.28, size * 0.3, tones.paper, { opacity: "0.65" })
    );
  });
  const core = line("M-18 -560H18M0 -578V-542M-13 -573L13 -547M13 -573L-13 -547", tones.paper, 6);
  const watcher = standingFigure(
    stage,
    lead,
    "back",
    variant % 2 === 0 ? { right: { elbow: [128, -620], hand: [110, -730] } } : {},
  );
  return {
    svg:
      circle(0, -560, 430, stage.dissolve(light, 0.34, "out")) +
      line(links, thread, 4, { opacity: tones.isNight ? "0.65" : "0.45" }) +
      dots.join("") +
      core +
      groundShadow(stage, 130) +
      place(watcher, 0, 6, 0.34),
    width: 700,
    height: 860,
  };
}

/** Racks in a row, their lights on, somebody minding them. */
export function servers(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const rack = (x: number, tall: number) => {
    const steel = tones.local(mix(tones.ink, tones.accents[3], 0.28));
    const units = Math.floor((tall - 40) / 58);
    const rows = Array.from({ length: units }, (_, row) => {
      const y = -tall + 24 + row * 58;
      const lamp = tones.accents[(row + variant) % 3] ?? tones.accents[1];
      return (
        rect(x - 76, y, 152, 44, mix(steel, tones.paper, 0.14), 5) +
        line(`M${x - 60} ${y + 15}h62M${x - 60} ${y + 29}h44`, mix(steel, tones.paper, 0.36), 5) +
        circle(x + 34, y + 22, 7, mix(lamp, tones.paper, 0.2)) +
        circle(x + 56, y + 22, 7, tones.glow)
      );
    });
    return (
      rect(x - 94, -tall, 188, tall, steel, 10) +
      rect(x + 62, -tall, 32, tall, tones.shade(steel), 8, { opacity: "0.6" }) +
      rows.join("")
    );
  };
  const floorGlow = ellipse(0, 2, 470, 34, tones.glow, { opacity: "0.22" });
  const keeper = standingFigure(stage, lead, "back", { right: { elbow: [116, -450], hand: [104, -380] } });
  return {
    svg:
      floorGlow +
      rack(-312, 560) +
      rack(-104, 640) +
      rack(104, 640) +
      rack(312, 560) +
      groundShadow(stage, 200) +
      place(keeper, variant % 2 === 0 ? -208 : 208, 14, 0.62),
    width: 840,
    height: 645,
  };
}

/** A camera and its light: film, video, content. */
export function camera(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const dark = tones.local(tones.ink);
  const steel = tones.local(mix(tones.ink, tones.paper, 0.36));
  const rig =
    line("M0 -300L-110 0M0 -300L110 0M0 -300V0", dark, 15) +
    rect(-24, -330, 48, 40, steel, 8) +
    rect(-150, -500, 260, 176, dark, 16) +
    rect(110, -466, 44, 108, steel, 6) +
    path(polygon([154, -474], [232, -504], [232, -320], [154, -350]), dark) +
    circle(-84, -546, 58, steel) +
    circle(44, -554, 66, steel) +
    circle(-84, -546, 22, dark) +
    circle(44, -554, 26, dark) +
    rect(-132, -478, 96, 66, mix(tones.glow, tones.accents[2], 0.25), 6) +
    circle(76, -360, 11, tones.accents[0]);
  const lamp =
    line("M0 -8V-560M-60 0L0 -70L60 0", dark, 10) +
    path(polygon([-26, -640], [64, -690], [96, -560], [10, -530]), steel) +
    path(polygon([64, -690], [96, -560], [520, -220], [460, -560]), stage.dissolve(tones.glow, 0.6, "right"));
  const figure = standingFigure(stage, second, "back", { right: { elbow: [124, -470], hand: [130, -540] } });
  const subject = standingFigure(stage, lead, "front", {
    left: { elbow: [-130, -470], hand: [-150, -570] },
    right: { elbow: [112, -446], hand: [70, -410] },
  });
  return {
    svg:
      groundShadow(stage, 800) +
      place(lamp, -380) +
      place(figure, -250, 0, 0.96) +
      place(rig, -80) +
      (variant % 2 === 0 ? place(subject, 310, -8, 0.94) : place(subject, 330, 0, 1)),
    width: 860,
    height: 710,
  };
}

/** Towers of loudspeakers, and the one who plays. */
export function loudspeakers(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const box = tones.local(mix(tones.ink, tones.accents[3], 0.25));
  const cone = (x: number, y: number, size: number) =>
    circle(x, y, size, mix(box, tones.paper, 0.2)) +
    circle(x, y, size * 0.78, tones.local(tones.ink)) +
    circle(x, y, size * 0.3, tones.local(tones.accents[variant % 2 === 0 ? 1 : 0]));
  const tower = (x: number) =>
    [0, 1]
      .map(
        (level) =>
          rect(x - 120, -320 - level * 320, 240, 312, box, 14) +
          cone(x, -130 - level * 320, 88) +
          cone(x, -262 - level * 320, 40),
      )
      .join("");
  const rings = [90, 140, 190]
    .map((size, index) =>
      circle(0, -470, size, "none", {
        stroke: tones.glow,
        "stroke-width": 6 - index,
        opacity: String(0.5 - index * 0.13),
      }),
    )
    .join("");
  const deck =
    rect(-190, -290, 380, 44, tones.local(tones.ink), 8) +
    rect(-180, -250, 360, 250, tones.local(tones.accents[0]), 8) +
    circle(-96, -292, 62, tones.local(mix(tones.ink, tones.paper, 0.2))) +
    circle(96, -292, 62, tones.local(mix(tones.ink, tones.paper, 0.2))) +
    path("M-170 -60C-120 -180 -60 -20 0 -130C60 -220 120 -60 170 -160", "none", {
      stroke: tones.local(tones.accents[1]),
      "stroke-width": 13,
      "stroke-linecap": "round",
    });
  const player = standingFigure(stage, lead, "front", {
    left: { elbow: [-124, -450], hand: [-92, -330] },
    right: { elbow: [130, -630], hand: [118, -730] },
  });
  return {
    svg: groundShadow(stage, 900) + rings + tower(-330) + tower(330) + place(player, 0, -20) + deck,
    width: 900,
    height: 760,
  };
}
