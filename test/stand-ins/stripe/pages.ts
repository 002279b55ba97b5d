/** Pages for people: the hosted ones that buyers are sent to, and a dashboard to press on. Forms alone, no scripts. */
import { ZodError } from "zod";
import { checkoutPage, pressCheckout } from "./checkout-page.ts";
import { dashboardPage } from "./dashboard-page.ts";
import { html, pageOf } from "./html.ts";
import { authenticatePage, invoicePage, receiptPage } from "./other-pages.ts";
import { portalPage } from "./portal-page.ts";
import type { Answer, RequestLike } from "./serve-request.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { StripeFault } from "./stripe-fault.ts";
import { perform, verbOf } from "./verbs.ts";

export function servePage(standIn: StandInStripe, request: RequestLike, url: URL, body: string): Answer {
  const [, place = "", second = "", third = ""] = url.pathname.split("/");
  const note = url.searchParams.get("note");
  try {
    if (request.method === "POST") {
      const fields = fieldsOf(body);
      if (place === "press") return press(standIn, second, fields);
      if (place === "c" && second === "pay") return goTo(pressCheckout(standIn, third, fields));
      return page(404, "Not found", "There is nothing to press here.");
    }
    if (place === "") return show(dashboardPage(standIn, note));
    if (place === "c" && second === "pay") return show(checkoutPage(standIn, third, note));
    if (place === "p" && second === "session") return show(portalPage(standIn, third, note));
    if (place === "authenticate") return show(authenticatePage(standIn, second));
    if (place === "i") return show(invoicePage(standIn, second, note));
    if (place === "receipts") return show(receiptPage(standIn, second));
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return page(error.status, "That did not work", error.message);
  }
  return page(404, "Not found", "The stand-in has no such page.");
}

/** A button's verb, and back to where it was pressed, with what it said. */
function press(standIn: StandInStripe, path: string, { back = "/", ...fields }: Record<string, string>): Answer {
  const verb = verbOf(path);
  if (verb === null) return page(404, "Not found", "The stand-in has no such verb.");
  const say = (note: string) => goTo(withNote(back, note));
  try {
    perform(standIn, verb, valuesOf(fields));
    // A buyer who was led away is led back; everybody else learns that it was done.
    return back.startsWith("/") ? say(`Done: ${path.replaceAll("-", " ")}.`) : goTo(back);
  } catch (error) {
    if (error instanceof StripeFault) return say(error.message);
    if (error instanceof ZodError) return say("A field was not filled in as it must be.");
    throw error;
  }
}

function withNote(back: string, note: string): string {
  return `${back}${back.includes("?") ? "&" : "?"}note=${encodeURIComponent(note)}`;
}

function fieldsOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

const numbers = ["amount", "ms", "times", "discountAmount"];
const flags = ["isAuthenticated", "isPending", "withdraws", "reinstates"];

/** A form has texts alone; what was left empty was not said. */
function valuesOf(fields: Record<string, string>): Record<string, unknown> {
  const said = Object.entries(fields).filter(([, value]) => value !== "");
  return Object.fromEntries(
    said.map(([name, value]) => {
      if (numbers.includes(name)) return [name, Number(value)];
      return [name, flags.includes(name) ? value === "true" : value];
    }),
  );
}

function show(body: string): Answer {
  return { status: 200, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }, body };
}

function goTo(location: string): Answer {
  return { status: 303, headers: { Location: location }, body: "" };
}

function page(status: number, title: string, words: string): Answer {
  return { ...show(pageOf(title, html`<h1>${title}</h1><p>${words}</p>`, "narrow")), status };
}
