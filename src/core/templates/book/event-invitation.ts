import { optional, required, type Template } from "../template.ts";

export const eventInvitationTemplate: Template = {
  id: "event-invitation",
  name: { en: "Event invitation", sw: "Mwaliko wa sherehe" },
  description: {
    en: "A wedding, a concert, a launch, a harambee: an invitation one is glad to forward.",
    sw: "Harusi, tamasha, uzinduzi, harambee: mwaliko ambao mtu hufurahia kuusambaza.",
  },
  values: [
    required("event", {
      description: { en: "The event", sw: "Tukio" },
      example: { en: "the wedding of Amina and Brian", sw: "harusi ya Amina na Brian" },
      max: 100,
    }),
    required("host", {
      description: { en: "Who invites", sw: "Anayealika" },
      example: { en: "The families of Mwangi and Otieno", sw: "Familia za Mwangi na Otieno" },
      max: 80,
    }),
    required("date", {
      description: { en: "The day and the hour", sw: "Siku na saa" },
      example: {
        en: "Saturday, 12 December, at ten in the morning",
        sw: "Jumamosi, tarehe 12 Desemba, saa nne asubuhi",
      },
      max: 80,
    }),
    required("place", {
      description: { en: "The place", sw: "Mahali" },
      example: { en: "Karura Gardens, Nairobi", sw: "Bustani za Karura, Nairobi" },
      max: 80,
    }),
    optional("note", {
      description: {
        en: "What guests should know, as a whole sentence",
        sw: "Wageni wajue nini, kwa sentensi kamili",
      },
      example: { en: "Wear something green", sw: "Vaa kitu cha kijani" },
      max: 140,
    }),
  ],
  title: { en: "You are invited", sw: "Umealikwa" },
  presets: {
    aspect: "9:16",
    music: "warm",
    captions: { style: "elegant", position: "bottom" },
    image_style: "papercut",
    grade: "film",
    transition: "dip",
    titles: "opening",
    voice: "zuri",
    font: "serif",
  },
  scenes: [
    {
      title: { en: "An invitation", sw: "Mwaliko" },
      text: { en: "{host} invite you with joy to {event}.", sw: "{host} kwa furaha zinakualika kwenye {event}." },
      picture: "flowers, lanterns and a long table laid for a feast",
    },
    {
      title: { en: "{date}", sw: "{date}" },
      text: { en: "It is on {date}.", sw: "Ni {date}." },
      picture: "guests in fine clothes celebrating together on the day",
    },
    {
      title: { en: "{place}", sw: "{place}" },
      text: { en: "We meet at {place}.", sw: "Tutakutana {place}." },
      picture: "wedding guests arriving at {place}",
    },
    {
      title: { en: "Please note", sw: "Tafadhali kumbuka" },
      text: { en: "{note}.", sw: "{note}." },
      picture: "family in festive clothes: {note}",
    },
    {
      title: { en: "See you there", sw: "Tuonane huko" },
      text: {
        en: "It will not be the same without you. See you there!",
        sw: "Haitakuwa sawa bila wewe. Tuonane huko!",
      },
      picture: "friends dancing together under lights in the evening",
    },
  ],
};
