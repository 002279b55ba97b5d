import { howToReach, required, type Template } from "../template.ts";

export const productTemplate: Template = {
  id: "product",
  name: { en: "Product", sw: "Bidhaa" },
  description: {
    en: "One product, three reasons to want it, its price and where to get it. Upright, for status and feeds.",
    sw: "Bidhaa moja, sababu tatu za kuitaka, bei na inapopatikana. Wima, kwa status na mitandao.",
  },
  values: [
    required("product", {
      description: { en: "What it is", sw: "Ni nini" },
      example: { en: "Jua solar lamp", sw: "Taa ya sola ya Jua" },
      max: 60,
    }),
    required("benefit", {
      description: {
        en: "What it does for people, as a whole sentence",
        sw: "Inachomfanyia mtu, kwa sentensi kamili",
      },
      example: {
        en: "One day of sun gives three nights of light",
        sw: "Siku moja ya jua inakupa mwanga wa siku tatu",
      },
      max: 140,
    }),
    required("detail", {
      description: {
        en: "What else is good about it, as a whole sentence",
        sw: "Uzuri mwingine wake, kwa sentensi kamili",
      },
      example: { en: "It charges your phone and laughs at the rain", sw: "Inachaji simu yako na haiogopi mvua" },
      max: 140,
    }),
    required("price", {
      description: { en: "The price", sw: "Bei" },
      example: { en: "KES 1,500", sw: "KES 1,500" },
      max: 40,
    }),
    required("contact", howToReach),
  ],
  title: { en: "{product}", sw: "{product}" },
  presets: {
    aspect: "9:16",
    music: "bright",
    captions: { style: "karaoke", position: "middle" },
    image_style: "papercut",
    grade: "warm",
    transition: "slide",
    titles: "opening",
    voice: "zuri",
    font: "geometric",
  },
  scenes: [
    {
      title: { en: "Meet it", sw: "Ifahamu" },
      text: { en: "Meet the {product}.", sw: "Hii hapa: {product}." },
      picture: "{product} on a clean table, lit from one side",
    },
    {
      title: { en: "What it does", sw: "Inachofanya" },
      text: { en: "{benefit}.", sw: "{benefit}." },
      picture: "a smiling person at home using {product}: {benefit}",
    },
    {
      title: { en: "And more", sw: "Na zaidi" },
      text: { en: "And there is more. {detail}.", sw: "Na si hayo tu. {detail}." },
      picture: "{product} close up: {detail}",
    },
    {
      title: { en: "{price}", sw: "{price}" },
      text: {
        en: "All that for {price}. Get yours today: {contact}.",
        sw: "Yote hayo kwa {price} tu. Pata yako leo: {contact}.",
      },
      picture: "a shop counter with {product} and a happy customer paying by phone",
    },
  ],
};
