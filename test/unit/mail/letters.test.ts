import { describe, expect, it } from "vitest";
import { type Letter, letterValues, mailLanguages, type Template, templates } from "../../../src/core/mail/letters.ts";
import { renderLetter } from "../../../src/core/mail/render-letter.ts";

const link = 'https://studio.test/auth/magic?token=a&lang=sw"';
const filled = { link, tenant: "Duka letu", inviter: "Amina", receipt: "del_1", plan: "pro", amount: "USD 9.99" };
const written = templates.flatMap((template) => mailLanguages.map((language) => [template, language] as const));

function letterOf(template: Template, language: Letter["language"], values: Record<string, string> = filled) {
  const known = Object.fromEntries(Object.keys(letterValues[template].shape).map((name) => [name, values[name]]));
  return renderLetter({ template, language, values: known } as Letter);
}

describe("every letter", () => {
  it.each(written)("%s in %s is whole, in text and in HTML, and holds what it is filled with", (template, language) => {
    const { subject, text, html } = letterOf(template, language);
    expect(subject).toMatch(/^\S.{5,80}$/u);
    expect(html).toContain(`<html lang="${language}">`);
    const hasLink = "link" in letterValues[template].shape;
    expect(text.includes(link)).toBe(hasLink);
    expect(html.split('href="https://studio.test/auth/magic?token=a&amp;lang=sw&quot;"').length).toBe(hasLink ? 3 : 1);
    if ("receipt" in letterValues[template].shape) expect(text).toContain("del_1");
    expect(text + html).not.toMatch(/undefined|\[object|\$\{/);
  });

  it.each(written)("%s in %s loads nothing, and runs nothing", (template, language) => {
    const { html } = letterOf(template, language);
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form)\b|url\(|@import|@font-face|src=/i);
  });

  it.each(templates)("%s says in Swahili something else than in English", (template) => {
    const [english, swahili] = mailLanguages.map((language) => letterOf(template, language));
    expect(swahili?.subject).not.toBe(english?.subject);
    expect(swahili?.text).not.toBe(english?.text);
  });
});

describe("names that people chose", () => {
  const invitation = (tenant: string, inviter = "Amina") => letterOf("invitation", "en", { link, tenant, inviter });

  it("are text in HTML, whatever they hold", () => {
    const { html, text } = invitation("<b>Duka</b> & \"co\" <img src=x onerror='alert(1)'>", "A<i>mina");
    expect(html).not.toMatch(/<b>|<img|<i>/);
    expect(html).toContain("&lt;b&gt;Duka&lt;");
    expect(html).toContain("A&lt;i&gt;mina");
    expect(text).toContain("<b>Duka<");
  });

  it("stay on one line, so that no header can be made of a subject", () => {
    const { subject } = invitation("Duka\r\nBcc: everybody@example.com\u2028");
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(subject).toContain("Duka Bcc:");
  });

  it("become no links, and no letter of somebody else's", () => {
    const { text, html } = invitation("Win at https://evil.example/now or www.evil.example");
    for (const shown of [text, html]) expect(shown).not.toMatch(/https:\/\/evil|evil\.example/);
    const long = invitation("x".repeat(500)).subject;
    expect([...long].length).toBeLessThan(100);
    expect(long).toContain("…");
  });
});

describe("a letter whose values are not its template's", () => {
  it("is a bug, and told so", () => {
    expect(() => renderLetter({ template: "reset", language: "en", values: {} } as unknown as Letter)).toThrow();
  });
});
