import type { WrittenLanguage } from "../contract/video.ts";
import type { VideoAnswer } from "../contract/videos.ts";

type Stage = Exclude<VideoAnswer["stage"], "succeeded" | "failed" | "cancelled">;

const en = {
  label: "What is your video about?",
  placeholder: "A young Kenyan entrepreneur builds an AI startup in Nairobi",
  make: "Make the video",
  price: (credits: number) => (credits === 1 ? "1 credit" : `${credits} credits`),
  empty: "Write what it is about first.",
  sending: "One moment …",
  stages: {
    queued: "Waiting for its turn",
    scripting: "Writing the script",
    voicing: "Recording the voice",
    illustrating: "Drawing the pictures",
    rendering: "Putting it together",
    storing: "Almost there",
  } satisfies Record<Stage, string>,
  place: (place: number) => `number ${place} in the queue`,
  left: (seconds: number) => (seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`),
  progress: "Progress of the video",
  done: "Your video is ready",
  player: "Your video",
  captions: "Captions",
  download: "Download",
  another: "Make another",
  problems: {
    noKey: "This part of the page is not set up yet: it has no key.",
    wrongKey:
      "This page's key is not valid: mistyped, or ended. Whoever runs the page finds its keys in the studio, under Account. Nothing was charged.",
    wrongPage: (origin: string) =>
      `This page's key does not name ${origin}. Whoever runs the page makes one that does in the studio, under Account. Nothing was charged.`,
    away: "There is no connection. Your words are kept: try again in a moment.",
    noCredits: "No more videos can be made here for now: the page has run out of credits. Nothing was charged.",
    limit: "No more videos can be made here for now: the limit is reached. Nothing was charged.",
    busy: "Many people are making videos right now. Wait a moment and try again. Nothing was charged.",
    words: "A video cannot be made of that. Try it in other words. Nothing was charged.",
    failed: "The video could not be made. Nothing was charged. Try again, maybe in other words.",
    other: "Something went wrong. Try again in a moment.",
  },
};

export type Words = typeof en;

const sw: Words = {
  label: "Video yako inahusu nini?",
  placeholder: "Kijana mjasiriamali Mkenya anaanzisha kampuni ya AI jijini Nairobi",
  make: "Tengeneza video",
  price: (credits) => (credits === 1 ? "krediti 1" : `krediti ${credits}`),
  empty: "Andika kwanza inahusu nini.",
  sending: "Subiri kidogo …",
  stages: {
    queued: "Inasubiri zamu yake",
    scripting: "Inaandika hadithi",
    voicing: "Inarekodi sauti",
    illustrating: "Inachora picha",
    rendering: "Inaunganisha video",
    storing: "Karibu kumaliza",
  },
  place: (place) => `nambari ${place} kwenye foleni`,
  left: (seconds) =>
    seconds < 90 ? `zimebaki takriban sekunde ${seconds}` : `zimebaki takriban dakika ${Math.round(seconds / 60)}`,
  progress: "Maendeleo ya video",
  done: "Video yako iko tayari",
  player: "Video yako",
  captions: "Manukuu",
  download: "Pakua",
  another: "Tengeneza nyingine",
  problems: {
    noKey: "Sehemu hii ya ukurasa bado haijawekwa: haina ufunguo.",
    wrongKey:
      "Ufunguo wa ukurasa huu si sahihi: umekosewa, au umekwisha. Mwenye ukurasa ataona funguo zake ndani ya studio, kwenye Akaunti. Hakuna kilichotozwa.",
    wrongPage: (origin) =>
      `Ufunguo wa ukurasa huu hautaji ${origin}. Mwenye ukurasa atatengeneza unaoutaja ndani ya studio, kwenye Akaunti. Hakuna kilichotozwa.`,
    away: "Hakuna mtandao. Maneno yako yamehifadhiwa: jaribu tena baada ya muda mfupi.",
    noCredits: "Video zaidi haziwezi kutengenezwa hapa kwa sasa: krediti za ukurasa zimeisha. Hakuna kilichotozwa.",
    limit: "Video zaidi haziwezi kutengenezwa hapa kwa sasa: kikomo kimefikiwa. Hakuna kilichotozwa.",
    busy: "Watu wengi wanatengeneza video sasa hivi. Subiri kidogo kisha ujaribu tena. Hakuna kilichotozwa.",
    words: "Video haiwezi kutengenezwa kwa maneno hayo. Jaribu kwa maneno mengine. Hakuna kilichotozwa.",
    failed: "Video haikuweza kutengenezwa. Hakuna kilichotozwa. Jaribu tena, labda kwa maneno mengine.",
    other: "Hitilafu imetokea. Jaribu tena baada ya muda mfupi.",
  },
};

/** By a language tag as HTML has it: `sw-KE` is Swahili. English for all others. */
export function wordsOf(tag: string): Words {
  return tag.toLowerCase().startsWith("sw") ? sw : en;
}

const written: readonly WrittenLanguage[] = ["en", "sw", "sheng", "fr", "pt", "es", "de", "it", "af", "ar"];

/** What a prompt's video is told in on a page of this language: its own where scripts are written in it, else English. */
export function videoLanguageOf(tag: string): WrittenLanguage {
  const [language] = tag.toLowerCase().split("-");
  return written.find((one) => one === language) ?? "en";
}
