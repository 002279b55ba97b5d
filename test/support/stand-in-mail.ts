/**
 * The mail provider for Workers under test, by host: `mail-NAME.test` is NAME's alone. `GET /stand-in/mails` tells what it was
 * sent, and how often it was asked; `POST /stand-in/faults ["away", …]` has the next calls fail.
 */
import { type Request, Response } from "miniflare";
import { toResponse } from "../stand-ins/daraja/answers.ts";
import { type KeptMail, type MailFault, StandInMail } from "../stand-ins/mail/stand-in-mail.ts";
import { mailKey } from "./mail-settings.ts";

export type Mailbox = { mails: KeptMail[]; calls: number };

const standIns = new Map<string, StandInMail>();

export function isMailHost(hostname: string): boolean {
  return /^mail-[\w-]+\.test$/.test(hostname);
}

export async function standInMail(request: Request): Promise<Response> {
  const { hostname, pathname } = new URL(request.url);
  const standIn = standIns.get(hostname) ?? new StandInMail({ key: mailKey, now: Date.now });
  standIns.set(hostname, standIn);
  if (pathname === "/stand-in/mails")
    return Response.json({ mails: standIn.mails, calls: standIn.calls } satisfies Mailbox);
  if (pathname === "/stand-in/faults") {
    standIn.failNext(...((await request.json()) as MailFault[]));
    return new Response(null, { status: 204 });
  }
  // A lost answer is an empty 502 here: the service that stands in cannot break a connection.
  const { method, url, headers } = request;
  return toResponse(await standIn.answer({ method, url, headers, text: () => request.text() }), Response);
}
