import { optional, point, required, type Template } from "../template.ts";

export const healthTipTemplate: Template = {
  id: "health-tip",
  name: { en: "Health tip", sw: "Dokezo la afya" },
  description: {
    en: "One danger, why it matters, three things to do, and when to see a nurse or a doctor.",
    sw: "Hatari moja, kwa nini ni muhimu, mambo matatu ya kufanya, na wakati wa kumwona muuguzi au daktari.",
  },
  values: [
    required("topic", {
      description: { en: "The topic", sw: "Mada" },
      example: { en: "Malaria in the rainy season", sw: "Malaria wakati wa mvua" },
      max: 80,
    }),
    required(
      "why",
      point(
        { en: "reason it matters", sw: "Sababu ni muhimu" },
        {
          en: "Mosquitoes breed wherever water stands for a week",
          sw: "Mbu huzaliana popote maji yanapotuama kwa wiki moja",
        },
        200,
      ),
    ),
    required(
      "first",
      point(
        { en: "first thing to do", sw: "Jambo la kwanza" },
        {
          en: "Sleep under a treated net every night",
          sw: "Lala ndani ya chandarua chenye dawa kila usiku",
        },
      ),
    ),
    required(
      "second",
      point(
        { en: "second thing to do", sw: "Jambo la pili" },
        {
          en: "Empty every tin and tyre that holds water",
          sw: "Mwaga maji yaliyotuama kwenye makopo na magurudumu",
        },
      ),
    ),
    optional(
      "third",
      point(
        { en: "third thing to do", sw: "Jambo la tatu" },
        {
          en: "Close windows and doors before sunset",
          sw: "Funga madirisha na milango kabla jua halijatua",
        },
      ),
    ),
    required(
      "warning",
      point(
        { en: "sign to see a doctor", sw: "Dalili ya kumwona daktari" },
        {
          en: "With fever or chills, go to a clinic the same day and ask for a test",
          sw: "Ukiwa na homa au baridi, nenda kliniki siku hiyo hiyo upimwe",
        },
        200,
      ),
    ),
  ],
  title: { en: "{topic}", sw: "{topic}" },
  presets: {
    aspect: "9:16",
    music: "calm",
    captions: { style: "bold", position: "middle" },
    image_style: "flat",
    grade: "none",
    transition: "slide",
    titles: "opening",
    voice: "amani",
    font: "geometric",
  },
  scenes: [
    {
      title: { en: "Why it matters", sw: "Kwa nini ni muhimu" },
      text: { en: "{topic}. {why}.", sw: "{topic}. {why}." },
      picture: "a mother and child at home: {topic}",
    },
    {
      title: { en: "First", sw: "Kwanza" },
      text: { en: "First. {first}.", sw: "Kwanza. {first}." },
      picture: "{first}",
    },
    {
      title: { en: "Second", sw: "Pili" },
      text: { en: "Second. {second}.", sw: "Pili. {second}." },
      picture: "{second}",
    },
    {
      title: { en: "Third", sw: "Tatu" },
      text: { en: "Third. {third}.", sw: "Tatu. {third}." },
      picture: "{third}",
    },
    {
      title: { en: "Do not wait", sw: "Usisubiri" },
      text: { en: "And do not wait. {warning}. Stay well.", sw: "Na usisubiri. {warning}. Kaa salama." },
      picture: "a nurse with a stethoscope and a patient in a clinic",
    },
  ],
};
