import { describe, expect, it } from "vitest";
import { writeScript } from "../../../container/script/write-script.ts";
import type { Language } from "../../../src/contract/video.ts";
import { ordinaryPrompts, prosePrompts } from "./prompts.ts";

function script(prompt: string, sceneCount = 3, language: Language = "en", seed = "a") {
  return writeScript({ prompt, sceneCount, language, seed });
}

function spoken(prompt: string, sceneCount = 3, language: Language = "en", seed = "a"): string {
  return script(prompt, sceneCount, language, seed)
    .scenes.map(({ narration }) => narration)
    .join(" ");
}

const seeds = ["a", "b", "c", "d", "e"];

describe("the prompt in the script", () => {
  it.each([
    [
      "A young Kenyan entrepreneur builds an AI startup in Nairobi",
      ["young Kenyan entrepreneur", "AI startup", "Nairobi"],
    ],
    ["Make a 30 second ad for my hair salon in Mombasa called Glow Up", ["Glow Up", "our hair salon", "Mombasa"]],
    ["how to save money on a small salary", ["save money on a small salary"]],
    ["Why is the sky blue?", ["why the sky is blue"]],
    ["how does a volcano work", ["how a volcano works"]],
    ["The history of coffee in Ethiopia", ["the history of coffee", "Ethiopia"]],
    ["The proverb Haraka haraka haina baraka", ["“Haraka haraka haina baraka”"]],
    ["News report about floods in Mombasa", ["floods", "Mombasa"]],
    [
      "You are invited to our church harvest festival on Sunday 12 December in Thika",
      ["our church harvest festival on Sunday 12 December", "Thika"],
    ],
    [
      "Wedding of Brian and Achieng on Saturday, food and music until midnight for everyone",
      ["Brian and Achieng", "food and music until midnight"],
    ],
  ])("%s", (prompt, phrases) => {
    for (const seed of seeds)
      for (const phrase of phrases) expect(spoken(prompt, 4, "en", seed).toLowerCase()).toContain(phrase.toLowerCase());
  });

  it.each([
    [
      "Mkulima mdogo wa Kitui anaanzisha biashara ya asali",
      "sw",
      "mkulima mdogo wa Kitui anaanzisha biashara ya asali",
    ],
    ["Amina anauza samaki huko Kisumu", "sw", "Amina anauza samaki"],
    ["Tengeneza video ya sekunde 30 kuhusu jinsi ya kuweka akiba", "sw", "kuweka akiba"],
    ["msee wa boda anahustle Kibera na anafungua duka", "sheng", "msee wa boda anahustle Kibera na anafungua duka"],
  ] as const)("in its own words: %s", (prompt, language, phrase) => {
    for (const seed of seeds) expect(spoken(prompt, 3, language, seed).toLowerCase()).toContain(phrase.toLowerCase());
  });

  it.each([
    [
      "A young Kenyan entrepreneur builds an AI startup in Nairobi",
      "sw",
      "mjasiriamali kijana wa Kenya anajenga startup ya AI jijini Nairobi",
    ],
    ["Two friends open a bakery in Kampala", "sw", "marafiki wawili wanafungua duka la mikate jijini Kampala"],
    ["A small farmer sells big avocados", "sw", "mkulima mdogo anauza maparachichi makubwa"],
    ["how to save money on a small salary", "sw", "kuweka akiba kwa mshahara mdogo"],
    ["The history of coffee in Ethiopia", "sw", "historia ya kahawa nchini Ethiopia"],
    ["solar power for small farms", "sheng", "nishati ya jua kwa mashamba madogo"],
    [
      "A young entrepreneur builds an AI startup in Nairobi",
      "sheng",
      "hustler kijana anajenga startup ya AI hapa Nairobi",
    ],
  ] as const)("translated: %s → %s", (prompt, language, phrase) => {
    for (const seed of seeds) expect(spoken(prompt, 3, language, seed).toLowerCase()).toContain(phrase.toLowerCase());
  });

  it("quotes what it cannot translate", () => {
    expect(spoken("Quantum entanglement explained to skeptical philosophers", 3, "sw")).toContain(
      "“Quantum entanglement explained to skeptical philosophers”",
    );
    expect(spoken("Une jeune fille ouvre une boulangerie à Dakar", 3, "en")).toContain(
      "“Une jeune fille ouvre une boulangerie à Dakar”",
    );
  });

  it("takes orders to the maker out", () => {
    const orders: readonly (readonly [string, string])[] = [
      ["Please make me a short video about the water cycle", "The Water Cycle"],
      ["Can you create a funny 60-second TikTok video about matatu drivers?", "The Story of Matatu Drivers"],
      ["I want a 1 minute explainer on solar power for my YouTube channel", "Understanding Solar Power"],
      ["Explain the causes of malaria with upbeat music and captions", "The Causes of Malaria"],
      ["Write a script about honey farming in 5 scenes", "Understanding Honey Farming"],
      ["Promote my bakery in Thika", "Our Bakery in Thika"],
    ];
    for (const [prompt, title] of orders) {
      expect([prompt, script(prompt).title]).toEqual([prompt, title]);
      expect(spoken(prompt)).not.toMatch(
        /\b(?:video|script|tiktok|youtube|music|captions|explainer|promote|seconds?|scenes)\b/iu,
      );
    }
    expect(script("Tafadhali tengeneza video fupi kuhusu umuhimu wa elimu", 3, "sw").title).toBe("Umuhimu wa elimu");
    expect(spoken("Nitengenezee video ya story ya msichana anajifunza coding mtaani", 3, "sheng")).toContain(
      "sichana anajifunza coding mtaani",
    );
  });

  it("keeps what only looks like an order", () => {
    expect(spoken("A girl makes a film about her village in Kenya")).toContain("a film about her village");
    expect(spoken("a boy who wants to build a film school in Lagos", 2)).toContain("film school");
  });

  it("tells the later events of a long sentence in order", () => {
    const { scenes } = script(
      "Amina sells fish by Lake Victoria, loses her boat in a storm, and opens a small restaurant in Kisumu",
      4,
    );
    expect(scenes[0]?.narration).toContain("Amina sells fish by Lake Victoria");
    expect(scenes[1]?.narration).toBe("Amina loses her boat in a storm, then opens a small restaurant in Kisumu.");
  });

  it("corrects articles and capitals, and leaves numbers and abbreviations alone", () => {
    expect(spoken("A honest man builds a AI startup")).toMatch(/\ban honest man builds an AI startup/iu);
    expect(spoken("an university student opens an one-room shop")).toMatch(
      /\ba university student opens a one-room shop/iu,
    );
    expect(spoken("THE IMPORTANCE OF HIV TESTING IN KENYA")).toContain("the importance of HIV testing in Kenya");
    expect(spoken("Video about Grand designs in nairobi")).toContain("in Nairobi");
    expect(spoken("A farmer harvests 2.5 tonnes at 3.30 p.m. near Mt. Elgon")).toContain(
      "2.5 tonnes at 3.30 p.m. near Mt. Elgon",
    );
    const wrongArticle =
      /\ba (?:[aeio]|hour|honest|AI\b|NGO)|\ban (?:[bcdfgjklmnpqrstvwxyz]|uni|one\b|hair|house|home)/u;
    for (const prompt of ordinaryPrompts)
      for (const seed of seeds) expect(spoken(prompt, 20, "en", seed)).not.toMatch(wrongArticle);
  });

  it("varies: twenty prompts of one kind do not share their scenes", () => {
    const openings = [
      "nurse",
      "teacher",
      "baker",
      "driver",
      "singer",
      "farmer",
      "tailor",
      "pilot",
      "doctor",
      "painter",
    ].map((person) => spoken(`A young ${person} starts a school in Nakuru`, 4).replaceAll(person, "*"));
    expect(new Set(openings).size).toBeGreaterThan(7);
  });
});

describe("a prompt that is a script already", () => {
  const [story = "", cafe = "", juma = ""] = prosePrompts;

  it("is told in its own sentences, in order, when there is room", () => {
    const text = spoken(story, 8);
    const own = [
      "her grandmother gave her a handful of bean seeds",
      "She planted them",
      "Nobody believed they would grow",
      "small tin of water",
      "first green leaves",
      "feeds three schools",
    ];
    const positions = own.map((phrase) => text.indexOf(phrase));
    expect(positions).toEqual([...positions].sort((left, right) => left - right));
    expect(positions).not.toContain(-1);
  });

  it("keeps beginning and end when there is little room", () => {
    const { scenes } = script(story, 2);
    expect(scenes[0]?.narration).toContain("When Wanjiru was nine");
    expect(scenes[1]?.narration).toContain("Today Wanjiru runs a farm that feeds three schools.");
  });

  it("takes its heading for the title and does not cut at abbreviations", () => {
    const { title, scenes } = script(cafe, 4);
    expect(title).toBe("Mama Pima's Story");
    const text = scenes.map(({ narration }) => narration).join(" ");
    expect(text).toContain("woke at 4 a.m. every day.");
    expect(text).toContain("Dr. Otieno bought two cups each morning.");
    expect(text).toContain("KSh 20");
    expect(text).not.toContain("Mama Pima's Story");
  });

  it("drops the order that came before it", () => {
    const { title, scenes } = script(juma, 5, "sw");
    expect(title).toBe("Juma");
    expect(scenes[0]?.narration).toContain("Juma alizaliwa Kibera mwaka wa 1998.");
    expect(scenes.map(({ narration }) => narration).join(" ")).not.toContain("Tengeneza");
  });
});

describe("agreement", () => {
  it("speaks of two as two and of one as one", () => {
    for (const seed of seeds) {
      const two = spoken("The tortoise and the hare", 20, "en", seed);
      expect(two).toMatch(/the tortoise and the hare (?:are|have|think|stand) /iu);
      expect(two).not.toMatch(/hare (?:has|thinks|stands)\b/u);
      const one = spoken("A nurse opens a clinic in Meru", 20, "en", seed);
      expect(one).toMatch(/the nurse (?:is|has|thinks|stands) /iu);
      expect(one).not.toMatch(/the nurse (?:are|have|think|stand) /iu);
      expect(spoken("Wanafunzi wanajifunza kupanda miti", 20, "sw", seed)).toMatch(/anafunzi hawa wa/u);
      expect(spoken("Mkulima anauza asali", 20, "sw", seed)).toMatch(/kulima huyu a/u);
    }
  });
});
