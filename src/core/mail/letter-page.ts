/**
 * The HTML of a letter. Mail programs know tables, inline styles and little else: one column, no pictures, nothing loaded.
 * Those that turn dark by themselves read `color-scheme` and the media query, and leave the rest alone.
 */
import type { MailLanguage } from "./letters.ts";

type LetterPage = {
  language: MailLanguage;
  subject: string;
  text: string;
  action?: string;
  note: string;
  link: string | null;
  copy: string;
  sender: string;
};

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const dark =
  ":root{color-scheme:light dark;supported-color-schemes:light dark}@media(prefers-color-scheme:dark){.page{background:#1c1613!important}.card{background:#2a221d!important}.ink{color:#f4efe9!important}.quiet{color:#b9aaa0!important}.plain{color:#f0a98a!important}}";

export function letterPage(letter: LetterPage): string {
  const { language, link, action } = letter;
  const subject = escapeHtml(letter.subject);
  const row = (content: string, style: string, kind: string) =>
    `<tr><td class="${kind}" style="${font};${style}">${content}</td></tr>`;
  const rows = [
    row(subject, "padding:0 0 12px;font-size:24px;line-height:1.25;font-weight:700;color:#2a2320", "ink"),
    row(escapeHtml(letter.text), "padding:0 0 24px;font-size:17px;line-height:1.5;color:#2a2320", "ink"),
    ...(link === null || action === undefined ? [] : linkRows(link, action, letter.copy)),
    row(escapeHtml(letter.note), "padding:0;font-size:15px;line-height:1.5;color:#6b5d54", "quiet"),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${dark}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4efe9">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4efe9"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#fffdfa;border-top:6px solid #b4441c"><tr><td style="padding:32px 28px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
${rows.join("\n")}
</table>
</td></tr></table>
<p class="quiet" style="${font};margin:16px 0 0;font-size:13px;line-height:1.5;color:#6b5d54">${escapeHtml(letter.sender)}</p>
</td></tr></table>
</body>
</html>
`;
}

function linkRows(link: string, action: string, copy: string): string[] {
  const address = escapeHtml(link);
  return [
    `<tr><td style="padding:0 0 24px"><a href="${address}" style="${font};display:inline-block;padding:14px 28px;border-radius:6px;background:#b4441c;color:#ffffff;font-size:17px;font-weight:600;text-decoration:none">${escapeHtml(action)}</a></td></tr>`,
    `<tr><td class="quiet" style="${font};padding:0 0 24px;font-size:13px;line-height:1.5;color:#6b5d54">${escapeHtml(copy)}<br><a class="plain" href="${address}" style="color:#7a2d12;word-break:break-all;overflow-wrap:anywhere">${address}</a></td></tr>`,
  ];
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
