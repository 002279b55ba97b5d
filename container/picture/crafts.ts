import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import { counter, deskHeight, steam } from "./furniture.ts";
import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { circle, ellipse, group, line, path, rect } from "./svg.ts";

const onDesk = (svg: string, x: number) => group(svg, `translate(${x} ${-deskHeight})`);

/** At the stove. */
export function cook(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const apron: Look = { ...lead, garment: "apron", hasPrint: false, hairStyle: lead.isWoman ? "wrap" : lead.hairStyle };
  const metal = tones.local(mix(tones.ink, tones.paper, 0.42));
  const pot =
    path("M-84 -92H84V-22C84 -8 74 0 62 0H-62C-74 0 -84 -8 -84 -22Z", metal) +
    path("M30 -92H84V-22C84 -8 74 0 62 0H30Z", tones.shade(metal), { opacity: "0.7" }) +
    rect(-96, -100, 192, 14, tones.shade(metal), 6) +
    line("M-96 -66H-114M96 -66H114", metal, 12);
  const flames = path(
    "M-50 0C-40 -20 -30 -4 -20 -24C-8 -4 0 -6 6 -24C16 -4 26 -6 34 -22C42 -6 48 -4 52 0Z",
    tones.accents[1],
  );
  const greens =
    ellipse(0, -8, 74, 10, tones.local(tones.paper)) +
    ellipse(-14, -20, 30, 14, tones.local(tones.leaf)) +
    ellipse(24, -20, 24, 13, tones.local(tones.accents[0]));
  const figure = standingFigure(stage, apron, "front", {
    left: { elbow: [-116, -440], hand: [-96, -352] },
    right: { elbow: [122, -452], hand: [106, -402] },
    isLeftInFront: true,
    isRightInFront: true,
    held: line("M0 10L26 -90", tones.local(tones.earth), 10),
  });
  const top = (svg: string, x: number) => onDesk(svg, x);
  const isMirrored = variant % 2 === 1;
  return {
    svg:
      groundShadow(stage, 820) +
      group(
        group(figure, "translate(-40 0)") +
          counter(stage, 800, mix(tones.accents[2], tones.wall, 0.3)) +
          top(flames, 150) +
          top(group(pot, "translate(0 -20)"), 150) +
          steam(stage, 150, -deskHeight - 130) +
          top(greens, -230),
        isMirrored ? "scale(-1 1)" : undefined,
      ),
    width: 800,
    height: 740,
  };
}

/** Mending or making something at a bench, tools on the board behind. */
export function maker(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const metal = tones.local(mix(tones.ink, tones.paper, 0.5));
  const vice =
    rect(-40, -20, 80, 20, tones.shade(metal), 4) +
    rect(-52, -52, 40, 36, metal, 5) +
    rect(10, -52, 40, 36, metal, 5) +
    line("M-12 -34H10", tones.shade(metal), 10);
  const gear =
    Array.from({ length: 8 }, (_, index) => group(rect(-11, -66, 22, 26, metal, 4), `rotate(${index * 45})`)).join("") +
    circle(0, 0, 50, metal) +
    circle(0, 0, 20, tones.shade(tones.local(tones.accents[2])));
  const apron: Look = { ...lead, garment: "apron" };
  const figure = standingFigure(stage, apron, "front", {
    left: { elbow: [-118, -446], hand: [-84, -362] },
    right: { elbow: [122, -452], hand: [96, -392] },
    isLeftInFront: true,
    isRightInFront: true,
    held: line("M-6 14L20 -64", tones.local(tones.earth), 12) + rect(-14, -92, 66, 32, metal, 6),
  });
  const helper =
    variant % 2 === 1
      ? group(
          standingFigure(stage, second, "front", {
            left: { elbow: [-112, -446], hand: [-60, -372] },
            isLeftInFront: true,
          }),
          "translate(230 0)",
        )
      : "";
  return {
    svg:
      groundShadow(stage, 740) +
      helper +
      group(figure, "translate(-90 0)") +
      counter(stage, 720, mix(tones.earth, tones.ink, 0.2)) +
      onDesk(vice, 120) +
      onDesk(group(gear, "translate(0 -62)"), -262),
    width: 720,
    height: 720,
  };
}
