import { point, required, type Template } from "../template.ts";

export const lessonTemplate: Template = {
  id: "lesson",
  name: { en: "Short lesson", sw: "Somo fupi" },
  description: {
    en: "One idea, explained in three steps with an example and a question to keep.",
    sw: "Wazo moja, likielezwa kwa hatua tatu, kwa mfano na swali la kubaki nalo.",
  },
  values: [
    required("topic", {
      description: { en: "The topic", sw: "Mada" },
      example: { en: "How plants drink", sw: "Jinsi mimea inavyokunywa maji" },
      max: 80,
    }),
    required(
      "idea",
      point(
        { en: "idea", sw: "Wazo" },
        {
          en: "A plant has no mouth, so it drinks with its roots",
          sw: "Mmea hauna mdomo, kwa hiyo hunywa kwa mizizi",
        },
      ),
    ),
    required(
      "how",
      point(
        { en: "how and why", sw: "Jinsi na sababu" },
        {
          en: "Water climbs through thin pipes in the stem, pulled up by the leaves as they dry in the sun",
          sw: "Maji hupanda kwenye mirija myembamba ya shina, yakivutwa na majani yanapokaushwa na jua",
        },
        240,
      ),
    ),
    required(
      "example",
      point(
        { en: "example", sw: "Mfano" },
        {
          en: "Put a white flower into blue water, and tomorrow it is blue",
          sw: "Weka ua jeupe kwenye maji ya buluu, na kesho litakuwa la buluu",
        },
        200,
      ),
    ),
    required("question", {
      description: { en: "A question to keep", sw: "Swali la kubaki nalo" },
      example: { en: "Why do leaves hang down at noon?", sw: "Kwa nini majani hunyauka adhuhuri?" },
      max: 140,
    }),
  ],
  title: { en: "{topic}", sw: "{topic}" },
  presets: {
    aspect: "16:9",
    music: "calm",
    captions: { style: "clean", position: "bottom" },
    image_style: "sketch",
    grade: "none",
    transition: "fade",
    titles: "scenes",
    voice: "zuri",
    font: "humanist",
  },
  scenes: [
    {
      title: { en: "Today", sw: "Leo" },
      text: { en: "Today's lesson: {topic}.", sw: "Somo la leo: {topic}." },
      picture: "a teacher at a blackboard with curious children: {topic}",
    },
    {
      title: { en: "The idea", sw: "Wazo" },
      text: { en: "{idea}.", sw: "{idea}." },
      picture: "{idea}",
    },
    {
      title: { en: "How it works", sw: "Inavyofanya kazi" },
      text: { en: "Here is how it works. {how}.", sw: "Hivi ndivyo inavyofanya kazi. {how}." },
      picture: "{how}",
    },
    {
      title: { en: "Try it", sw: "Jaribu" },
      text: { en: "Try it yourself. {example}.", sw: "Jaribu mwenyewe. {example}." },
      picture: "{example}",
    },
    {
      title: { en: "A question", sw: "Swali" },
      text: { en: "And a question to take home. {question}", sw: "Na swali la kwenda nalo nyumbani. {question}" },
      picture: "a child thinking under a tree with a book",
    },
  ],
};
