import { describe, expect, it } from "vitest";
import { chooseMotif, chooseSetting, matchScene } from "../../../container/picture/match.ts";
import { motifs } from "../../../container/picture/motifs.ts";

function seen(narration: string, options: { title?: string; videoTitle?: string; turn?: number } = {}) {
  const match = matchScene({ narration, title: options.title ?? "", videoTitle: options.videoTitle ?? "" });
  const turn = options.turn ?? 0;
  const motif = chooseMotif(match, turn);
  return { motif, setting: chooseSetting(motif, match, turn), time: match.time, isWoman: match.isWoman };
}

describe("what a scene shows", () => {
  it.each([
    ["An entrepreneur opens her laptop in Nairobi.", "laptop", ["office", "terrace"]],
    ["Mama mboga sells tomatoes at the market.", "stall", ["street", "village", "city", "coast", "farm"]],
    ["Mteja analipa na M-Pesa kwa sekunde mbili.", "payment", undefined],
    ["Mathree za town ziko rada usiku.", "matatu", undefined],
    ["Nduthi ndio ofisi yangu, naride mtaani.", "boda", ["street"]],
    ["Mkulima analima shamba lake.", "farmer", ["farm"]],
    ["A dhow sails along the coast of Lamu.", "dhow", ["coast"]],
    ["The striker scores in a full stadium.", "footballer", ["pitch"]],
    ["The doctor sees patients at the hospital.", "doctor", ["ward"]],
    ["Mwalimu anafundisha darasani.", "teacher", ["classroom"]],
    ["The chef cooks pilau in the kitchen.", "cook", ["kitchen"]],
    ["Une boulangerie à Dakar ouvre à cinq heures.", "cook", undefined],
    ["A mason who skips one day of drying builds a wall that cracks.", "maker", undefined],
    ["Artificial intelligence learns from examples.", "network", undefined],
    ["Our servers run in a data centre.", "servers", undefined],
    ["Elephants cross the plains of Amboseli.", "elephants", ["savannah"]],
    ["Weka akiba kila siku.", "coins", undefined],
    ["Revenue grows by 300 percent in a year.", "chart", undefined],
    ["The team meets in the boardroom.", "team", ["office"]],
    ["Solar panels and wind turbines bring renewable energy.", "solar", undefined],
    ["She became an Olympic champion and won gold.", "trophy", undefined],
    ["Containers arrive at the port of Mombasa.", "ship", ["port"]],
    ["They pray in church on Sunday.", "overlook", ["church"]],
    ["Ramadan begins at the mosque.", "overlook", ["mosque"]],
    ["Mount Kenya rises over the clouds.", "overlook", ["mountain"]],
    ["The singer holds the microphone before the crowd.", "performer", ["theatre"]],
    ["Kipchoge runs a marathon.", "runner", undefined],
  ])("%s → %s", (narration, motif, settings) => {
    const scene = seen(narration);
    expect(scene.motif).toBe(motif);
    if (settings) expect(settings).toContain(scene.setting);
  });

  it.each([
    ["Le marché s'éveille au petit matin.", "stall"],
    ["Os agricultores celebram a colheita.", "farmer"],
    ["El médico atiende en la clínica.", "doctor"],
    ["Der Lehrer erklärt den Unterricht.", "teacher"],
    ["La famiglia si riunisce: la madre e i bambini.", "family"],
    ["Die boer begin vroeg met die oes.", "farmer"],
    ["الطبيب يزور المرضى في المستشفى", "doctor"],
    ["በገበያ ውስጥ ፍራፍሬ ይሸጣል", "stall"],
    ["किसान खेत में काम करता है", "farmer"],
    ["डॉक्टर अस्पताल में हैं", "doctor"],
    ["Ngaka e thusa kwa bookelong.", "doctor"],
    ["Bwana ni mchungaji wangu, tunaomba pamoja kanisani.", "overlook"],
    ["Foleni ya Thika Road leo asubuhi.", "matatu"],
  ])("understands the key words of other languages: %s → %s", (narration, motif) => {
    expect(seen(narration).motif).toBe(motif);
  });

  it("shows Nairobi's towers only where no other place is named", () => {
    const isElsewhere = (narration: string) => matchScene({ narration, title: "", videoTitle: "" }).isElsewhere;
    expect(isElsewhere("A startup grows.")).toBe(false);
    expect(isElsewhere("Biashara mpya Nairobi")).toBe(false);
    expect(isElsewhere("Traffic in Lagos at rush hour.")).toBe(true);
    expect(isElsewhere("سوق المدينة")).toBe(true);
  });

  it.each([
    ["We did it well, mara nyingi sana.", "water"],
    ["We did it well, mara nyingi sana.", "giraffe"],
    ["Basi, twende kazi.", "matatu"],
  ])("takes no common word for a thing: %s is not %s", (narration, motif) => {
    expect(matchScene({ narration, title: "", videoTitle: "" }).motifs.map(({ name }) => name)).not.toContain(motif);
  });

  it("lets the scene outweigh the video's title, and the title decide what the scene leaves open", () => {
    expect(seen("The farmer harvests maize.", { videoTitle: "Football in Nairobi" }).motif).toBe("farmer");
    expect(seen("It goes on.", { videoTitle: "Football in Kisumu" }).motif).toBe("footballer");
    expect(["office", "terrace"]).toContain(seen("She opens her laptop.", { videoTitle: "Life in Nairobi" }).setting);
  });

  it("reads case, accents, plurals and curly apostrophes as people write them", () => {
    expect(seen("GIRAFFES!").motif).toBe("giraffe");
    expect(seen("Ng’ombe wa Maasai").motif).toBe("cattle");
    expect(seen("boda-bodas everywhere").motif).toBe("boda");
    expect(seen("M‑Pesa").motif).toBe("payment");
  });

  it.each([
    ["Every morning", "dawn"],
    ["Jioni moja", "dusk"],
    ["At midnight", "night"],
    ["Saa sita mchana", "day"],
    ["Once", undefined],
  ])("hears the time of day: %s → %s", (narration, time) => {
    expect(seen(narration).time).toBe(time);
  });

  it.each([
    ["She opens a shop", true],
    ["Baba anaenda kazini", false],
    ["They work", undefined],
  ])("hears who it is about: %s", (narration, isWoman) => {
    expect(seen(narration).isWoman).toBe(isWoman);
  });

  it("shows something else in each turn when nothing is recognised", () => {
    const shown = [0, 1, 2, 3, 4].map((turn) => seen("It goes on.", { turn }).motif);
    expect(new Set(shown).size).toBe(5);
  });

  it("only ever names a place the subject can be in", () => {
    for (const narration of ["Giraffes in the hospital", "A dhow in the classroom", "Soccer at the office", "xyzzy"]) {
      const { motif, setting } = seen(narration);
      expect(motifs[motif].settings).toContain(setting);
    }
  });
});
