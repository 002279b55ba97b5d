import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, group, limb, line, path, place, polygon, rect } from "./svg.ts";

function hide(stage: Stage, colour: string): { own: string; shade: string } {
  const own = stage.tones.local(colour);
  return { own, shade: stage.tones.shade(own) };
}

/** A giraffe and her calf. */
export function giraffe(stage: Stage): Art {
  const { tones } = stage;
  const { own, shade } = hide(stage, mix(tones.accents[1], tones.earth, 0.45));
  const patch = tones.local(mix(tones.earth, tones.ink, 0.5));
  const torso =
    "M-150 -392C-140 -440 -60 -452 10 -470C60 -486 90 -540 116 -640L150 -800C156 -826 176 -836 192 -826L246 -790C256 -782 254 -768 240 -768L192 -774C182 -740 172 -640 166 -560C160 -480 150 -420 120 -376C90 -340 -80 -330 -120 -346C-144 -356 -154 -372 -150 -392Z";
  const spots: readonly (readonly [number, number, number])[] = [
    [-104, -404, 24],
    [-50, -424, 22],
    [4, -430, 25],
    [-72, -370, 19],
    [-16, -378, 22],
    [44, -396, 24],
    [62, -452, 22],
    [100, -420, 20],
    [100, -502, 20],
    [132, -462, 16],
    [118, -560, 18],
    [146, -520, 14],
    [132, -616, 16],
    [154, -580, 12],
    [142, -668, 14],
    [160, -640, 11],
    [154, -718, 12],
    [168, -690, 9],
    [166, -764, 10],
  ];
  const dapple = spots
    .map(([x, y, size]) =>
      path(
        polygon(
          [x - size, y - size * 0.3],
          [x - size * 0.2, y - size],
          [x + size, y - size * 0.5],
          [x + size * 0.8, y + size * 0.6],
          [x - size * 0.3, y + size],
        ),
        patch,
      ),
    )
    .join("");
  const leg = (x: number, lean: number, fill: string) =>
    path(limb([x, -370, 28], [x + lean, -190, 14], [x + lean * 0.6, -12, 10]), fill) +
    rect(x + lean * 0.6 - 12, -16, 26, 16, patch, 3);
  const one =
    leg(-104, -8, shade) +
    leg(104, 14, shade) +
    leg(-126, 6, own) +
    leg(78, 2, own) +
    line(curve([-148, -396], [-176, -340], [-166, -270]), own, 8) +
    ellipse(-166, -258, 9, 18, patch) +
    path(torso, own) +
    stage.clipped(dapple, torso) +
    line("M168 -824L162 -858M182 -828L184 -862", own, 7) +
    circle(162, -860, 7, patch) +
    circle(184, -864, 7, patch) +
    path("M152 -800L122 -806L146 -784Z", shade) +
    line(curve([148, -806], [128, -700], [106, -580], [72, -486]), patch, 7, { opacity: "0.7" });
  return {
    svg: groundShadow(stage, 420) + place(group(one, "scale(-.62 .62)"), 250, -8) + place(one, -90),
    width: 620,
    height: 870,
  };
}

/** Elephants on the move, a calf before its mother. */
export function elephants(stage: Stage): Art {
  const { tones } = stage;
  const { own, shade } = hide(stage, mix(tones.ink, tones.wall, 0.5));
  const leg = (x: number, fill: string) =>
    path(`M${x - 46} -220H${x + 46}L${x + 38} -8C${x + 38} 0 ${x - 38} 0 ${x - 38} -8Z`, fill) +
    line(`M${x - 20} -6h.1M${x} -6h.1M${x + 20} -6h.1`, tones.local(tones.paper), 10);
  const torso =
    "M-286 -250C-300 -390 -200 -470 -60 -464C20 -460 70 -480 120 -500C190 -524 262 -490 284 -420C300 -360 296 -300 312 -220C320 -160 330 -110 354 -96C366 -88 360 -66 342 -68C290 -74 268 -130 256 -200C250 -240 240 -268 224 -286C200 -220 150 -190 90 -180H-200C-250 -180 -282 -206 -286 -250Z";
  const ear =
    "M98 -480C40 -470 24 -390 50 -320C66 -278 108 -262 132 -290C160 -330 176 -420 160 -466C150 -486 126 -488 98 -480Z";
  const one =
    leg(-130, shade) +
    leg(150, shade) +
    path(torso, own) +
    leg(-226, own) +
    leg(60, own) +
    path(ear, shade) +
    path("M236 -300C262 -262 306 -262 336 -292C318 -240 262 -228 226 -276Z", tones.local(tones.paper)) +
    circle(214, -398, 7, tones.local(tones.ink)) +
    line(curve([-284, -330], [-316, -270], [-308, -200]), shade, 8);
  return {
    svg: groundShadow(stage, 900) + place(one, -130, 0, 0.98) + place(one, 320, 4, 0.46),
    width: 900,
    height: 510,
  };
}

/** Cattle with a herder. */
export function cattle(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const cow = (colour: string, patchColour: string) => {
    const { own, shade } = hide(stage, colour);
    const torso =
      "M-190 -236C-196 -290 -160 -306 -100 -300L40 -304C80 -318 96 -332 120 -338C150 -356 190 -340 204 -306L232 -254C240 -236 226 -222 206 -226L164 -238C150 -222 140 -190 116 -168C60 -140 -110 -146 -160 -160C-182 -170 -188 -200 -190 -236Z";
    const leg = (x: number, fill: string) =>
      path(limb([x, -180, 23], [x + 3, -96, 13], [x, -14, 10]), fill) +
      rect(x - 12, -16, 24, 16, tones.local(tones.ink), 3);
    return (
      leg(-120, shade) +
      leg(96, shade) +
      line(curve([-188, -270], [-216, -200], [-206, -130]), own, 7) +
      path(torso, own) +
      stage.clipped(ellipse(-90, -280, 62, 50, patchColour) + ellipse(50, -200, 54, 44, patchColour), torso) +
      leg(-156, own) +
      leg(64, own) +
      line(curve([134, -338], [112, -372], [130, -404]), tones.local(tones.paper), 11) +
      line(curve([164, -344], [176, -378], [160, -408]), tones.local(tones.paper), 11) +
      path("M116 -322L76 -326L104 -302Z", shade)
    );
  };
  const herder: Look = {
    ...lead,
    garment: "dress",
    isWoman: false,
    top: tones.accents[0],
    accent: tones.ink,
    hasPrint: true,
    hairStyle: "shaved",
  };
  const staff = line("M0 -320V330", tones.local(mix(tones.earth, tones.ink, 0.5)), 8);
  const brown = tones.local(mix(tones.earth, tones.ink, 0.3));
  return {
    svg:
      groundShadow(stage, 900) +
      place(cow(tones.paper, brown), 300, -34, 0.82) +
      place(cow(mix(tones.earth, tones.accents[0], 0.3), tones.local(tones.paper)), -20, 4, 1) +
      place(
        standingFigure(stage, herder, variant % 2 === 0 ? "front" : "back", {
          right: { elbow: [116, -450], hand: [116, -360] },
          isRightInFront: true,
          held: staff,
        }),
        -330,
        0,
        0.84,
      ),
    width: 860,
    height: 600,
  };
}
