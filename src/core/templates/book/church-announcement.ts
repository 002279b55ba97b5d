import { optional, required, type Template } from "../template.ts";

export const churchAnnouncementTemplate: Template = {
  id: "church-announcement",
  name: { en: "Church announcement", sw: "Tangazo la kanisa" },
  description: {
    en: "A service, a choir day or a week of prayer: what, when, where, and who is welcome.",
    sw: "Ibada, siku ya kwaya au wiki ya maombi: nini, lini, wapi, na nani anakaribishwa.",
  },
  values: [
    required("church", {
      description: { en: "The church", sw: "Kanisa" },
      example: { en: "Grace Chapel, Kawangware", sw: "Kanisa la Neema, Kawangware" },
      max: 80,
    }),
    required("occasion", {
      description: { en: "The occasion", sw: "Tukio" },
      example: { en: "a week of prayer for our young people", sw: "wiki ya maombi kwa ajili ya vijana wetu" },
      max: 100,
    }),
    required("when", {
      description: { en: "The day and the hour", sw: "Siku na saa" },
      example: { en: "Monday to Friday, at six in the evening", sw: "Jumatatu hadi Ijumaa, saa kumi na mbili jioni" },
      max: 80,
    }),
    required("where", {
      description: { en: "The place", sw: "Mahali" },
      example: { en: "the main hall", sw: "ukumbi mkuu" },
      max: 80,
    }),
    optional("guest", {
      description: { en: "Who will preach or sing", sw: "Atakayehubiri au kuimba" },
      example: { en: "Pastor Ruth Achieng and the Uhuru choir", sw: "Mchungaji Ruth Achieng na kwaya ya Uhuru" },
      max: 100,
    }),
  ],
  title: { en: "{church}", sw: "{church}" },
  presets: {
    aspect: "1:1",
    music: "worship",
    captions: { style: "elegant", position: "bottom" },
    image_style: "print",
    grade: "warm",
    transition: "fade",
    titles: "scenes",
    voice: "baraka",
    font: "serif",
  },
  scenes: [
    {
      title: { en: "You are invited", sw: "Umealikwa" },
      text: { en: "{church} invites you to {occasion}.", sw: "{church} inakualika kwenye {occasion}." },
      picture: "a church with open doors and people coming in, in bright clothes",
    },
    {
      title: { en: "{when}", sw: "{when}" },
      text: { en: "We meet {when}, at {where}.", sw: "Tutakutana {when}, katika {where}." },
      picture: "a church hall with chairs, and light through tall windows",
    },
    {
      title: { en: "With us", sw: "Pamoja nasi" },
      text: { en: "With us will be {guest}.", sw: "Tutakuwa pamoja na {guest}." },
      picture: "a choir singing with joy",
    },
    {
      title: { en: "All are welcome", sw: "Wote mnakaribishwa" },
      text: {
        en: "Come as you are, and bring a neighbour. All are welcome.",
        sw: "Njoo ulivyo, na uje na jirani. Wote mnakaribishwa.",
      },
      picture: "neighbours greeting each other warmly outside a church",
    },
  ],
};
