import { type Cloth, clothOf, isLongSleeved, wear } from "./clothing.ts";
import { drawHead } from "./head.ts";
import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, group, limb, line, type Point, path, rect, round } from "./svg.ts";

type Arm = { elbow: Point; hand: Point };
type StandingPose = {
  left?: Arm;
  right?: Arm;
  /** Which arms pass before the body. */
  isLeftInFront?: boolean;
  isRightInFront?: boolean;
  /** Drawn in the right hand, around its centre; `behindHand` shows the fingers over it. */
  held?: string;
  stride?: number;
};

const hanging: { left: Arm; right: Arm } = {
  left: { elbow: [-104, -436], hand: [-98, -322] },
  right: { elbow: [104, -436], hand: [98, -322] },
};

function drawArm(look: Look, cloth: Cloth, side: -1 | 1, arm: Arm, isShaded: boolean): string {
  const broad = look.isWoman ? 70 : 80;
  const [elbowX, elbowY] = arm.elbow;
  const [handX, handY] = arm.hand;
  const skin = isShaded ? cloth.skinShade : cloth.skin;
  const shoulder = [side * broad, -546, look.isWoman ? 21 : 25] as const;
  const hand = circle(handX, handY, 15, skin);
  if (isLongSleeved(look)) {
    const wrist = [elbowX + (handX - elbowX) * 0.86, elbowY + (handY - elbowY) * 0.86, 14] as const;
    return hand + wear(cloth, limb(shoulder, [elbowX, elbowY, 20], wrist), isShaded);
  }
  const cuff = [shoulder[0] + (elbowX - shoulder[0]) * 0.62, shoulder[1] + (elbowY - shoulder[1]) * 0.62, 23] as const;
  return (
    path(limb([shoulder[0], shoulder[1], 18], [elbowX, elbowY, 16], [handX, handY, 12]), skin) +
    hand +
    wear(cloth, limb(shoulder, cuff), isShaded)
  );
}

function legs(look: Look, cloth: Cloth, stride: number): string {
  const shoe = (x: number, turn: number) =>
    path(
      `M${round(x - 24)} 0C${round(x - 26)} -22 ${round(x - 12)} -28 ${round(x)} -28C${round(x + 14)} -28 ${round(x + 24 + turn)} -16 ${round(x + 26 + turn)} 0Z`,
      cloth.shoe,
    );
  const isBare = look.garment === "kit" || look.garment === "dress";
  const leg = (side: -1 | 1, fill: string, bare: string) => {
    const foot = side * (36 + stride);
    const shape = limb([side * 32, -330, 32], [side * (36 + stride * 0.5), -176, 26], [foot, -20, 19]);
    if (!isBare) return path(shape, fill);
    const shin = path(limb([side * 32, -300, 26], [side * (35 + stride * 0.5), -176, 21], [foot, -20, 14]), bare);
    return look.garment === "kit"
      ? shin +
          path(limb([side * 32, -330, 38], [side * 38, -226, 34]), fill) +
          path(limb([foot * 0.98, -110, 18], [foot, -20, 16]), cloth.accent)
      : shin;
  };
  return (
    leg(1, cloth.bottomShade, cloth.skinShade) +
    leg(-1, cloth.bottom, cloth.skin) +
    shoe(-36 - stride, -6) +
    shoe(36 + stride, 6)
  );
}

function trunk(look: Look): string {
  const broad = look.isWoman ? 74 : 88;
  const waist = look.isWoman ? 50 : 64;
  const hip = look.isWoman ? 66 : 66;
  const b = (x: number) => round(x);
  return `M-24 -594C-40 -582 ${b(-broad + 14)} -580 ${b(-broad)} -560C${b(-broad - 10)} -540 ${b(-waist - 16)} -480 ${b(-waist)} -420C${b(-waist)} -390 ${b(-hip)} -360 ${b(-hip)} -318L${b(hip)} -318C${b(hip)} -360 ${b(waist)} -390 ${b(waist)} -420C${b(waist + 16)} -480 ${b(broad + 10)} -540 ${b(broad)} -560C${b(broad - 14)} -580 40 -582 24 -594Z`;
}

const dressHem = "M-56 -400C-76 -340 -104 -230 -112 -120C-60 -104 60 -104 112 -120C104 -230 76 -340 56 -400Z";

function body(stage: Stage, look: Look, cloth: Cloth, isBack: boolean): string {
  const { tones } = stage;
  const shape = trunk(look);
  const shade = stage.clipped(
    path("M30 -620C60 -520 30 -420 60 -300L140 -300L140 -620Z", tones.ink, { opacity: "0.14" }),
    shape,
  );
  const base = wear(cloth, shape) + shade;
  switch (look.garment) {
    case "dress": {
      const hem =
        wear(cloth, dressHem) +
        stage.clipped(
          path("M24 -420C50 -300 52 -200 40 -90L160 -90L160 -420Z", tones.ink, { opacity: "0.14" }),
          dressHem,
        );
      return base + hem + path("M-52 -424C-30 -414 30 -414 52 -424L55 -400C30 -390 -30 -390 -55 -400Z", cloth.accent);
    }
    case "blazer":
      if (isBack) return base + line("M0 -380L0 -318", cloth.topShade, 3);
      return (
        base +
        path("M-22 -592L0 -470L22 -592Z", tones.local(tones.paper)) +
        path("M-24 -594L-46 -566L-6 -452L0 -470L-22 -590Z", cloth.topShade) +
        path("M24 -594L46 -566L6 -452L0 -470L22 -590Z", cloth.topShade) +
        line("M0 -452L0 -320", cloth.topShade, 3)
      );
    case "coat":
      return (
        base +
        path("M-66 -330L-80 -190L80 -190L66 -330Z", cloth.top) +
        (isBack ? "" : path("M-22 -592L0 -500L22 -592Z", cloth.accent) + line("M0 -500L0 -196", cloth.topShade, 3))
      );
    case "hoodie":
      return (
        base +
        path(
          isBack
            ? "M-46 -584C-40 -520 40 -520 46 -584C30 -602 -30 -602 -46 -584Z"
            : "M-40 -586C-30 -552 30 -552 40 -586C28 -566 -28 -566 -40 -586Z",
          cloth.topShade,
        ) +
        (isBack ? "" : path("M-40 -400L40 -400L52 -346L-52 -346Z", cloth.topShade, { opacity: "0.7" }))
      );
    case "apron":
      return (
        base +
        (isBack
          ? line("M-58 -430L58 -430", cloth.accent, 8)
          : path("M-44 -540L44 -540L54 -430L70 -240C40 -226 -40 -226 -70 -240L-54 -430Z", cloth.accent) +
            line("M-44 -540L-24 -592M44 -540L24 -592", cloth.accent, 7))
      );
    case "kit":
      return (
        base + (isBack ? line("M-16 -500L16 -500L-6 -440", cloth.accent, 10) : line("M0 -560L0 -330", cloth.accent, 12))
      );
    case "shirt":
      return base + (isBack ? "" : line(curve([-24, -592], [0, -566], [24, -592]), cloth.topShade, 5));
  }
}

/** Someone standing, 700 units high, seen from before (without features) or from behind. */
export function standingFigure(stage: Stage, look: Look, view: "front" | "back", pose: StandingPose = {}): string {
  const cloth = clothOf(stage, look);
  const head = drawHead(stage, look, view);
  const left = pose.left ?? hanging.left;
  const right = pose.right ?? hanging.right;
  const leftArm = drawArm(look, cloth, -1, left, false);
  const [handX, handY] = right.hand;
  const held = pose.held ? group(pose.held, `translate(${round(handX)} ${round(handY)})`) : "";
  const rightArm = held + drawArm(look, cloth, 1, right, true);
  const at = "translate(0 -646)";
  const neck = path(limb([0, -612, 19], [0, -584, 21]), view === "back" ? cloth.skin : cloth.skinShade);
  return (
    group(head.behind, at) +
    (pose.isLeftInFront ? "" : leftArm) +
    (pose.isRightInFront ? "" : rightArm) +
    legs(look, cloth, pose.stride ?? 0) +
    (view === "back" ? neck : "") +
    body(stage, look, cloth, view === "back") +
    (view === "front" ? path("M-24 -594C-14 -576 14 -576 24 -594L18 -612L-18 -612Z", cloth.skinShade) + neck : "") +
    group(head.front, at) +
    (pose.isLeftInFront ? leftArm : "") +
    (pose.isRightInFront ? rightArm : "")
  );
}

/** The soft shadow that keeps a thing on the ground. */
export function groundShadow(stage: Stage, width: number, x = 0): string {
  return ellipse(x, 0, width / 2, width * 0.045 + 6, stage.tones.ink, { opacity: stage.tones.isNight ? "0.3" : "0.2" });
}

/** A phone as held in a hand, around its centre. */
export function heldPhone(stage: Stage): string {
  const { tones } = stage;
  return rect(-17, -42, 34, 62, tones.local(tones.ink), 7) + rect(-13, -37, 26, 51, tones.glow, 4);
}
