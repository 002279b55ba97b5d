import { optional, required, type Template } from "../template.ts";

export const devotionalTemplate: Template = {
  id: "devotional",
  name: { en: "Morning devotional", sw: "Ibada ya asubuhi" },
  description: {
    en: "A verse, what it means, a word for today and a short prayer, over quiet music.",
    sw: "Mstari, maana yake, neno la leo na sala fupi, kwa muziki mtulivu.",
  },
  values: [
    required("verse", {
      description: { en: "The verse, word for word", sw: "Mstari, neno kwa neno" },
      example: {
        en: "The Lord is my shepherd; I shall not want",
        sw: "Bwana ndiye mchungaji wangu, sitapungukiwa na kitu",
      },
      max: 260,
    }),
    required("reference", {
      description: { en: "Where it stands", sw: "Ulipo" },
      example: { en: "Psalm 23, verse 1", sw: "Zaburi 23, mstari wa 1" },
      max: 50,
    }),
    required("meaning", {
      description: {
        en: "What it says to us, in a sentence or two",
        sw: "Unatuambia nini, kwa sentensi moja au mbili",
      },
      example: {
        en: "A shepherd walks in front, and knows each of his sheep by name. What you need today, he has seen already",
        sw: "Mchungaji hutangulia mbele, na humjua kila kondoo wake kwa jina. Unachohitaji leo, yeye amekwisha kukiona",
      },
      max: 300,
    }),
    optional("prayer", {
      description: { en: "A prayer of your own", sw: "Sala yako mwenyewe" },
      example: {
        en: "Lord, walk before us today, and make us glad to follow",
        sw: "Bwana, tutangulie leo, na utupe furaha ya kukufuata",
      },
      max: 240,
    }),
  ],
  title: { en: "{reference}", sw: "{reference}" },
  presets: {
    aspect: "9:16",
    music: "worship",
    captions: { style: "elegant", position: "middle" },
    image_style: "papercut",
    grade: "warm",
    transition: "dip",
    titles: "opening",
    voice: "amani",
    font: "serif",
  },
  scenes: [
    {
      title: { en: "Good morning", sw: "Habari za asubuhi" },
      text: {
        en: "Good morning. Before the day begins, here is a word to carry with you.",
        sw: "Habari za asubuhi. Kabla siku haijaanza, hili hapa neno la kutembea nalo.",
      },
      picture: "sunrise over green hills with mist in the valley",
    },
    {
      title: { en: "{reference}", sw: "{reference}" },
      text: { en: "{verse}. {reference}.", sw: "{verse}. {reference}." },
      picture: "an open Bible on a wooden table in the morning light",
    },
    {
      title: { en: "What it says", sw: "Linasema nini" },
      text: { en: "{meaning}.", sw: "{meaning}." },
      picture: "a path that leads through a quiet field to the light",
    },
    {
      title: { en: "Let us pray", sw: "Tuombe" },
      text: { en: "Let us pray. {prayer}. Amen.", sw: "Tuombe. {prayer}. Amina." },
      picture: "folded hands in prayer beside a candle",
    },
    {
      title: { en: "Go in peace", sw: "Nenda kwa amani" },
      text: {
        en: "Go in peace, and share this word with somebody who needs it.",
        sw: "Nenda kwa amani, na umtumie neno hili anayelihitaji.",
      },
      picture: "a family walking together on a village road in the sun",
    },
  ],
};
