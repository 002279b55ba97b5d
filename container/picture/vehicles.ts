import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { circle, ellipse, group, limb, line, path, place, polygon, rect } from "./svg.ts";

function wheel(stage: Stage, x: number, radius: number): string {
  const { tones } = stage;
  const tyre = tones.local(mix(tones.ink, "#000000", 0.25));
  const rim = tones.local(mix(tones.ink, tones.paper, 0.62));
  return (
    circle(x, -radius, radius, tyre) + circle(x, -radius, radius * 0.56, rim) + circle(x, -radius, radius * 0.2, tyre)
  );
}

/** A matatu in full dress: the loudest thing on the road. */
export function matatu(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const paints = [tones.accents[1], tones.paper, tones.accents[2]] as const;
  const coat = tones.local(paints[variant % 3] ?? tones.accents[1]);
  const trim = tones.local(tones.accents[0]);
  const second = tones.local(tones.accents[3]);
  const glass = tones.isNight ? tones.glow : mix(tones.local(tones.ink), tones.sky.top, 0.3);
  const shell =
    "M-372 -74C-378 -190 -374 -300 -352 -330C-340 -344 -320 -348 -296 -348H196C250 -348 276 -318 304 -246L368 -206C382 -196 386 -170 386 -140V-74C386 -62 378 -56 366 -56H-356C-366 -56 -372 -62 -372 -74Z";
  const livery =
    path(
      "M-400 -150C-250 -210 -120 -110 40 -160C180 -204 280 -150 420 -178V-110C280 -90 180 -140 40 -100C-120 -60 -250 -140 -400 -90Z",
      trim,
    ) +
    path(
      "M-400 -104C-250 -150 -120 -66 40 -110C180 -146 280 -104 420 -122V-92C280 -76 180 -116 40 -82C-120 -44 -250 -116 -400 -66Z",
      second,
    ) +
    [-300, -250, -200]
      .map((x) => path(polygon([x, -182], [x + 16, -160], [x, -138], [x - 16, -160]), tones.local(tones.paper)))
      .join("");
  const panes = [-330, -214, -98, 18]
    .map(
      (x, index) =>
        rect(x, -312, 104, 96, glass, 12) +
        (index === 1 || index === 2
          ? ellipse(x + 52, -232, 22, 26, tones.local(tones.ink)) +
            ellipse(x + 52, -252, 15, 18, tones.local(index === 1 ? lead.skin : "#4d2d1f"))
          : ""),
    )
    .join("");
  const screen = path("M140 -312H192C226 -312 246 -284 268 -222L262 -216H140Z", glass);
  const rack = line("M-300 -356V-372M-120 -356V-372M60 -356V-372M-330 -374H120", tones.local(tones.ink), 8);
  const load =
    rect(-280, -418, 96, 42, tones.local(tones.accents[2]), 8) +
    rect(-170, -408, 70, 32, tones.local(tones.earth), 6) +
    path("M-86 -376C-90 -420 -20 -430 -10 -376Z", tones.local(tones.accents[0]));
  return {
    svg:
      groundShadow(stage, 820) +
      rack +
      load +
      path(shell, coat) +
      stage.clipped(livery + path("M-400 -90H420V-40H-400Z", tones.shade(coat), { opacity: "0.45" }), shell) +
      panes +
      screen +
      line("M132 -330V-70M18 -206H126", tones.shade(coat), 4) +
      line("M64 -186H92", tones.local(tones.ink), 8) +
      path("M-296 -348H196C206 -348 214 -346 222 -344L200 -334H-340C-330 -344 -316 -348 -296 -348Z", trim) +
      ellipse(366, -156, 16, 22, tones.isNight || tones.time === "dusk" ? tones.glow : tones.local(tones.paper)) +
      (tones.isNight ? path("M378 -158L760 -40H420Z", stage.dissolve(tones.glow, 0.5, "right")) : "") +
      rect(352, -92, 44, 20, tones.local(mix(tones.ink, tones.paper, 0.4)), 8) +
      rect(-382, -92, 26, 20, tones.local(mix(tones.ink, tones.paper, 0.4)), 8) +
      circle(-228, -54, 66, tones.local(tones.ink)) +
      circle(236, -54, 66, tones.local(tones.ink)) +
      wheel(stage, -228, 54) +
      wheel(stage, 236, 54),
    width: 780,
    height: 430,
  };
}

const riderPose = {
  hip: [-40, -292],
  chest: [0, -462],
  head: [30, -574],
  tilt: 4,
  nearLeg: [
    [70, -240],
    [26, -112],
  ],
  farLeg: [
    [86, -240],
    [44, -112],
  ],
  nearArm: [
    [76, -388],
    [150, -352],
  ],
  farArm: [
    [88, -392],
    [164, -356],
  ],
} as const;

const passengerPose = {
  hip: [-140, -304],
  chest: [-122, -480],
  head: [-100, -592],
  tilt: 0,
  nearLeg: [
    [-40, -262],
    [-72, -124],
  ],
  farLeg: [
    [-24, -262],
    [-52, -124],
  ],
  nearArm: [
    [-84, -392],
    [-20, -372],
  ],
  farArm: [
    [-62, -398],
    [0, -376],
  ],
} as const;

function motorbike(stage: Stage, frame: string, tank: string): string {
  const { tones } = stage;
  return (
    line(
      "M-186 -84L-60 -120L70 -120M-60 -120L-90 -250M70 -120L140 -290L186 -84M140 -290L126 -350L166 -362",
      frame,
      14,
    ) +
    rect(-52, -170, 110, 84, tones.local(mix(tones.ink, tones.paper, 0.42)), 18) +
    line("M-52 -96L-180 -66L-256 -76", tones.local(mix(tones.ink, tones.paper, 0.55)), 15) +
    path("M-214 -262C-150 -284 -70 -264 -10 -244L-20 -222C-80 -226 -160 -232 -214 -238Z", frame) +
    path("M-30 -250C20 -292 96 -290 128 -256L96 -202H-10Z", tank) +
    path("M-252 -168C-236 -206 -150 -206 -120 -156L-136 -150C-160 -184 -216 -184 -240 -160Z", tank) +
    path("M122 -156C140 -206 230 -206 256 -150L240 -148C216 -184 160 -184 138 -148Z", tank) +
    circle(176, -304, 22, tones.isNight || tones.time === "dusk" ? tones.glow : tones.local(tones.paper)) +
    (tones.isNight ? path("M186 -306L560 -150H230Z", stage.dissolve(tones.glow, 0.45, "right")) : "")
  );
}

/** A boda boda with rider and, every other time, a passenger. */
export function boda(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const frame = tones.local(tones.ink);
  const tank = tones.local(tones.accents[variant % 2 === 0 ? 0 : 2]);
  const rider: Look = { ...lead, garment: "hoodie", hasPrint: false, top: tones.accents[1], hairStyle: "shaved" };
  const helmet =
    path("M-44 4C-48 -50 -14 -66 6 -64C36 -60 50 -32 46 0L34 4L30 -18H10L4 12C-12 20 -32 18 -44 4Z", tank) +
    path("M10 -18H46V2L30 4Z", mix(frame, tones.sky.top, 0.4));
  const passenger = variant % 2 === 1 ? sideFigure(stage, second, passengerPose) : "";
  const box =
    variant % 2 === 0
      ? rect(-246, -372, 120, 106, tones.local(tones.accents[2]), 10) +
        rect(-252, -382, 132, 18, tones.shade(tones.local(tones.accents[2])), 6) +
        circle(-186, -316, 24, tones.local(tones.paper))
      : "";
  return {
    svg:
      groundShadow(stage, 560) +
      wheel(stage, -186, 84) +
      wheel(stage, 186, 84) +
      box +
      motorbike(stage, frame, tank) +
      passenger +
      sideFigure(stage, rider, riderPose) +
      group(helmet, "translate(30 -574) rotate(4)"),
    width: 540,
    height: 660,
  };
}

export function lorry(stage: Stage, { variant }: Cast): Art {
  const { tones } = stage;
  const cab = tones.local(tones.accents[variant % 2 === 0 ? 0 : 3]);
  const load = tones.local(tones.accents[variant % 2 === 0 ? 2 : 1]);
  const glass = tones.isNight ? tones.glow : mix(tones.local(tones.ink), tones.sky.top, 0.3);
  const ribs = line(
    Array.from({ length: 12 }, (_, index) => `M${-390 + index * 44} -392V-112`).join(""),
    tones.shade(load),
    6,
  );
  return {
    svg:
      groundShadow(stage, 960) +
      rect(-430, -100, 840, 36, tones.local(tones.ink), 6) +
      rect(-420, -404, 560, 304, load, 8) +
      ribs +
      path(
        "M170 -96V-340C170 -356 180 -364 194 -364H310C336 -364 350 -350 360 -322L392 -230C410 -222 424 -206 424 -184V-96Z",
        cab,
      ) +
      path("M236 -334H304C318 -334 326 -328 332 -312L356 -236H236Z", glass) +
      rect(170, -140, 254, 44, tones.shade(cab)) +
      circle(408, -168, 15, tones.local(tones.paper)) +
      line("M214 -212H236", tones.local(tones.ink), 8) +
      wheel(stage, -330, 66) +
      wheel(stage, -184, 66) +
      wheel(stage, 296, 66),
    width: 880,
    height: 410,
  };
}

/** The railway: a long-nosed engine and a coach. */
export function train(stage: Stage, { variant }: Cast): Art {
  const { tones } = stage;
  const body = tones.local(tones.paper);
  const stripe = tones.local(tones.accents[variant % 2 === 0 ? 0 : 2]);
  const glass = tones.isNight ? tones.glow : mix(tones.local(tones.ink), tones.sky.top, 0.3);
  const nose = "M-560 -60V-300C-560 -318 -546 -328 -530 -328H240C380 -328 500 -250 556 -120C566 -96 556 -60 530 -60Z";
  const coach = Array.from({ length: 6 }, (_, index) => rect(-520 + index * 112, -276, 84, 76, glass, 10)).join("");
  return {
    svg:
      rect(-640, -34, 1280, 12, tones.local(mix(tones.ink, tones.paper, 0.4))) +
      line("M-640 -14H640", tones.local(mix(tones.earth, tones.ink, 0.5)), 14, {
        "stroke-dasharray": "34 30",
        "stroke-linecap": "butt",
      }) +
      [-470, -390, -120, -40, 250, 330].map((x) => circle(x, -52, 26, tones.local(tones.ink))).join("") +
      path(nose, body) +
      stage.clipped(
        rect(-600, -160, 1200, 46, stripe) +
          rect(-600, -104, 1200, 60, tones.shade(body)) +
          path("M240 -328C380 -328 500 -250 556 -120H470C430 -220 360 -290 200 -328Z", stripe),
        nose,
      ) +
      coach +
      path("M250 -284C340 -276 410 -236 452 -180H250Z", glass) +
      line("M180 -320V-64M-196 -320V-64", tones.shade(body), 4),
    width: 1120,
    height: 330,
  };
}

/** An aeroplane climbing over the place, and those who see it off. */
export function aeroplane(stage: Stage, { lead, second }: Cast): Art {
  const { tones } = stage;
  const body = tones.local(tones.paper);
  const stripe = tones.local(tones.accents[0]);
  const plane =
    path(limb([-300, 20, 9], [-180, 0, 40], [200, 0, 44], [290, 8, 24]), body) +
    path("M-300 10L-350 -110H-300L-210 -24Z", stripe) +
    path("M-250 10L-330 44H-290L-180 26Z", tones.shade(body)) +
    path("M40 14L-130 150H-76L140 24Z", tones.shade(body)) +
    path("M60 -30L-40 -110H0L130 -34Z", tones.shade(body)) +
    line("M-160 -12H220", mix(tones.local(tones.ink), tones.sky.top, 0.3), 15, {
      "stroke-dasharray": "14 20",
      "stroke-linecap": "butt",
    }) +
    path("M252 -28C276 -22 296 -10 306 4H258Z", mix(tones.local(tones.ink), tones.sky.top, 0.3)) +
    ellipse(0, 74, 40, 17, stripe);
  const trail = path(
    "M-320 20L-900 260L-890 280L-310 36Z",
    stage.fade(
      [
        [0, tones.paper, 0],
        [1, tones.paper, 0.6],
      ],
      "right",
    ),
  );
  return {
    svg:
      groundShadow(stage, 300) +
      group(trail + plane, "translate(60 -700) rotate(-17) scale(1.25)") +
      place(standingFigure(stage, lead, "back", { right: { elbow: [130, -640], hand: [120, -740] } }), -110, 0, 0.62) +
      place(standingFigure(stage, second, "back", {}), 40, 0, 0.62),
    width: 860,
    height: 980,
  };
}
