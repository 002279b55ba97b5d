/** The driver over HTTP: POST /stand-in/<verb> with the verb's JSON body, for tests that live on the other side of a socket. */
import { ZodError } from "zod";
import { bodies } from "./bodies.ts";
import type { Answer } from "./serve-request.ts";
import type { StandInStripe } from "./stand-in-stripe.ts";
import { StripeFault } from "./stripe-fault.ts";

export type VerbName = keyof typeof bodies;

/** `pay-session` for `paySession`. */
export function pathOf(verb: VerbName): string {
  return verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const verbsByPath = new Map((Object.keys(bodies) as VerbName[]).map((verb) => [pathOf(verb), verb]));

export function verbOf(path: string): VerbName | null {
  return verbsByPath.get(path) ?? null;
}

/** Whatever the verb, one object goes in and one answer comes out. */
export function perform(standIn: StandInStripe, verb: VerbName, given: unknown): unknown {
  const method = standIn[verb] as (given: unknown) => unknown;
  return method.call(standIn, given);
}

export function serveVerb(standIn: StandInStripe, method: string, pathname: string, body: string): Answer {
  const verb = verbOf(pathname.slice("/stand-in/".length));
  if (verb === null || method !== "POST") {
    const known = [...verbsByPath.keys()].map((path) => `POST /stand-in/${path}`);
    return answer(404, { error: { message: "The stand-in has no such verb.", known } });
  }
  try {
    return answer(200, perform(standIn, verb, body === "" ? {} : JSON.parse(body)));
  } catch (error) {
    if (error instanceof StripeFault) return answer(409, error.toBody("req_stand_in"));
    if (error instanceof ZodError) return answer(400, { error: { message: `${verb}: ${error.message}` } });
    if (error instanceof SyntaxError) return answer(400, { error: { message: "The body is no JSON." } });
    throw error;
  }
}

function answer(status: number, value: unknown): Answer {
  return { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}
