import { required, type Template } from "../template.ts";

export const businessPitchTemplate: Template = {
  id: "business-pitch",
  name: { en: "Business pitch", sw: "Wasilisho la biashara" },
  description: {
    en: "A problem, your answer to it, proof, and what you ask for: half a minute for an investor or a first customer.",
    sw: "Tatizo, suluhisho lako, ushahidi, na ombi lako: nusu dakika kwa mwekezaji au mteja wa kwanza.",
  },
  values: [
    required("business", {
      description: { en: "The name of the business", sw: "Jina la biashara" },
      example: { en: "Mazao Direct", sw: "Mazao Direct" },
      max: 60,
    }),
    required("problem", {
      description: { en: "The problem, as a whole sentence", sw: "Tatizo, kwa sentensi kamili" },
      example: {
        en: "Farmers in Nyeri lose a third of their harvest waiting for a buyer",
        sw: "Wakulima wa Nyeri hupoteza theluthi ya mavuno wakisubiri mnunuzi",
      },
      max: 160,
    }),
    required("solution", {
      description: { en: "What you do about it, as a whole sentence", sw: "Unachofanya, kwa sentensi kamili" },
      example: {
        en: "We match every farm with a kitchen in town before the crop is picked",
        sw: "Tunaunganisha kila shamba na jiko la mjini kabla mazao hayajavunwa",
      },
      max: 160,
    }),
    required("proof", {
      description: { en: "What shows that it works", sw: "Kinachoonyesha kwamba inafanya kazi" },
      example: {
        en: "In six months, 400 farms and 60 hotels joined",
        sw: "Kwa miezi sita, mashamba 400 na hoteli 60 zimejiunga",
      },
      max: 160,
    }),
    required("ask", {
      description: { en: "What you ask for, as a whole sentence", sw: "Ombi lako, kwa sentensi kamili" },
      example: {
        en: "We are raising five million shillings to reach Mombasa",
        sw: "Tunatafuta shilingi milioni tano ili kufika Mombasa",
      },
      max: 160,
    }),
  ],
  title: { en: "{business}", sw: "{business}" },
  presets: {
    aspect: "16:9",
    music: "drive",
    captions: { style: "bold", position: "bottom" },
    image_style: "flat",
    grade: "none",
    transition: "slide",
    titles: "scenes",
    voice: "zuri",
    font: "grotesque",
  },
  scenes: [
    {
      title: { en: "The problem", sw: "Tatizo" },
      text: { en: "{problem}. Everybody here knows it.", sw: "{problem}. Kila mtu hapa analijua hilo." },
      picture: "a worried trader beside unsold goods at a market: {problem}",
    },
    {
      title: { en: "The answer", sw: "Suluhisho" },
      text: {
        en: "That is why we built {business}. {solution}.",
        sw: "Ndiyo maana tulianzisha {business}. {solution}.",
      },
      picture: "a young entrepreneur with a phone and a plan: {solution}",
    },
    {
      title: { en: "It works", sw: "Inafanya kazi" },
      text: { en: "And it works. {proof}.", sw: "Na inafanya kazi. {proof}." },
      picture: "a growing chart and happy customers: {proof}",
    },
    {
      title: { en: "Join us", sw: "Jiunge nasi" },
      text: { en: "{ask}. Come and build {business} with us.", sw: "{ask}. Karibu tujenge {business} pamoja." },
      picture: "two people shaking hands in an office at sunrise",
    },
  ],
};
