/** `npm run stills`: the pictures the studio shows of its styles and on its front, drawn by the renderer itself. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Canvas, createCanvas, ImageData } from "@napi-rs/canvas";
import { drawScene } from "../../container/picture/draw-scene.ts";
import { paintDrawing } from "../../container/picture/paint-style.ts";
import { type PictureStyle, pictureStyles } from "../../src/contract/video.ts";
import { templates } from "../../src/core/templates/catalogue.ts";

const directory = join(import.meta.dirname, "../../src/studio/stills");
/** Of WebP, of 100: at these sizes nothing is lost to the eye. */
const quality = 66;
/** Papercut's edges and print's dots are pixels of their own: drawn larger, and made smaller, they are smooth. */
const fineness = 3;
/** Four of them stand side by side to choose a style by; the large one is loaded of the chosen style alone. */
const swatch = { width: 240, height: 156 };

type Still = {
  name: string;
  title: string;
  narration: string;
  prompt?: string;
  style: PictureStyle;
  width: number;
  height: number;
};

const market = {
  title: "Market day",
  narration: "A woman sells fresh mangoes at the market in Nairobi on a bright morning.",
};
const front = [
  { name: "front-market", title: "Market day", narration: "A woman sells mangoes at the market.", style: "papercut" },
  { name: "front-boat", title: "The lake", narration: "A fishing boat on the lake at dawn.", style: "print" },
  {
    name: "front-city",
    title: "Nairobi",
    narration: "The city of Nairobi at sunset, with tall towers.",
    style: "flat",
  },
] as const;

const stills: Still[] = [
  ...pictureStyles.map((style) => ({ ...market, name: `style-${style}`, style, width: 640, height: 416 })),
  ...templates.flatMap(({ id, scenes: [scene], presets }) => {
    if (scene === undefined) return [];
    const about = { title: scene.title.en, narration: scene.text.en, prompt: scene.picture };
    return [{ ...about, name: `template-${id}`, style: presets.image_style, width: 400, height: 225 }];
  }),
  ...front.map((still) => ({ ...still, width: 360, height: 640 })),
];

await mkdir(directory, { recursive: true });
for (const still of stills) {
  const { name, width, height, ...about } = still;
  const scene = { ...about, videoTitle: about.title, sceneIndex: 0, width, height, seed: `still-${name}` };
  const large = { width: width * fineness, height: height * fineness };
  const { data } = await paintDrawing(drawScene(scene), large);
  const painted = createCanvas(large.width, large.height);
  painted.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(data), large.width, large.height), 0, 0);
  await keep(painted, name, { width, height });
  if (name.startsWith("style-")) await keep(painted, name.replace("style", "swatch"), swatch);
}

async function keep(painted: Canvas, name: string, { width, height }: typeof swatch): Promise<void> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(painted, 0, 0, width, height);
  const bytes = await canvas.encode("webp", quality);
  await writeFile(join(directory, `${name}.webp`), bytes);
  if (process.env.PNG) await writeFile(join(process.env.PNG, `${name}.png`), await canvas.encode("png"));
  console.log(`${name}: ${(bytes.length / 1024).toFixed(1)} kB`);
}
