import { optional, point, required, type Template } from "../template.ts";

export const newsMinuteTemplate: Template = {
  id: "news-minute",
  name: { en: "News in one minute", sw: "Habari kwa dakika moja" },
  description: {
    en: "Three stories, one sentence each, with a headline on screen: the day before the tea is cold.",
    sw: "Habari tatu, sentensi moja kila moja, na kichwa kwenye skrini: siku nzima kabla chai haijapoa.",
  },
  values: [
    required("place", {
      description: { en: "Where the news is from", sw: "Habari za wapi" },
      example: { en: "Nairobi", sw: "Nairobi" },
      max: 40,
    }),
    required("date", {
      description: { en: "The day", sw: "Siku" },
      example: { en: "Tuesday, 3 March", sw: "Jumanne, tarehe 3 Machi" },
      max: 40,
    }),
    required(
      "first",
      point(
        { en: "first story", sw: "Habari ya kwanza" },
        {
          en: "The new bus lanes on Thika Road open tomorrow morning, and the ride to town is cut by half",
          sw: "Njia mpya za basi kwenye barabara ya Thika zinafunguliwa kesho asubuhi, na safari ya mjini inapungua kwa nusu",
        },
        260,
      ),
    ),
    required(
      "second",
      point(
        { en: "second story", sw: "Habari ya pili" },
        {
          en: "Rain is expected in the whole county until Friday, and farmers are told to plant now",
          sw: "Mvua inatarajiwa katika kaunti nzima hadi Ijumaa, na wakulima wanashauriwa kupanda sasa",
        },
        260,
      ),
    ),
    optional(
      "third",
      point(
        { en: "third story", sw: "Habari ya tatu" },
        {
          en: "And the national team won two to nothing last night, with a goal in the last minute",
          sw: "Na timu ya taifa ilishinda mbili kwa sifuri jana usiku, kwa bao la dakika ya mwisho",
        },
        260,
      ),
    ),
  ],
  title: { en: "{place} in one minute", sw: "{place} kwa dakika moja" },
  presets: {
    aspect: "16:9",
    music: "news",
    captions: { style: "boxed", position: "bottom" },
    image_style: "print",
    grade: "cool",
    transition: "wipe",
    titles: "scenes",
    voice: "baraka",
    font: "condensed",
  },
  scenes: [
    {
      title: { en: "{date}", sw: "{date}" },
      text: {
        en: "{date}. This is {place} in one minute.",
        sw: "{date}. Hizi ni habari za {place} kwa dakika moja.",
      },
      picture: "the skyline of {place} in the early morning",
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
      title: { en: "And finally", sw: "Na mwisho" },
      text: { en: "And finally. {third}.", sw: "Na mwisho. {third}." },
      picture: "{third}",
    },
    {
      title: { en: "Until tomorrow", sw: "Hadi kesho" },
      text: {
        en: "That was {place} in one minute. Until tomorrow.",
        sw: "Hizo zilikuwa habari za {place} kwa dakika moja. Hadi kesho.",
      },
      picture: "a radio and a cup of tea by a window over the town",
    },
  ],
};
