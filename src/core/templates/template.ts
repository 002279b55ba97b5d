import type { TemplateAnswer } from "../../contract/templates.ts";

type InEach = { en: string; sw: string };
export type TemplateValue = TemplateAnswer["values"][number];

/**
 * `{name}` in a text stands for a value. A scene that names a value which need not be given, and was not, is left out.
 * Pictures are described in English, for whoever draws them.
 */
export type Template = Omit<TemplateAnswer, "languages"> & { title: InEach };

type About = { description: InEach; example: InEach; max: number };

/** A value that has to be given. */
export function required(name: string, { max, ...about }: About): TemplateValue {
  return { name, ...about, max_characters: max, required: true };
}

/** A value that may be left out. */
export function optional(name: string, { max, ...about }: About): TemplateValue {
  return { name, ...about, max_characters: max, required: false };
}

/** A whole sentence that is said as it is given. */
export function point(place: InEach, example: InEach, max = 160): About {
  return {
    description: { en: `The ${place.en}, as a whole sentence`, sw: `${place.sw}, kwa sentensi kamili` },
    example,
    max,
  };
}

export const howToReach: About = {
  description: { en: "How to reach you", sw: "Jinsi ya kukupata" },
  example: { en: "0712 345 678", sw: "0712 345 678" },
  max: 80,
};
