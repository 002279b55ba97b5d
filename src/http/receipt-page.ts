/** A receipt, made to be printed on one sheet of A4: no script, nothing loaded, everything that came from a person escaped. */
import { html, raw } from "hono/html";
import type { Receipt } from "../core/payments/read-receipt.ts";
import { type ReceiptLanguage, receiptWords } from "./receipt-words.ts";

/** Kenya has one time all year: three hours before UTC. */
const nairobiAheadMs = 3 * 3_600_000;

export const receiptStyle = `
@page{size:A4;margin:18mm}
*{box-sizing:border-box}
body{margin:0;background:#f4efe9;color:#2a2320;font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:180mm;margin:32px auto;padding:48px;background:#fffdfa;border-top:6px solid #b4441c}
header{display:flex;justify-content:space-between;align-items:baseline;gap:24px}
h1{margin:0;font-size:28px;letter-spacing:-.01em}
.status{padding:2px 12px;border:1px solid currentColor;border-radius:99px;color:#7a2d12;font-weight:600}
.number{margin:4px 0 32px;color:#6b5d54;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.parties{display:grid;grid-template-columns:1fr 1fr;gap:24px;margin-bottom:32px}
h2{margin:0 0 4px;font-size:12px;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:#6b5d54}
p{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin-bottom:32px}
th,td{padding:10px 0;text-align:left;border-bottom:1px solid #e4dad0;vertical-align:top}
th{font-size:12px;letter-spacing:.06em;text-transform:uppercase;color:#6b5d54}
td:last-child,th:last-child{text-align:right;white-space:nowrap;padding-left:24px;font-variant-numeric:tabular-nums}
.total td{font-weight:700;font-size:17px;border-bottom:0}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 24px;margin:0 0 32px}
dt{color:#6b5d54}
dd{margin:0;overflow-wrap:anywhere}
footer{color:#6b5d54}
@media print{body{background:none}main{margin:0;padding:0;max-width:none;border-top-width:3px}}
@media(max-width:600px){main{margin:0;padding:24px}.parties{grid-template-columns:1fr}}
`;

export function receiptPage(receipt: Receipt, language: ReceiptLanguage, seller: { name: string; address: string }) {
  const say = receiptWords[language];
  const { buyer, bought, amount, currency, provider, reference, refunds } = receipt;
  const refunded = refunds.reduce((sum, one) => sum + one.amount, 0);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say.title} ${receipt.paymentId}</title>
<style>${raw(receiptStyle)}</style>
</head>
<body>
<main>
<header><h1>${say.title}</h1><span class="status">${statusWord(receipt, refunded, language)}</span></header>
<p class="number">${say.number} ${receipt.paymentId}</p>
<div class="parties">
<section><h2>${say.seller}</h2><p>${seller.name}</p><p>${seller.address}</p></section>
<section><h2>${say.buyer}</h2>${buyer === null ? html`<p>${say.unknownBuyer}</p>` : html`${buyer.name === null ? "" : html`<p>${buyer.name}</p>`}<p>${buyer.email}</p>`}</section>
</div>
<table>
<thead><tr><th scope="col">${say.item}</th><th scope="col">${say.amount}</th></tr></thead>
<tbody>
<tr><td>${itemName(bought, provider, language)}</td><td>${money(amount, currency)}</td></tr>
<tr class="total"><td>${say.total}</td><td>${money(amount, currency)}</td></tr>
${refunds.map((one) => html`<tr><td>${say.refund} ${bothTimes(one.atMs, language)}</td><td>−${money(one.amount, currency)}</td></tr>`)}
${refunds.length === 0 ? "" : html`<tr class="total"><td>${say.kept}</td><td>${money(Math.max(0, amount - refunded), currency)}</td></tr>`}
</tbody>
</table>
<dl>
<dt>${say.paidBy}</dt><dd>${say.provider[provider]}</dd>
${reference === null && provider === "stripe" ? "" : html`<dt>${say.reference[provider]}</dt><dd>${reference ?? say.noReference}</dd>`}
${receipt.phone === null ? "" : html`<dt>${say.phone}</dt><dd>+${receipt.phone}</dd>`}
<dt>${say.ordered}</dt><dd>${bothTimes(receipt.orderedAtMs, language)}</dd>
<dt>${say.paid}</dt><dd>${bothTimes(receipt.paidAtMs, language)}</dd>
</dl>
<footer>${say.thanks}</footer>
</main>
</body>
</html>`;
}

function statusWord({ status, amount }: Receipt, refunded: number, language: ReceiptLanguage): string {
  const say = receiptWords[language].status;
  if (status === "disputed") return say.disputed;
  if (refunded === 0) return say.paid;
  return refunded >= amount ? say.refunded : say.partly;
}

function itemName({ packageId, plan, credits, bonus }: Receipt["bought"], provider: string, language: ReceiptLanguage) {
  const say = receiptWords[language];
  if (plan !== null) return provider === "mpesa" ? say.phonePlan(capital(plan)) : say.plan(capital(plan));
  return (packageId === null ? "" : say.package(capital(packageId))) + say.credits(credits, bonus);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** From minor units: a hundred make one, of shillings too. */
function money(minor: number, currency: string): string {
  const [whole = "", cents] = (minor / 100).toFixed(2).split(".");
  return `${currency} ${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** In UTC and, in brackets, in Nairobi, with its own date where that is another one. */
function bothTimes(ms: number, language: ReceiptLanguage): string {
  const say = receiptWords[language];
  const [utc, nairobi] = [partsOf(ms, language), partsOf(ms + nairobiAheadMs, language)];
  const there = utc.date === nairobi.date ? nairobi.time : `${nairobi.date}, ${nairobi.time}`;
  return `${utc.date}, ${utc.time} ${say.utc} (${there} ${say.nairobi})`;
}

function partsOf(ms: number, language: ReceiptLanguage): { date: string; time: string } {
  const at = new Date(ms);
  const month = receiptWords[language].months.split(" ")[at.getUTCMonth()];
  return { date: `${at.getUTCDate()} ${month} ${at.getUTCFullYear()}`, time: at.toISOString().slice(11, 16) };
}
