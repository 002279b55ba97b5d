import { howToReach, optional, required, type Template } from "../template.ts";

export const realEstateTemplate: Template = {
  id: "real-estate",
  name: { en: "Real-estate listing", sw: "Nyumba au kiwanja" },
  description: {
    en: "A house or a plot: where it is, what it has, what is near, what it costs and whom to call.",
    sw: "Nyumba au kiwanja: kilipo, kilicho nacho, kilicho karibu, bei, na wa kumpigia simu.",
  },
  values: [
    required("property", {
      description: { en: "What it is", sw: "Ni nini" },
      example: { en: "A three-bedroom house with a garden", sw: "Nyumba ya vyumba vitatu yenye bustani" },
      max: 100,
    }),
    required("location", {
      description: { en: "Where it is", sw: "Ilipo" },
      example: { en: "Ruiru, off the Eastern Bypass", sw: "Ruiru, karibu na Eastern Bypass" },
      max: 80,
    }),
    required("features", {
      description: { en: "What it has", sw: "Ilicho nacho" },
      example: {
        en: "borehole water, solar power and parking for two cars",
        sw: "maji ya kisima, umeme wa jua na maegesho ya magari mawili",
      },
      max: 160,
    }),
    optional("nearby", {
      description: { en: "What is near", sw: "Kilicho karibu" },
      example: { en: "schools, a hospital and the railway station", sw: "shule, hospitali na stesheni ya treni" },
      max: 140,
    }),
    required("price", {
      description: { en: "The price", sw: "Bei" },
      example: { en: "KES 9.5 million", sw: "KES milioni 9.5" },
      max: 60,
    }),
    required("contact", howToReach),
  ],
  title: { en: "{location}", sw: "{location}" },
  presets: {
    aspect: "4:5",
    music: "warm",
    captions: { style: "elegant", position: "bottom" },
    image_style: "flat",
    grade: "warm",
    transition: "fade",
    titles: "scenes",
    voice: "amani",
    font: "serif",
  },
  scenes: [
    {
      title: { en: "For sale", sw: "Inauzwa" },
      text: { en: "{property}, in {location}.", sw: "{property}, katika {location}." },
      picture: "{property} in the morning sun, seen from the gate",
    },
    {
      title: { en: "What it has", sw: "Ilicho nacho" },
      text: { en: "It comes with {features}.", sw: "Ina {features}." },
      picture: "a bright living room with large windows and plants",
    },
    {
      title: { en: "Nearby", sw: "Karibu nawe" },
      text: { en: "And close by you find {nearby}.", sw: "Na karibu yake utapata {nearby}." },
      picture: "a quiet street with trees and a town behind it: {nearby}",
    },
    {
      title: { en: "{price}", sw: "{price}" },
      text: {
        en: "The price is {price}. To see it, call {contact}. Houses like this do not wait.",
        sw: "Bei ni {price}. Kuja kuiona, piga {contact}. Nafasi kama hii haisubiri.",
      },
      picture: "a hand giving the keys of a new house to a young family",
    },
  ],
};
