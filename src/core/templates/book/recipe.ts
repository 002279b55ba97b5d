import { optional, point, required, type Template } from "../template.ts";

export const recipeTemplate: Template = {
  id: "recipe",
  name: { en: "Recipe", sw: "Mapishi" },
  description: {
    en: "A dish in four steps, with what you need and how long it takes.",
    sw: "Chakula kwa hatua nne, pamoja na mahitaji na muda wake.",
  },
  values: [
    required("dish", {
      description: { en: "The dish", sw: "Chakula" },
      example: { en: "Coconut beans", sw: "Maharage ya nazi" },
      max: 60,
    }),
    required("time", {
      description: { en: "How long it takes", sw: "Muda wake" },
      example: { en: "40 minutes", sw: "Dakika 40" },
      max: 40,
    }),
    required("ingredients", {
      description: { en: "What you need", sw: "Mahitaji" },
      example: {
        en: "two cups of boiled beans, one coconut, two tomatoes and an onion",
        sw: "vikombe viwili vya maharage yaliyochemshwa, nazi moja, nyanya mbili na kitunguu",
      },
      max: 240,
    }),
    required(
      "first",
      point(
        { en: "first step", sw: "Hatua ya kwanza" },
        {
          en: "Fry the onion until it is golden, then add the tomatoes",
          sw: "Kaanga kitunguu hadi kiwe cha dhahabu, kisha weka nyanya",
        },
        200,
      ),
    ),
    required(
      "second",
      point(
        { en: "second step", sw: "Hatua ya pili" },
        {
          en: "Add the beans with a little salt, and stir",
          sw: "Weka maharage na chumvi kidogo, kisha koroga",
        },
        200,
      ),
    ),
    required(
      "third",
      point(
        { en: "third step", sw: "Hatua ya tatu" },
        {
          en: "Pour in the coconut milk, and let it simmer until it is thick",
          sw: "Mimina tui la nazi, na uache lichemke taratibu hadi liwe zito",
        },
        200,
      ),
    ),
    optional("tip", {
      description: { en: "A secret of the cook", sw: "Siri ya mpishi" },
      example: { en: "a little ginger at the end", sw: "tangawizi kidogo mwishoni" },
      max: 140,
    }),
  ],
  title: { en: "{dish}", sw: "{dish}" },
  presets: {
    aspect: "4:5",
    music: "bright",
    captions: { style: "bold", position: "bottom" },
    image_style: "papercut",
    grade: "warm",
    transition: "slide",
    titles: "scenes",
    voice: "zuri",
    font: "humanist",
  },
  scenes: [
    {
      title: { en: "{time}", sw: "{time}" },
      text: { en: "{dish}, in {time}. Let us cook!", sw: "{dish}, kwa {time}. Tupike!" },
      picture: "a bowl of {dish} steaming on a kitchen table",
    },
    {
      title: { en: "You need", sw: "Mahitaji" },
      text: { en: "You need {ingredients}.", sw: "Unahitaji {ingredients}." },
      picture: "fresh ingredients on a board: {ingredients}",
    },
    {
      title: { en: "Step 1", sw: "Hatua ya 1" },
      text: { en: "First. {first}.", sw: "Kwanza. {first}." },
      picture: "a pan on the fire: {first}",
    },
    {
      title: { en: "Step 2", sw: "Hatua ya 2" },
      text: { en: "Then. {second}.", sw: "Kisha. {second}." },
      picture: "hands stirring a pot: {second}",
    },
    {
      title: { en: "Step 3", sw: "Hatua ya 3" },
      text: { en: "At last. {third}.", sw: "Mwisho. {third}." },
      picture: "a pot simmering on a stove: {third}",
    },
    {
      title: { en: "The secret", sw: "Siri yenyewe" },
      text: { en: "And the secret? {tip}.", sw: "Na siri yenyewe? {tip}." },
      picture: "a cook smiling in a bright kitchen: {tip}",
    },
    {
      title: { en: "Enjoy", sw: "Karibu mezani" },
      text: { en: "{dish} is ready. Call everybody to the table!", sw: "{dish} tayari. Waite wote mezani!" },
      picture: "a family sharing {dish} at a table",
    },
  ],
};
