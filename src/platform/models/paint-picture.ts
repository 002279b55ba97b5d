import type { Aspect, PictureStyle } from "../../contract/video.ts";
import type { ModelAnswer, Models } from "../../core/deps.ts";
import { askModel, readBytes, startsWith } from "./ask-model.ts";
import type { ModelRunner } from "./model-runner.ts";

type Ask = Parameters<Models["picture"]>[0];

const promptMaxCharacters = 2_000;

const styleWords: Record<PictureStyle, string> = {
  flat: "flat vector illustration with bold simple shapes, warm East African palette, soft daylight",
  papercut: "layered paper-cut collage, visible paper texture and soft shadows between the layers",
  print: "two-colour linocut print on warm paper, strong contrast, hand-carved lines",
  sketch: "ink and watercolour sketch, loose confident lines, light washes on white paper",
};
const aspectWords: Record<Aspect, string> = {
  "16:9": "wide composition",
  "9:16": "tall composition with the subject in the middle third",
  "1:1": "square composition",
  "4:5": "upright composition",
};

const imageTypes = [
  { contentType: "image/jpeg", signature: [0xff, 0xd8, 0xff], from: 0 },
  { contentType: "image/png", signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], from: 0 },
  { contentType: "image/webp", signature: [0x57, 0x45, 0x42, 0x50], from: 8 },
];

export async function paintPicture(runner: ModelRunner, model: string, ask: Ask): Promise<ModelAnswer> {
  const manner = `${styleWords[ask.style]}, ${aspectWords[ask.aspect]}, no text, no letters, no watermark`;
  const subject = [...ask.prompt].slice(0, promptMaxCharacters - manner.length - 2).join("");
  return askModel(runner, model, { prompt: `${subject}. ${manner}` }, (answer) => {
    const bytes = readBytes(answer, "image");
    const known = imageTypes.find(({ signature, from }) => startsWith(bytes, signature, from));
    if (known === undefined) throw new Error("the answer is no image");
    return { bytes, contentType: known.contentType, provider: model };
  });
}
