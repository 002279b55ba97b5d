/** Our own drawings, read again: the elements that `svg.ts` writes, and nothing else of SVG. */

export type Shape = {
  name: "path" | "rect" | "circle" | "ellipse";
  attributes: Readonly<Record<string, string>>;
  /** How much larger than drawn the groups around it make it. */
  scale: number;
  /** Its own times its groups', 0 to 1. */
  opacity: number;
  isClipped: boolean;
};

type Frame = { scale: number; opacity: number; isClipped: boolean };

const elements = /<(\/?)(g|path|rect|circle|ellipse)\b([^>]*?)\/?>/g;
const attribute = /([\w-]+)="([^"]*)"/g;

function read(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(attribute)) found[name] = value;
  return found;
}

/** The same drawing with each shape replaced by what `visit` gives for it; groups stay. */
export function rewriteShapes(markup: string, visit: (shape: Shape) => string): string {
  const stack: Frame[] = [{ scale: 1, opacity: 1, isClipped: false }];
  return markup.replace(elements, (element: string, isEnd: string, name: string, text: string) => {
    const frame = stack.at(-1) ?? { scale: 1, opacity: 1, isClipped: false };
    if (isEnd !== "") {
      stack.pop();
      return element;
    }
    const attributes = read(text);
    const opacity = frame.opacity * Number(attributes.opacity ?? 1);
    if (name !== "g") return visit({ ...frame, name: name as Shape["name"], attributes, opacity });
    const scale = Math.abs(Number(/scale\((-?[\d.]+)/.exec(attributes.transform ?? "")?.[1] ?? 1));
    stack.push({
      scale: frame.scale * scale,
      opacity,
      isClipped: frame.isClipped || attributes["clip-path"] !== undefined,
    });
    return element;
  });
}

export function writeShape(name: Shape["name"], attributes: Record<string, string | undefined>): string {
  const written = Object.entries(attributes).map(([key, value]) => (value === undefined ? "" : ` ${key}="${value}"`));
  return `<${name}${written.join("")}/>`;
}

/** Width and height of a shape in the stage's units; control points count as points, so a curve may be smaller. */
export function extentOf({ name, attributes, scale }: Shape): { width: number; height: number } {
  const at = (key: string) => Number(attributes[key] ?? 0) * scale;
  if (name === "rect") return { width: at("width"), height: at("height") };
  if (name === "circle") return { width: at("r") * 2, height: at("r") * 2 };
  if (name === "ellipse") return { width: at("rx") * 2, height: at("ry") * 2 };
  const { width, height } = pathExtent(attributes.d ?? "");
  return { width: width * scale, height: height * scale };
}

/** Numbers a command takes at a time, and which of them are across and down. */
const commands: Record<string, { takes: number; across: readonly number[]; down: readonly number[] }> = {
  M: { takes: 2, across: [0], down: [1] },
  L: { takes: 2, across: [0], down: [1] },
  H: { takes: 1, across: [0], down: [] },
  V: { takes: 1, across: [], down: [0] },
  Q: { takes: 4, across: [0, 2], down: [1, 3] },
  C: { takes: 6, across: [0, 2, 4], down: [1, 3, 5] },
  A: { takes: 7, across: [5], down: [6] },
};

function pathExtent(d: string): { width: number; height: number } {
  let [x, y] = [0, 0];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [, letter = "", rest = ""] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const command = commands[letter.toUpperCase()];
    if (!command) continue;
    const isRelative = letter !== letter.toUpperCase();
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    for (let start = 0; start + command.takes <= numbers.length; start += command.takes) {
      const [fromX, fromY] = [isRelative ? x : 0, isRelative ? y : 0];
      for (const index of command.across) x = fromX + (numbers[start + index] ?? 0);
      for (const index of command.down) y = fromY + (numbers[start + index] ?? 0);
      // An arc bulges by its radius on either side of its chord.
      const bulge = letter.toUpperCase() === "A" ? (numbers[start + 1] ?? 0) : 0;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y - bulge);
      bottom = Math.max(bottom, y + bulge);
    }
  }
  return { width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
