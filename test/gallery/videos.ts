import type { z } from "zod";
import type { createVideoBody } from "../../src/contract/videos.ts";
import { getTemplate } from "../../src/core/templates/list-templates.ts";

export type GalleryVideo = { name: string; body: z.input<typeof createVideoBody> };

/** A template filled in with its own examples. */
function filled(template: string, lang: "en" | "sw", options: Partial<GalleryVideo["body"]>): GalleryVideo {
  const values = Object.fromEntries(getTemplate(template).values.map(({ name, example }) => [name, example[lang]]));
  return { name: `${template}-${lang}`, body: { template, values, lang, ...options } };
}

/** What the service makes, over its templates, languages, aspects and styles. */
export const galleryVideos: GalleryVideo[] = [
  filled("business-pitch", "en", { aspect: "9:16", image_style: "flat" }),
  filled("devotional", "sw", { aspect: "9:16", image_style: "papercut" }),
  filled("news-minute", "en", { aspect: "16:9", image_style: "print" }),
  filled("product", "en", { aspect: "1:1", image_style: "flat", brand: { primary: "#0b5d4e", accent: "#ffb703" } }),
  filled("lesson", "sw", { aspect: "16:9", image_style: "sketch" }),
  filled("proverb", "sw", { aspect: "4:5", image_style: "papercut" }),
  filled("event-invitation", "en", { aspect: "9:16", image_style: "print" }),
  {
    name: "prompt-sheng",
    body: {
      prompt: "Msee wa boda boda anaanza biashara ya delivery online Nairobi",
      ...{ scenes: 4, lang: "sheng", aspect: "9:16", captions: { mode: "words", style: "bold" }, music: "drive" },
    },
  },
  {
    name: "prompt-french",
    body: {
      prompt: "Une jeune agricultrice apporte l'énergie solaire à son village",
      ...{ scenes: 4, lang: "fr", aspect: "16:9", image_style: "sketch", grade: "warm", music: "warm" },
      captions: { mode: "words", style: "elegant" },
    },
  },
  {
    name: "scenes-arabic",
    body: {
      title: "سوق المدينة",
      scenes: [
        { text: "في الصباح الباكر، يفتح التجار أبواب السوق القديم.", image: { prompt: "market at dawn" } },
        { text: "تصل الخضار الطازجة من القرى القريبة.", image: { prompt: "vegetables from the farm" } },
        { text: "وفي المساء، يجتمع الناس حول فنجان من القهوة.", image: { prompt: "people drinking coffee" } },
      ],
      ...{ lang: "ar", aspect: "9:16", image_style: "papercut", captions: { mode: "words", style: "boxed" } },
    },
  },
  {
    name: "scenes-amharic",
    body: {
      title: "ቡና",
      scenes: [
        { text: "ቡና ከኢትዮጵያ የመጣ ነው።", image: { prompt: "coffee" }, title: "መነሻው" },
        { text: "ገበሬዎች ፍሬውን በእጃቸው ይለቅማሉ።", image: { prompt: "farmer in the field" }, title: "አዝመራ" },
        { text: "ቤተሰቡ አብሮ ቡና ይጠጣል።", image: { prompt: "family at home" }, title: "ቤተሰብ" },
      ],
      ...{ lang: "am", aspect: "1:1", titles: "scenes", image_style: "print", music: "calm" },
      captions: { mode: "words", style: "clean" },
    },
  },
  {
    name: "scenes-hindi",
    body: {
      title: "पानी बचाओ",
      scenes: [
        { text: "हर बूँद कीमती है।", image: { prompt: "water" } },
        { text: "नल को खुला मत छोड़ो।", image: { prompt: "house and family" } },
        { text: "बारिश का पानी जमा करो।", image: { colour: "#1d4e89" } },
      ],
      ...{ lang: "hi", aspect: "4:5", image_style: "flat", music: "bright", transition: "wipe" },
      captions: { mode: "words", style: "karaoke" },
    },
  },
];
