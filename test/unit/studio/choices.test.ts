import { expect, test } from "vitest";
import * as contract from "../../../src/contract/video.ts";
import * as choices from "../../../src/studio/features/create/choices.ts";

test.each([
  ["spoken languages", choices.spokenLanguages, contract.spokenLanguages],
  ["written languages", choices.writtenLanguages, contract.writtenLanguages],
  ["shapes", choices.aspects, contract.aspects],
  ["styles", choices.pictureStyles, contract.pictureStyles],
  ["grades", choices.grades, contract.grades],
  ["voices", choices.voiceNames, contract.voiceNames],
  ["captions", choices.captionStyles, contract.captionStyles],
  ["moods", choices.musicMoods, contract.musicMoods],
  ["resolutions", choices.resolutions, contract.resolutions],
] as const)("of %s the studio offers what the contract knows, all of it and nothing else", (_, offered, known) => {
  expect([...offered].sort()).toEqual([...known].sort());
});

test("as much may be typed as the contract takes", () => {
  expect([choices.promptMax, choices.scriptMax, choices.sceneMax, choices.scenesMax]).toEqual([
    contract.promptMaxCharacters,
    contract.scriptMaxCharacters,
    contract.sceneTextMaxCharacters,
    contract.scenesMax,
  ]);
});
