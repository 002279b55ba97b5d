import { describe, expect, it } from "vitest";
import { writeScript } from "../../../container/script/write-script.ts";
import { languages, type WrittenLanguage, writtenLanguages } from "../../../src/contract/video.ts";

function spoken(prompt: string, language: WrittenLanguage, sceneCount = 4, seed = "a"): string {
  return writeScript({ prompt, sceneCount, language, seed })
    .scenes.map(({ narration }) => narration)
    .join(" ");
}

const seeds = ["a", "b", "c", "d"];

describe("a prompt in the language it is told in", () => {
  it.each([
    ["fr", "Une jeune fille ouvre une boulangerie à Dakar", ": une jeune fille ouvre une boulangerie à Dakar."],
    ["fr", "Fais une vidéo de 30 secondes sur les bienfaits de l'eau", ": les bienfaits de l'eau."],
    ["es", "Crea un video corto sobre una niña que sueña con ser piloto", ": una niña que sueña con ser piloto."],
    ["pt", "Um jovem agricultor de Nampula vende caju", ": um jovem agricultor de Nampula vende caju."],
    ["de", "Erstelle ein Video über die Vorteile von Solarenergie", ": die Vorteile von Solarenergie."],
    ["it", "Una ragazza apre un negozio di biciclette", ": una ragazza apre un negozio di biciclette."],
    ["af", "Maak 'n kort video oor 'n boer in die Karoo", ": 'n boer in die Karoo."],
    ["ar", "اصنع فيديو عن فوائد الماء", ": فوائد الماء."],
  ] as const)("%s: %s, without the order to the maker", (language, prompt, phrase) => {
    for (const seed of seeds) expect(spoken(prompt, language, 3, seed)).toContain(phrase);
  });

  it.each([
    ["fr", "Pourquoi le ciel est-il bleu ?", "Pourquoi le ciel est-il bleu?"],
    ["es", "¿Por qué llueve?", "¿Por qué llueve?"],
    ["it", "Come si fa il pane in casa?", "Come si fa il pane in casa?"],
    ["ar", "لماذا السماء زرقاء؟", "لماذا السماء زرقاء؟"],
  ] as const)("%s: a question stays a question: %s", (language, prompt, question) => {
    const script = writeScript({ prompt, sceneCount: 3, language, seed: "a" });
    expect(script.title).toBe(question);
    expect(script.scenes[0]?.narration).toContain(question);
  });

  it.each([
    ["fr", "Mariage de Fatou et Moussa samedi", "fête|invit|date|jour"],
    ["es", "Anuncio para mi tienda de zapatos en Malabo", "presentarte|noticias|mejor"],
    ["de", "Nachrichten über die Wahlen in Kenia", "Mittelpunkt|Tage|sprechen"],
    ["pt", "Uma palavra de fé e esperança para hoje", "pensamento|coração|respire"],
  ] as const)("%s: the kind is heard: %s", (language, prompt, words) => {
    for (const seed of seeds) expect(spoken(prompt, language, 1, seed)).toMatch(new RegExp(words, "iu"));
  });
});

it.each(["fr", "pt", "es", "de", "it", "af", "ar"] as const)(
  "%s quotes what is written in another language",
  (language) => {
    expect(spoken("How to save money on a small salary", language)).toContain("“How to save money on a small");
  },
);

it("tells a French prompt of several sentences in its own words", () => {
  const prompt =
    "Quand Awa avait neuf ans, sa grand-mère lui donna une poignée de graines. Elle les planta derrière la maison. " +
    "Personne n'y croyait, car la terre était dure. Aujourd'hui, sa ferme nourrit trois écoles.";
  const { scenes } = writeScript({ prompt, sceneCount: 4, language: "fr", seed: "a" });
  expect(scenes[0]?.narration).toContain("Quand Awa avait neuf ans");
  expect(scenes.map(({ narration }) => narration).join(" ")).toContain("Aujourd'hui, sa ferme nourrit trois écoles.");
});

it.each(languages.filter((language) => !writtenLanguages.some((written) => written === language)))(
  "%s is refused: nobody here can write it",
  (language) => {
    const write = () => writeScript({ prompt: "A farmer", sceneCount: 3, language, seed: "a" });
    expect(write).toThrow(expect.objectContaining({ code: "script_failed", isRetryable: false }));
  },
);
