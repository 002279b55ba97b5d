import type { SpokenWord } from "../scenes.ts";
import type { Cue } from "./cues.ts";
import type { Typeface } from "./typeface.ts";

export type BurnStyle = {
  /** `words` colours the word being said. */
  highlight: "words" | "lines";
  width: number;
  height: number;
  /** The name inside the font file. */
  fontFamily: string;
  typeface: Typeface;
};

/** Sizes are ems as shares of the frame's width, positions shares of its height: clear of the players' buttons and bars. */
type Layout = { emShare: number; middleShare: number };
const upright: Layout = { emShare: 0.072, middleShare: 0.7 };
const wide: Layout = { emShare: 0.032, middleShare: 0.865 };

const lineSpacingEms = 1.16;
/** The widest a line may be, of the frame's width; a wider one is set smaller. */
const widestShare = 0.9;
const fadeInMs = 70;

const layers = { Shadow: 0, Words: 1 };
const shadowBlurEms = 0.1;
const shadowDropEms = 0.05;

/** ASS colours are blue, green, red, behind an alpha that is 0 when opaque. */
const white = "&HFFFFFF&";
const accent = "&H2FC4FF&";

const wordJoiner = "\u2060";

/**
 * Text that libass can only read as text: braces are escaped, and an invisible joiner behind a backslash keeps the two
 * from being a command. Cues hold no line breaks, and drawable leaves no leading space.
 */
function inertText(text: string): string {
  return text.replace(/\\/g, `\\${wordJoiner}`).replace(/[{}]/g, "\\$&");
}

/** What the font can draw of a word: the rest would be boxes. Burned captions go without it, the files keep it. */
function drawable(word: SpokenWord, typeface: Typeface): string {
  return [...word.text]
    .filter((character) => typeface.has(character))
    .join("")
    .trim();
}

/** Hours are one digit and seconds have two decimals. */
function clock(seconds: number): string {
  const total = Math.max(0, Math.round(seconds * 100));
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(total / 360_000), Math.floor(total / 6_000) % 60];
  return `${hours}:${two(minutes)}:${two(Math.floor(total / 100) % 60)}.${two(total % 100)}`;
}

type Span = { startSeconds: number; endSeconds: number };
type DrawnWord = Span & { text: string };

/** Words with something to draw, each lasting until the next one begins and the last until the cue ends. */
function drawnLines(cue: Cue, typeface: Typeface): DrawnWord[][] {
  const spoken = cue.lines.flat();
  const lines = cue.lines.map((line) =>
    line.flatMap((word) => {
      const text = drawable(word, typeface);
      const next = spoken[spoken.indexOf(word) + 1];
      return text === ""
        ? []
        : [{ text, startSeconds: word.startSeconds, endSeconds: next?.startSeconds ?? cue.endSeconds }];
    }),
  );
  return lines.filter((line) => line.length > 0);
}

/** Pieces of a cue in which one line looks the same: one for each of its words, and the rest of the cue without a word. */
function linePhases(cue: Cue, line: DrawnWord[], highlight: BurnStyle["highlight"]): (Span & { active?: DrawnWord })[] {
  if (highlight === "lines") return [cue];
  const phases: (Span & { active?: DrawnWord })[] = [];
  let atSeconds = cue.startSeconds;
  for (const active of line) {
    if (active.startSeconds > atSeconds) phases.push({ startSeconds: atSeconds, endSeconds: active.startSeconds });
    phases.push({ ...active, active });
    atSeconds = active.endSeconds;
  }
  if (atSeconds < cue.endSeconds) phases.push({ startSeconds: atSeconds, endSeconds: cue.endSeconds });
  return phases;
}

/** The captions as libass draws them into the frames: a soft shadow below, crisp outlined words above. */
export function assDocument(cues: Cue[], style: BurnStyle): string {
  const { width, height, typeface } = style;
  const layout = height > width ? upright : wide;
  const em = width * layout.emShare;

  const events = cues.flatMap((cue) => {
    const lines = drawnLines(cue, typeface);
    const widths = lines.map((line) => typeface.widthOf(line.map((word) => word.text).join(" ")) * em);
    const scale = Math.min(1, (width * widestShare) / Math.max(1, ...widths));
    return lines.flatMap((line, index) => {
      const fromMiddle = (index - (lines.length - 1) / 2) * lineSpacingEms * em * scale;
      const y = height * layout.middleShare + fromMiddle;
      const size = scale < 1 ? `\\fs${(em * typeface.nominalHeight * scale).toFixed(1)}` : "";
      const event = (look: "Shadow" | "Words", span: Span, text: string) => {
        const fade = span.startSeconds === cue.startSeconds ? `\\fad(${fadeInMs},0)` : "";
        const soft = look === "Shadow" ? `\\blur${(shadowBlurEms * em).toFixed(1)}` : "";
        const drop = look === "Shadow" ? shadowDropEms * em : 0;
        const place = `{\\pos(${(width / 2).toFixed(1)},${(y + drop).toFixed(1)})${size}${soft}${fade}}`;
        const [start, end] = [clock(span.startSeconds), clock(span.endSeconds)];
        return start === end ? [] : [`Dialogue: ${layers[look]},${start},${end},${look},,0,0,0,,${place}${text}`];
      };
      const phases = linePhases(cue, line, style.highlight).flatMap((phase) => {
        const words = line.map((word) => {
          const text = inertText(word.text);
          return word === phase.active ? `{\\c${accent}}${text}{\\c${white}}` : text;
        });
        return event("Words", phase, words.join(" "));
      });
      return [...event("Shadow", cue, line.map((word) => inertText(word.text)).join(" ")), ...phases];
    });
  });
  return `${[...header(style, em), ...events].join("\n")}\n`;
}

function header({ width, height, fontFamily, typeface }: BurnStyle, em: number): string[] {
  const size = (em * typeface.nominalHeight).toFixed(1);
  const style = (name: string, primary: string, outline: string, outlineEms: number) =>
    `Style: ${name},${fontFamily},${size},${primary},${primary},${outline},&HFF000000,-1,0,0,0,100,100,0,0,1,` +
    `${(outlineEms * em).toFixed(1)},0,5,0,0,0,1`;
  return [
    "[Script Info]",
    "ScriptType: v4.00+",
    `PlayResX: ${width}`,
    `PlayResY: ${height}`,
    // 2: lines are never wrapped again.
    "WrapStyle: 2",
    "ScaledBorderAndShadow: yes",
    "YCbCr Matrix: None",
    "",
    "[V4+ Styles]",
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, " +
      "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
    style("Words", "&H00FFFFFF", "&H00140C0A", 0.075),
    style("Shadow", "&HFF000000", "&H70000000", 0.14),
    "",
    "[Events]",
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
  ];
}
