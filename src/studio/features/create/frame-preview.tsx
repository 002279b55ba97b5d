import type { TemplateAnswer } from "../../../contract/templates.ts";
import type { PictureStyle } from "../../../contract/video.ts";
import { useWords } from "../../app/words.ts";
import flat from "../../stills/style-flat.webp";
import papercut from "../../stills/style-papercut.webp";
import print from "../../stills/style-print.webp";
import sketch from "../../stills/style-sketch.webp";
import flatSwatch from "../../stills/swatch-flat.webp";
import papercutSwatch from "../../stills/swatch-papercut.webp";
import printSwatch from "../../stills/swatch-print.webp";
import sketchSwatch from "../../stills/swatch-sketch.webp";
import type { Draft } from "./draft.ts";

const templateStills: Record<string, string> = import.meta.glob("../../stills/template-*.webp", {
  eager: true,
  import: "default",
});

/** Its own first scene; of a template that is younger than this studio, its style. */
export function stillOfTemplate({ id, presets }: TemplateAnswer): string {
  return templateStills[`../../stills/template-${id}.webp`] ?? stillOf[presets.image_style];
}

export const stillOf: Record<PictureStyle, string> = { flat, papercut, print, sketch };

/** The same, to choose by. */
export const swatchOf: Record<PictureStyle, string> = {
  flat: flatSwatch,
  papercut: papercutSwatch,
  print: printSwatch,
  sketch: sketchSwatch,
};

/** How it will look, about: shape, style, colour and captions at a glance. */
export function FramePreview({ draft }: { draft: Draft }) {
  const { create } = useWords();
  const [first, second, third] = create.captionSample;
  return (
    <div className="preview" data-aspect={draft.aspect} aria-hidden="true">
      <div className="preview-frame">
        <img src={stillOf[draft.style]} alt="" className={`grade-${draft.grade}`} width={320} height={208} />
        {draft.captions !== "off" && (
          <p className={`caption caption-${draft.captions}`}>
            {first} <em>{second}</em> {third}
          </p>
        )}
      </div>
    </div>
  );
}
