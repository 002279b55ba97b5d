import { mix } from "./colour.ts";
import type { Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { blob, circle, curve, ellipse, line, path } from "./svg.ts";

/** Heads are drawn around their centre, 100 units high. `behind` goes under the shoulders, `front` over them. */
type Head = { behind: string; front: string };
export type View = "front" | "back" | "side";

type Inks = { skin: string; skinShade: string; hair: string; hairLit: string; cloth: string; clothShade: string };

function inks(stage: Stage, look: Look): Inks {
  const { tones } = stage;
  const skin = tones.local(look.skin);
  const hair = tones.local(look.hair);
  const cloth = tones.local(look.accent);
  return {
    skin,
    skinShade: tones.shade(skin),
    hair,
    hairLit: tones.lit(hair),
    cloth,
    clothShade: tones.shade(cloth),
  };
}

function afroOutline(radius: number, y: number): string {
  const bumps = Array.from({ length: 16 }, (_, index) => {
    const angle = (index / 16) * Math.PI * 2;
    const reach = radius * (index % 2 === 0 ? 1.04 : 0.97);
    return [Math.cos(angle) * reach, y + Math.sin(angle) * reach * 0.94] as const;
  });
  return blob(...bumps);
}

const strands = [-40, -30, -20, 20, 30, 40];

function frontHair(look: Look, ink: Inks): Head {
  const cap =
    "M-39 -6C-46 -56 -22 -66 0 -66C24 -66 46 -54 39 -6C37 -22 31 -31 22 -34C6 -38 -12 -38 -24 -33C-33 -27 -37 -18 -39 -6Z";
  const close =
    "M-37 -14C-42 -48 -20 -58 0 -58C20 -58 42 -48 37 -14C34 -27 27 -34 18 -36C6 -39 -8 -39 -18 -36C-28 -33 -34 -26 -37 -14Z";
  switch (look.hairStyle) {
    case "afro":
      return { behind: path(afroOutline(66, -20), ink.hair), front: path(cap, ink.hair) };
    case "bun":
      return {
        behind: circle(4, -72, 25, ink.hair),
        front: path(cap, ink.hair) + line(curve([-14, -58], [4, -63], [22, -56]), ink.hairLit, 2.5),
      };
    case "braids":
      return {
        behind: strands.map((x) => line(curve([x * 0.8, -30], [x * 1.25, 30], [x * 1.3, 118]), ink.hair, 11)).join(""),
        front: path(cap, ink.hair) + line(curve([0, -64], [-2, -50], [-4, -37]), ink.hairLit, 2),
      };
    case "locs":
      return {
        behind: strands.map((x) => line(curve([x * 0.8, -40], [x * 1.2, -6], [x * 1.22, 34]), ink.hair, 12)).join(""),
        front: path(cap, ink.hair),
      };
    case "wrap":
      return {
        behind: circle(30, -78, 21, ink.clothShade),
        front:
          path("M-42 -12C-54 -62 -26 -94 6 -92C48 -90 56 -44 42 -12C24 -33 -22 -34 -42 -12Z", ink.cloth) +
          line(curve([-38, -30], [-8, -58], [34, -74]), ink.clothShade, 4) +
          line(curve([-28, -24], [8, -44], [44, -46]), ink.clothShade, 4),
      };
    case "hijab":
      return {
        behind: path(
          "M-50 -10C-52 -60 -24 -68 0 -68C26 -68 54 -58 50 -8C50 30 70 70 78 104C40 122 -40 122 -78 104C-70 70 -48 30 -50 -10Z",
          ink.cloth,
        ),
        front:
          path(
            "M-42 20C-52 -58 -26 -68 0 -68C26 -68 52 -58 42 20C40 -20 30 -38 0 -40C-30 -38 -40 -20 -42 20Z",
            ink.cloth,
          ) +
          path("M-42 14C-34 40 -18 54 0 54C18 54 34 40 42 14C54 50 40 92 0 96C-40 92 -54 50 -42 14Z", ink.cloth) +
          line(curve([-40, 40], [-10, 66], [34, 62]), ink.clothShade, 3),
      };
    case "cap":
      return {
        behind: "",
        front:
          path("M-39 -18C-42 -56 -20 -66 0 -66C22 -66 42 -56 39 -18C20 -26 -20 -26 -39 -18Z", ink.cloth) +
          path("M-12 -24C10 -32 44 -28 58 -14C40 -18 10 -18 -12 -20Z", ink.clothShade),
      };
    case "shaved":
      return { behind: "", front: path(close, ink.hair, { opacity: "0.55" }) };
    case "fade":
      return { behind: "", front: path(close, ink.hair) };
  }
}

function backHair(look: Look, ink: Inks): Head {
  const whole = "M-38 4C-46 -54 -22 -64 0 -64C22 -64 46 -54 38 4C34 24 20 34 0 34C-20 34 -34 24 -38 4Z";
  const rows = [-22, -8, 8, 22]
    .map((x) => line(curve([x * 0.5, -58], [x * 1.1, -16], [x * 0.9, 28]), ink.hairLit, 2))
    .join("");
  switch (look.hairStyle) {
    case "afro":
      return { behind: "", front: path(afroOutline(68, -16), ink.hair) };
    case "bun":
      return {
        behind: "",
        front:
          path(whole, ink.hair) +
          rows +
          circle(0, -62, 27, ink.hair) +
          line(curve([-16, -62], [0, -74], [16, -62]), ink.hairLit, 2.5),
      };
    case "braids":
      return {
        behind: "",
        front:
          path(whole, ink.hair) +
          [-34, -22, -11, 0, 11, 22, 34]
            .map((x) => line(curve([x * 0.8, -10], [x * 1.1, 50], [x * 1.2, 128]), ink.hair, 12))
            .join("") +
          rows,
      };
    case "locs":
      return {
        behind: "",
        front:
          path(whole, ink.hair) +
          [-34, -18, 0, 18, 34]
            .map((x) => line(curve([x * 0.9, -30], [x * 1.15, 10], [x * 1.2, 48]), ink.hair, 14))
            .join(""),
      };
    case "wrap":
      return {
        behind: "",
        front:
          path("M-40 18C-56 -60 -28 -94 4 -94C46 -92 56 -40 40 18C22 30 -22 30 -40 18Z", ink.cloth) +
          line(curve([-44, -20], [0, -46], [44, -38]), ink.clothShade, 4) +
          line(curve([-42, 4], [0, -14], [44, -8]), ink.clothShade, 4) +
          circle(0, -18, 15, ink.clothShade) +
          path("M-6 -8C-24 24 -22 44 -30 62L-4 54L2 -8Z", ink.cloth),
      };
    case "hijab":
      return {
        behind: "",
        front:
          path(
            "M-44 -6C-48 -58 -24 -68 0 -68C24 -68 48 -58 44 -6C44 30 64 70 72 112C36 128 -36 128 -72 112C-64 70 -44 30 -44 -6Z",
            ink.cloth,
          ) + line(curve([-30, -20], [-10, 40], [-30, 104]), ink.clothShade, 3.5),
      };
    case "cap":
      return {
        behind: "",
        front:
          path(whole, ink.hair) +
          path("M-41 -12C-44 -56 -20 -66 0 -66C20 -66 44 -56 41 -12C20 -4 -20 -4 -41 -12Z", ink.cloth),
      };
    case "shaved":
      return { behind: "", front: path(whole, ink.hair, { opacity: "0.5" }) };
    case "fade":
      return {
        behind: "",
        front: path(
          "M-37 -4C-44 -52 -20 -62 0 -62C20 -62 44 -52 37 -4C30 12 16 18 0 18C-16 18 -30 12 -37 -4Z",
          ink.hair,
        ),
      };
  }
}

function sideHair(look: Look, ink: Inks): Head {
  const cap =
    "M30 -30C26 -62 -8 -68 -28 -54C-46 -40 -46 -8 -36 14C-28 20 -18 14 -15 4C-14 -8 -8 -14 0 -18C6 -26 18 -32 30 -30Z";
  switch (look.hairStyle) {
    case "afro":
      return { behind: path(afroOutline(62, -22), ink.hair), front: path(cap, ink.hair) };
    case "bun":
      return { behind: circle(-44, -52, 25, ink.hair), front: path(cap, ink.hair) };
    case "braids":
      return {
        behind: [-40, -30, -20].map((x) => line(curve([x, -30], [x - 8, 40], [x - 2, 116]), ink.hair, 12)).join(""),
        front: path(cap, ink.hair),
      };
    case "locs":
      return {
        behind: [-42, -30, -18].map((x) => line(curve([x, -30], [x - 6, 10], [x - 4, 44]), ink.hair, 13)).join(""),
        front: path(cap, ink.hair),
      };
    case "wrap":
      return {
        behind: circle(-46, -46, 22, ink.clothShade),
        front:
          path("M32 -26C34 -78 -10 -92 -36 -70C-56 -50 -48 -4 -34 12C-22 4 -10 -10 32 -26Z", ink.cloth) +
          line(curve([30, -40], [-10, -34], [-42, -12]), ink.clothShade, 4) +
          line(curve([24, -62], [-14, -54], [-46, -36]), ink.clothShade, 4),
      };
    case "hijab":
      return {
        behind: "",
        front:
          path(
            "M24 -36C20 -66 -12 -70 -30 -56C-50 -40 -46 0 -52 40C-56 70 -72 92 -76 108C-40 124 20 122 52 104C40 84 26 66 18 48C2 40 -6 10 4 -14C8 -24 14 -30 24 -36Z",
            ink.cloth,
          ) + line(curve([0, 20], [-20, 60], [-30, 104]), ink.clothShade, 3.5),
      };
    case "cap":
      return {
        behind: path(cap, ink.hair),
        front:
          path("M34 -24C30 -66 -14 -70 -32 -50C-42 -38 -44 -22 -40 -12C-18 -20 8 -26 34 -24Z", ink.cloth) +
          path("M18 -32C36 -36 60 -30 66 -20C52 -20 36 -20 22 -22Z", ink.clothShade),
      };
    case "shaved":
      return { behind: "", front: path(cap, ink.hair, { opacity: "0.5" }) };
    case "fade":
      return { behind: "", front: path(cap, ink.hair) };
  }
}

const profile =
  "M-32 0C-40 -48 -10 -60 10 -56C30 -52 36 -36 35 -20C35 -12 44 0 43 5C42 9 36 9 36 12C38 16 37 19 35 22C37 26 36 29 33 31C34 42 24 49 10 47L-8 42C-24 36 -30 20 -32 0Z";
const face = "M-36 -14C-36 -52 36 -52 36 -14C36 20 20 50 0 51C-20 50 -36 20 -36 -14Z";

/** Eyes, brows, nose and a mouth at ease, in the skin's own dark: enough to look back at who is watching. */
function features(stage: Stage, look: Look): string {
  const { tones } = stage;
  const dark = mix(tones.local(look.skin), tones.ink, 0.78);
  const soft = mix(tones.local(look.skin), tones.ink, 0.34);
  const white = mix(tones.local(look.skin), tones.local("#fffaf2"), 0.72);
  const lips = mix(tones.local(look.skin), tones.local("#8e3f3a"), 0.6);
  const eye = (x: number) =>
    ellipse(x, -2, 6.4, 5, white) +
    ellipse(x, -2.4, 3.8, 4.6, dark) +
    line(curve([x - 8, -16], [x, -19], [x + 8, -16]), dark, look.isWoman ? 2.6 : 3.4);
  return (
    eye(-14) +
    eye(14) +
    line(curve([1, 0], [4, 12], [-2, 14]), soft, 2.6) +
    line(curve([-11, 26], [0, 31], [11, 26]), lips, 3.8)
  );
}

function profileFeatures(stage: Stage, look: Look): string {
  const skin = stage.tones.local(look.skin);
  const dark = mix(skin, stage.tones.ink, 0.78);
  return (
    ellipse(26.5, -5.6, 4.4, 4.8, mix(skin, stage.tones.local("#fffaf2"), 0.72)) +
    ellipse(27.5, -5.8, 2.8, 4.4, dark) +
    line(curve([18, -19], [25, -21], [31, -18]), dark, look.isWoman ? 2.6 : 3.4) +
    line(curve([24, 28], [29, 27], [34, 24]), mix(skin, stage.tones.local("#8e3f3a"), 0.6), 3.4)
  );
}

/** A head, seen from before, from behind or from the side: its hair and dress say who it is. */
export function drawHead(stage: Stage, look: Look, view: View): Head {
  const ink = inks(stage, look);
  const ear =
    look.hairStyle === "hijab" ? "" : ellipse(-37, 4, 7, 11, ink.skinShade) + ellipse(37, 4, 7, 11, ink.skinShade);
  if (view === "back") {
    const hair = backHair(look, ink);
    return { behind: "", front: ear + path(face, ink.skinShade) + hair.front };
  }
  if (view === "side") {
    const hair = sideHair(look, ink);
    const sideEar = look.hairStyle === "hijab" ? "" : ellipse(-8, 6, 7, 10, ink.skinShade);
    return {
      behind: hair.behind,
      front: path(profile, ink.skin) + profileFeatures(stage, look) + hair.front + sideEar,
    };
  }
  const hair = frontHair(look, ink);
  const shade = path("M36 -14C36 20 20 50 0 51C14 40 24 14 20 -46C30 -40 36 -30 36 -14Z", ink.skinShade, {
    opacity: "0.6",
  });
  return { behind: hair.behind, front: ear + path(face, ink.skin) + shade + features(stage, look) + hair.front };
}
