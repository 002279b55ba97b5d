import { describe, expect, it } from "vitest";
import { boldFontFile } from "../../../container/picture/font.ts";
import { readFontMetrics } from "../../../container/picture/font-metrics.ts";
import { drawableText, escapeXml, fitText } from "../../../container/picture/text.ts";

const font = readFontMetrics(boldFontFile);

describe("text in a picture", () => {
  it("escapes what means something in XML and drops what XML cannot hold", () => {
    expect(escapeXml(`<text>&"]]>`)).toBe("&lt;text&gt;&amp;&quot;]]&gt;");
    expect(escapeXml("a\u0000b\u0008c\u000bd\u001fe\ufffef\uffffg\ud800h")).toBe("abcdefgh");
  });

  it.each([
    ["Habari 🎉 Kenya", "Habari Kenya"],
    ["Ni sawa 👩🏾‍💻!", "Ni sawa!"],
    ["ş ğ ñ Ł Ā ž", "ş ğ ñ Ł Ā ž"],
    ["Ĝis morgaŭ", "Gis morgaŭ"],
    ["Cafe\u0301", "Café"],
    ["  two \n lines\t", "two lines"],
    ["ሰላም", ""],
    ["سلام", ""],
    ["🎉🎉", ""],
    ["…!", ""],
    ["", ""],
  ])("keeps what the font draws: %j → %j", (text, drawn) => {
    expect(drawableText(text, font)).toBe(drawn);
  });

  it.each([
    "Nairobi",
    "How Wanjiku built a startup in Nairobi",
    "A".repeat(120),
    "word ".repeat(40).trim(),
    "Pneumonoultramicroscopicsilicovolcanoconiosis and other short words",
    "W",
  ])("fits four lines: %s", (text) => {
    const block = fitText(text, font, 600, 4, [96, 72, 54]);
    expect(block.lines.length).toBeGreaterThan(0);
    expect(block.lines.length).toBeLessThanOrEqual(4);
    for (const line of block.lines) expect(font.width(line, block.size)).toBeLessThanOrEqual(600);
  });

  it("loses no word that fits, and says so where it cuts", () => {
    const title = "How Wanjiku built a startup in Nairobi";
    expect(fitText(title, font, 600, 4, [96, 72, 54]).lines.join(" ")).toBe(title);
    expect(fitText("word ".repeat(60).trim(), font, 600, 4, [96, 72, 54]).lines.at(-1)).toMatch(/…$/);
  });

  it("takes the largest size that keeps words whole", () => {
    expect(fitText("Lamu", font, 600, 4, [96, 72, 54]).size).toBe(96);
    expect(fitText("Ushirikianoulimwenguni wetu", font, 600, 4, [96, 54, 40]).lines.join(" ")).toBe(
      "Ushirikianoulimwenguni wetu",
    );
  });
});
