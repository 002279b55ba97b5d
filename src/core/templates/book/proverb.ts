import { point, required, type Template } from "../template.ts";

export const proverbTemplate: Template = {
  id: "proverb",
  name: { en: "Proverb", sw: "Methali" },
  description: {
    en: "A proverb, what it means, and where it meets us today. Made to be shared.",
    sw: "Methali, maana yake, na inapotugusa leo. Imetengenezwa ili isambazwe.",
  },
  values: [
    required("proverb", {
      description: { en: "The proverb", sw: "Methali" },
      example: { en: "Hurry, hurry has no blessing", sw: "Haraka haraka haina baraka" },
      max: 110,
    }),
    required(
      "meaning",
      point(
        { en: "meaning", sw: "Maana" },
        {
          en: "What is rushed breaks, and has to be done again",
          sw: "Kinachofanywa kwa pupa huvunjika, na hulazimu kuanza upya",
        },
        240,
      ),
    ),
    required(
      "today",
      point(
        { en: "story of today", sw: "Kisa cha leo" },
        {
          en: "A mason who skips one day of drying builds a wall that cracks for years",
          sw: "Fundi anayeruka siku moja ya kukausha hujenga ukuta unaopasuka kwa miaka",
        },
        240,
      ),
    ),
  ],
  title: { en: "{proverb}", sw: "{proverb}" },
  presets: {
    aspect: "9:16",
    music: "warm",
    captions: { style: "elegant", position: "middle" },
    image_style: "print",
    grade: "film",
    transition: "dip",
    titles: "off",
    voice: "baraka",
    font: "serif",
  },
  scenes: [
    {
      title: { en: "The elders say", sw: "Wahenga walisema" },
      text: { en: "The elders say: {proverb}.", sw: "Wahenga walisema: {proverb}." },
      picture: "an elder with a walking stick under a large baobab tree at sunset",
    },
    {
      title: { en: "What it means", sw: "Maana yake" },
      text: { en: "{meaning}.", sw: "{meaning}." },
      picture: "{meaning}",
    },
    {
      title: { en: "Today", sw: "Leo" },
      text: { en: "{today}.", sw: "{today}." },
      picture: "{today}",
    },
    {
      title: { en: "Remember", sw: "Kumbuka" },
      text: { en: "So remember: {proverb}.", sw: "Basi kumbuka: {proverb}." },
      picture: "a calm lake with a canoe at sunrise",
    },
  ],
};
