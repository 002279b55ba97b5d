import { type Cloth, clothOf, isLongSleeved, wear } from "./clothing.ts";
import { drawHead } from "./head.ts";
import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, group, limb, line, type Point, path, round } from "./svg.ts";

type SidePose = {
  hip: Point;
  chest: Point;
  head: Point;
  /** The head's tilt in degrees, positive looks down. */
  tilt?: number;
  nearLeg: readonly [knee: Point, ankle: Point];
  farLeg: readonly [knee: Point, ankle: Point];
  nearArm: readonly [elbow: Point, hand: Point];
  farArm: readonly [elbow: Point, hand: Point];
  held?: string;
};

function sideLeg(look: Look, cloth: Cloth, hip: Point, [knee, ankle]: SidePose["nearLeg"], isFar: boolean): string {
  const [x, y] = ankle;
  const shoe = path(
    `M${round(x - 20)} ${round(y + 20)}C${round(x - 24)} ${round(y - 6)} ${round(x - 8)} ${round(y - 10)} ${round(x + 4)} ${round(y - 8)}C${round(x + 18)} ${round(y - 2)} ${round(x + 44)} ${round(y + 2)} ${round(x + 46)} ${round(y + 20)}Z`,
    cloth.shoe,
  );
  const isBare = look.garment === "kit" || look.garment === "dress";
  const skin = isFar ? cloth.skinShade : cloth.skin;
  const leg = limb([hip[0], hip[1], 40], [knee[0], knee[1], 29], [x, y, 19]);
  if (!isBare) return shoe + path(leg, isFar ? cloth.bottomShade : cloth.bottom);
  const thigh = limb([hip[0], hip[1], 42], [hip[0] + (knee[0] - hip[0]) * 0.7, hip[1] + (knee[1] - hip[1]) * 0.7, 37]);
  const cover =
    look.garment === "dress"
      ? limb(
          [hip[0], hip[1], 46],
          [knee[0], knee[1], 42],
          [knee[0] + (x - knee[0]) * 0.35, knee[1] + (y - knee[1]) * 0.35, 40],
        )
      : thigh;
  return (
    shoe +
    path(limb([hip[0], hip[1], 34], [knee[0], knee[1], 24], [x, y, 14]), skin) +
    (look.garment === "dress" ? wear(cloth, cover, isFar) : path(cover, isFar ? cloth.bottomShade : cloth.bottom))
  );
}

function sideArm(
  look: Look,
  cloth: Cloth,
  shoulder: Point,
  [elbow, hand]: SidePose["nearArm"],
  isFar: boolean,
): string {
  const skin = isFar ? cloth.skinShade : cloth.skin;
  const from = [shoulder[0], shoulder[1], 24] as const;
  const fingers = circle(hand[0], hand[1], 15, skin);
  if (isLongSleeved(look)) {
    const wrist = [elbow[0] + (hand[0] - elbow[0]) * 0.86, elbow[1] + (hand[1] - elbow[1]) * 0.86, 14] as const;
    return fingers + wear(cloth, limb(from, [elbow[0], elbow[1], 20], wrist), isFar);
  }
  const cuff = [
    shoulder[0] + (elbow[0] - shoulder[0]) * 0.62,
    shoulder[1] + (elbow[1] - shoulder[1]) * 0.62,
    23,
  ] as const;
  return (
    path(limb([shoulder[0], shoulder[1], 19], [elbow[0], elbow[1], 16], [hand[0], hand[1], 12]), skin) +
    fingers +
    wear(cloth, limb(from, cuff), isFar)
  );
}

/** Someone in profile, facing right: at a desk, on a motorbike, at work in a field. Joints are from the feet's origin. */
export function sideFigure(stage: Stage, look: Look, pose: SidePose): string {
  const { tones } = stage;
  const cloth = clothOf(stage, look);
  const head = drawHead(stage, look, "side");
  const [hipX, hipY] = pose.hip;
  const [chestX, chestY] = pose.chest;
  const middle: Point = [(hipX + chestX) / 2 - 4, (hipY + chestY) / 2];
  const trunkShape = limb([chestX, chestY, 45], [middle[0], middle[1], look.isWoman ? 37 : 42], [hipX, hipY - 6, 44]);
  const shoulder: Point = [chestX - 4, chestY - 10];
  const at = `translate(${round(pose.head[0])} ${round(pose.head[1])}) rotate(${pose.tilt ?? 0})`;
  const neck = path(limb([chestX + 2, chestY - 30, 22], [pose.head[0] - 8, pose.head[1] + 34, 19]), cloth.skinShade);
  const [, nearHand] = pose.nearArm;
  const held = pose.held ? group(pose.held, `translate(${round(nearHand[0])} ${round(nearHand[1])})`) : "";
  const apron =
    look.garment === "apron"
      ? path(limb([chestX + 26, chestY + 16, 22], [middle[0] + 26, middle[1], 22], [hipX + 30, hipY, 24]), cloth.accent)
      : "";
  const lapel =
    look.garment === "blazer"
      ? line(
          curve([chestX + 14, chestY - 38], [chestX + 34, chestY], [middle[0] + 32, middle[1] + 6]),
          tones.local(tones.paper),
          9,
        )
      : "";
  return (
    group(head.behind, at) +
    sideArm(look, cloth, [shoulder[0] + 16, shoulder[1]], pose.farArm, true) +
    sideLeg(look, cloth, [hipX + 6, hipY], pose.farLeg, true) +
    sideLeg(look, cloth, pose.hip, pose.nearLeg, false) +
    neck +
    wear(cloth, trunkShape) +
    apron +
    lapel +
    (look.garment === "hoodie" ? ellipse(chestX - 26, chestY - 40, 30, 18, cloth.topShade) : "") +
    group(head.front, at) +
    held +
    sideArm(look, cloth, shoulder, pose.nearArm, false)
  );
}
