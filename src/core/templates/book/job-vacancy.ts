import { required, type Template } from "../template.ts";

export const jobVacancyTemplate: Template = {
  id: "job-vacancy",
  name: { en: "Job vacancy", sw: "Nafasi ya kazi" },
  description: {
    en: "Who is hiring, for what, what it takes, what it gives, and how to apply before it is too late.",
    sw: "Nani anaajiri, kwa kazi gani, kinachohitajika, faida zake, na jinsi ya kuomba kabla ya muda kwisha.",
  },
  values: [
    required("company", {
      description: { en: "Who is hiring", sw: "Anayeajiri" },
      example: { en: "Ziwa Fisheries, Kisumu", sw: "Ziwa Fisheries, Kisumu" },
      max: 80,
    }),
    required("job", {
      description: { en: "The job", sw: "Kazi" },
      example: { en: "Delivery driver", sw: "Dereva wa usambazaji" },
      max: 60,
    }),
    required("needs", {
      description: { en: "What it takes", sw: "Kinachohitajika" },
      example: {
        en: "a valid licence, two years on the road and a good name",
        sw: "leseni halali, uzoefu wa miaka miwili na sifa njema",
      },
      max: 160,
    }),
    required("offers", {
      description: { en: "What it gives", sw: "Inachotoa" },
      example: {
        en: "a monthly salary, health cover and paid leave",
        sw: "mshahara wa kila mwezi, bima ya afya na likizo ya malipo",
      },
      max: 160,
    }),
    required("apply", {
      description: { en: "How to apply", sw: "Jinsi ya kuomba" },
      example: { en: "Send your CV to jobs@ziwa.example", sw: "Tuma wasifu wako kwa jobs@ziwa.example" },
      max: 120,
    }),
    required("deadline", {
      description: { en: "The last day", sw: "Siku ya mwisho" },
      example: { en: "Friday, 30 October", sw: "Ijumaa, tarehe 30 Oktoba" },
      max: 40,
    }),
  ],
  title: { en: "We are hiring: {job}", sw: "Tunaajiri: {job}" },
  presets: {
    aspect: "1:1",
    music: "drive",
    captions: { style: "boxed", position: "bottom" },
    image_style: "print",
    grade: "none",
    transition: "wipe",
    titles: "scenes",
    voice: "baraka",
    font: "condensed",
  },
  scenes: [
    {
      title: { en: "We are hiring", sw: "Tunaajiri" },
      text: { en: "{company} is hiring. The job: {job}.", sw: "{company} inaajiri. Kazi yenyewe ni {job}." },
      picture: "a {job} at work, proud and busy",
    },
    {
      title: { en: "What it takes", sw: "Kinachohitajika" },
      text: { en: "You need {needs}.", sw: "Unahitaji {needs}." },
      picture: "a person preparing documents at a desk",
    },
    {
      title: { en: "What you get", sw: "Utakachopata" },
      text: { en: "You get {offers}.", sw: "Utapata {offers}." },
      picture: "a team of colleagues laughing at work",
    },
    {
      title: { en: "Apply by {deadline}", sw: "Mwisho: {deadline}" },
      text: {
        en: "{apply}. The last day is {deadline}. Know somebody who fits? Share this with them.",
        sw: "{apply}. Mwisho ni {deadline}. Unamjua anayefaa? Mtumie video hii.",
      },
      picture: "a calendar on a wall and a phone sending a message",
    },
  ],
};
