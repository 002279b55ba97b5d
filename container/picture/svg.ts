/** Strings of SVG. Units are the stage's: its short side is 1000. */

export type Point = readonly [x: number, y: number];

/** A tenth of a unit is finer than a pixel at 4K, and keeps documents small. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? round(value) : value}"`)
    .join("");
}

type Paint = {
  stroke?: string;
  "stroke-width"?: number;
  "stroke-linecap"?: "round" | "butt";
  "stroke-linejoin"?: "round";
  "stroke-dasharray"?: string;
  /** Given as text, so that small values are not rounded away. */
  opacity?: string;
};

export function path(d: string, fill: string, paint: Paint = {}): string {
  return `<path d="${d}"${attributes({ fill, ...paint })}/>`;
}

export function line(d: string, stroke: string, width: number, paint: Paint = {}): string {
  return path(d, "none", {
    stroke,
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    ...paint,
  });
}

export function circle(x: number, y: number, radius: number, fill: string, paint: Paint = {}): string {
  return `<circle${attributes({ cx: x, cy: y, r: radius, fill, ...paint })}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, paint: Paint = {}): string {
  return `<ellipse${attributes({ cx: x, cy: y, rx, ry, fill, ...paint })}/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0, paint: Paint = {}) {
  const rx = radius > 0 ? radius : undefined;
  return `<rect${attributes({ x, y, width, height, rx, fill, ...paint })}/>`;
}

export function group(content: string, transform?: string, paint: Paint & { "clip-path"?: string } = {}): string {
  return content === "" ? "" : `<g${attributes({ transform, ...paint })}>${content}</g>`;
}

/** A drawing moved so that its origin is at (x, y), and scaled about it. */
export function place(content: string, x: number, y = 0, scale = 1): string {
  const size = scale === 1 ? "" : ` scale(${Math.round(scale * 1000) / 1000})`;
  return group(content, `translate(${round(x)} ${round(y)})${size}`);
}

export function polygon(...points: Point[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;
}

export function polyline(...points: Point[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;
}

function curveThrough(points: readonly Point[], isClosed: boolean): string {
  const count = points.length;
  const at = (index: number): Point => {
    const wrapped = isClosed ? (index + count) % count : Math.min(count - 1, Math.max(0, index));
    return points[wrapped] ?? [0, 0];
  };
  const parts: string[] = [];
  for (let index = 0; index < (isClosed ? count : count - 1); index += 1) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const control = [
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
    ];
    parts.push(`C${[...control, ...to].map(round).join(" ")}`);
  }
  return parts.join("");
}

/** A soft closed outline through the points (Catmull-Rom). */
export function blob(...points: Point[]): string {
  const [x, y] = points[0] ?? [0, 0];
  return `M${round(x)} ${round(y)}${curveThrough(points, true)}Z`;
}

/** A soft open line through the points. */
export function curve(...points: Point[]): string {
  const [x, y] = points[0] ?? [0, 0];
  return `M${round(x)} ${round(y)}${curveThrough(points, false)}`;
}

/** Everything below a soft line: a hill, a shore, a hem. */
export function below(points: readonly Point[], bottom: number): string {
  const [first, last] = [points[0] ?? [0, 0], points.at(-1) ?? [0, 0]];
  return `M${round(first[0])} ${round(bottom)}L${round(first[0])} ${round(first[1])}${curveThrough(points, false)}L${round(last[0])} ${round(bottom)}Z`;
}

/** A limb: a chain of round joints of given radii, joined by straight sides. */
export function limb(...joints: (readonly [x: number, y: number, radius: number])[]): string {
  const parts: string[] = [];
  for (const [index, [x, y, radius]] of joints.entries()) {
    const r = round(radius);
    parts.push(
      `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${round(radius * 2)} 0a${r} ${r} 0 1 0 ${round(-radius * 2)} 0Z`,
    );
    const next = joints[index + 1];
    if (!next) continue;
    const [nextX, nextY, nextRadius] = next;
    const length = Math.hypot(nextX - x, nextY - y) || 1;
    const [normalX, normalY] = [-(nextY - y) / length, (nextX - x) / length];
    // Wound the same way as the circles, so that the nonzero rule fills the union.
    parts.push(
      polygon(
        [x + normalX * radius, y + normalY * radius],
        [nextX + normalX * nextRadius, nextY + normalY * nextRadius],
        [nextX - normalX * nextRadius, nextY - normalY * nextRadius],
        [x - normalX * radius, y - normalY * radius],
      ),
    );
  }
  return parts.join("");
}
