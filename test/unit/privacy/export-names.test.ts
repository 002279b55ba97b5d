import { describe, expect, it } from "vitest";
import { nameOf } from "../../../src/core/privacy/export-entries.ts";
import { exportIndex } from "../../../src/core/privacy/export-index.ts";

describe("the name of a file in an export", () => {
  const id = "vid_1";
  it.each([
    ["A day in Nairobi", "A-day-in-Nairobi-vid_1.mp4"],
    ["../../etc/passwd", "etc-passwd-vid_1.mp4"],
    ["C:\\Windows\\nul", "C-Windows-nul-vid_1.mp4"],
    ['a"b<c>d|e?f*g\u0000h\r\ni', "a-b-c-d-e-f-g-h-i-vid_1.mp4"],
    ["\u202egpj.exe", "gpj-exe-vid_1.mp4"],
    ["ሰላም ዓለም", "ሰላም-ዓለም-vid_1.mp4"],
    ["हिन्दी", "हिन्दी-vid_1.mp4"],
    ["🎬🎬", "untitled-vid_1.mp4"],
    ["", "untitled-vid_1.mp4"],
    ["...", "untitled-vid_1.mp4"],
    ["a".repeat(200), `${"a".repeat(60)}-vid_1.mp4`],
    ["𝟙".repeat(80), `${"1".repeat(60)}-vid_1.mp4`],
  ])("of %j is %s", (title, name) => {
    expect(nameOf({ title, id, ending: ".mp4" })).toBe(name);
  });
});

describe("the index of an export", () => {
  const about = { exportId: "exp_1", tenantId: "ten_1", madeAtMs: Date.UTC(2031, 0, 2, 3, 4, 5) };

  it("says when and for whom it was made, and how much there is", () => {
    const files = [
      { name: "data/videos.json", size: 999, what: "Records" },
      { name: "files/videos/a b.mp4", size: 1_500_000, what: "Your file" },
    ];
    const page = exportIndex({ files, missing: [] }, about);
    expect(page).toContain("2031-01-02T03:04:05.000Z");
    expect(page).toContain("ten_1");
    expect(page).toContain("2 files, 1.5 MB in all");
    expect(page).toContain('<a href="files/videos/a%20b.mp4">files/videos/a b.mp4</a>');
    expect(page).toContain("<td>999 bytes</td>");
    expect(page).not.toContain("Not found");
  });

  it("runs nothing, whatever the names are", () => {
    const name = `<script>alert("1")</script>'&`;
    const page = exportIndex({ files: [{ name, size: 1, what: name }], missing: [name] }, about);
    expect(page).not.toContain("<script");
    expect(page).not.toContain("javascript:");
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;");
    expect(page).toContain("default-src 'none'");
  });
});
