import { optional, required, type Template } from "../template.ts";

export const birthdayTemplate: Template = {
  id: "birthday",
  name: { en: "Birthday wish", sw: "Salamu za siku ya kuzaliwa" },
  description: {
    en: "A short, warm wish with a memory in it, for somebody you love.",
    sw: "Salamu fupi na za upendo, zenye kumbukumbu, kwa umpendaye.",
  },
  values: [
    required("name", {
      description: { en: "Whose birthday it is", sw: "Mwenye siku" },
      example: { en: "Grandma Wanjiku", sw: "Nyanya Wanjiku" },
      max: 50,
    }),
    optional("age", {
      description: { en: "How old they become", sw: "Anatimiza miaka mingapi" },
      example: { en: "80", sw: "80" },
      max: 20,
    }),
    required("memory", {
      description: { en: "A memory, as a whole sentence", sw: "Kumbukumbu, kwa sentensi kamili" },
      example: {
        en: "We will never forget your chapati, and the stories that came with them",
        sw: "Hatutasahau chapati zako, na hadithi zilizokuja nazo",
      },
      max: 200,
    }),
    required("wish", {
      description: { en: "What you wish them", sw: "Unachomtakia" },
      example: { en: "health, laughter and a house full of children", sw: "afya, kicheko na nyumba iliyojaa watoto" },
      max: 140,
    }),
    required("from", {
      description: { en: "Who sends it", sw: "Kutoka kwa nani" },
      example: { en: "all your grandchildren", sw: "wajukuu wako wote" },
      max: 60,
    }),
  ],
  title: { en: "Happy birthday, {name}", sw: "Heri ya kuzaliwa, {name}" },
  presets: {
    aspect: "9:16",
    music: "bright",
    captions: { style: "karaoke", position: "bottom" },
    image_style: "papercut",
    grade: "warm",
    transition: "fade",
    titles: "opening",
    voice: "zuri",
    font: "humanist",
  },
  scenes: [
    {
      title: { en: "Happy birthday", sw: "Heri ya kuzaliwa" },
      text: { en: "Happy birthday, {name}! Today is all yours.", sw: "Heri ya kuzaliwa, {name}! Leo ni siku yako." },
      picture: "a birthday cake with candles, balloons and confetti",
    },
    {
      title: { en: "{age} years", sw: "Miaka {age}" },
      text: {
        en: "{age} years, and every one of them a gift to us.",
        sw: "Miaka {age}, na kila mmoja ni zawadi kwetu.",
      },
      picture: "candles glowing on a cake in a warm room",
    },
    {
      title: { en: "We remember", sw: "Tunakumbuka" },
      text: { en: "{memory}.", sw: "{memory}." },
      picture: "a happy family around a table at home: {memory}",
    },
    {
      title: { en: "We wish you", sw: "Tunakutakia" },
      text: {
        en: "We wish you {wish}. With love from {from}.",
        sw: "Tunakutakia {wish}. Kwa upendo, kutoka kwa {from}.",
      },
      picture: "a large family hugging in a garden full of flowers",
    },
  ],
};
