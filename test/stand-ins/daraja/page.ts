/** The page of the served stand-in: a phone for each open prompt, with what its owner can do. Forms only, no script. */
import type { CallbackMode } from "./callback-modes.ts";
import type { StandInDaraja } from "./daraja.ts";
import { eatDateTime } from "./eat-time.ts";
import { magicPhoneOf } from "./magic-phones.ts";
import type { OutcomeName } from "./outcomes.ts";
import type { Delivery, Prompt } from "./world.ts";

export type Delivered = Delivery & { status: number; atMs: number };

export const pageActions: [OutcomeName, string][] = [
  ["paid", "Enter PIN and pay"],
  ["wrong_pin", "Wrong PIN"],
  ["cancelled", "Cancel"],
  ["unreachable", "Ignore"],
  ["no_balance", "No balance"],
];

export const pageModes: [CallbackMode, string][] = [
  ["normal", "arrives"],
  ["none", "is lost"],
  ["twice", "arrives twice"],
  ["late", "arrives late"],
];

const pastShown = 30;

export function drawPage(shown: { daraja: StandInDaraja; mode: CallbackMode; delivered: Delivered[]; now: number }) {
  const prompts = shown.daraja.listPrompts();
  const open = prompts.filter((prompt) => prompt.state === "open");
  const past = prompts.filter((prompt) => prompt.state !== "open").slice(0, pastShown);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Stand-in M-Pesa</title>
<style>${style}</style></head><body>
<header><h1>Stand-in M-Pesa</h1><p>No money moves here. Each phone below has been asked to pay; you are its owner.</p></header>
<section class="modes"><span>The callback of the next payment</span>
${pageModes.map(([name, words]) => modeButton(name, words, name === shown.mode)).join("\n")}</section>
<section class="phones">${open.map((prompt) => drawPhone(prompt, shown.now)).join("\n") || drawNothing()}</section>
<h2>Past prompts</h2>
<table><tr><th>When (EAT)</th><th>Phone</th><th>Amount</th><th>Account</th><th>What happened</th><th>Receipt</th></tr>
${past.map(drawPast).join("\n") || '<tr><td colspan="6">None yet.</td></tr>'}</table>
<h2>Callbacks sent</h2>
<table><tr><th>When (EAT)</th><th>What</th><th>To</th><th>Answer</th></tr>
${shown.delivered.map(drawDelivered).join("\n") || '<tr><td colspan="4">None yet.</td></tr>'}</table>
</body></html>`;
}

function modeButton(mode: CallbackMode, words: string, isChosen: boolean): string {
  return `<form method="post" action="/page/mode"><button name="mode" value="${mode}"${
    isChosen ? ' class="chosen" aria-pressed="true"' : ""
  }>${words}</button></form>`;
}

function drawPhone(prompt: Prompt, now: number): string {
  const buttons = pageActions.map(([name, words]) => `<button name="action" value="${name}">${words}</button>`);
  return `<form class="phone" method="post" action="/page/decide">
<input type="hidden" name="prompt" value="${escapeHtml(prompt.checkoutRequestId)}">
<b class="number">+${escapeHtml(prompt.phone)}</b>
<p>Do you want to pay <b>KSh ${prompt.amount.toLocaleString("en-KE")}</b> to Stand-in, account
<b>${escapeHtml(prompt.accountReference)}</b>?</p>
<p class="merchant">${escapeHtml(prompt.transactionDesc)}</p>
${buttons.join("\n")}
<small>Ends by itself in ${Math.max(0, Math.ceil((prompt.endsMs - now) / 1000))} s</small></form>`;
}

function drawNothing(): string {
  return `<p class="nothing">No phone is ringing. Start a payment in the studio; or use ${magicPhoneOf("paid")} there, which
pays by itself, or ${magicPhoneOf("cancelled")}, which cancels.</p>`;
}

function drawPast(prompt: Prompt): string {
  const { code = "", description = "" } = prompt.result ?? {};
  return `<tr><td>${eatDateTime(prompt.openedMs)}</td><td>+${escapeHtml(prompt.phone)}</td><td>KSh ${prompt.amount}</td>
<td>${escapeHtml(prompt.accountReference)}</td><td class="${code === "0" ? "good" : "bad"}">${escapeHtml(code)}: ${escapeHtml(
    description,
  )}</td><td>${prompt.receipt ?? ""}</td></tr>`;
}

/** Without the path's end: that is the secret of a payment. */
function drawDelivered(delivered: Delivered): string {
  const url = new URL(delivered.url);
  const place = `${url.origin}${url.pathname.slice(0, url.pathname.lastIndexOf("/"))}/…`;
  return `<tr><td>${eatDateTime(delivered.atMs)}</td><td>${delivered.kind}</td><td>${escapeHtml(place)}</td>
<td>${delivered.status === 0 ? "none" : delivered.status}</td></tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1c2b22; background: #f3f7f4 }
h1 { margin: 0; color: #137a3a } h2 { margin-top: 2.5rem; font-size: 1.1rem }
.modes { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1.5rem 0 }
button { font: inherit; padding: .45rem .9rem; border: 1px solid #b9cbbf; border-radius: .5rem; background: #fff; cursor: pointer }
button:hover { border-color: #137a3a } .chosen, .phone button[value=paid] { background: #137a3a; color: #fff; border-color: #137a3a }
.phones { display: flex; flex-wrap: wrap; gap: 1.5rem }
.phone { display: grid; gap: .5rem; width: 15rem; padding: 1.75rem 1.25rem; border: .5rem solid #26352c; border-radius: 2rem; background: #fff }
.phone p { margin: 0 } .phone small, .merchant, .number, .nothing { color: #5b6f63 }
table { width: 100%; border-collapse: collapse; background: #fff; font-size: .9rem }
th, td { padding: .4rem .6rem; text-align: left; border-bottom: 1px solid #dde7e0 } .good { color: #137a3a } .bad { color: #9b3412 }`;
