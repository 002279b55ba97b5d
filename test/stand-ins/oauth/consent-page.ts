import { html, pageOf } from "../stripe/html.ts";
import { faults, people } from "./people.ts";

export function consentPage(kind: "google" | "github", origin: string, query: URLSearchParams): string {
  const name = kind === "google" ? "Google" : "GitHub";
  const hidden = html`<input type="hidden" name="query" value="${query.toString()}">`;
  const choices = people.map((person) => {
    const emails = person.emails.map(
      ({ email, isVerified }) => `${email} (${isVerified ? "verified" : "not verified"})`,
    );
    return html`<p><button class="strong" name="person" value="${person.id}">${person.name ?? "no name"}</button>
<span class="soft">${emails.join(", ") || "no address"}</span></p>`;
  });
  const options = faults.map((fault) => html`<option>${fault}</option>`);
  return pageOf(
    `Sign in with a stand-in for ${name}`,
    html`<h1>Sign in with a stand-in for ${name}</h1>
<section><form method="post" action="${origin}/consent">${hidden}
<p><label>What goes wrong <select name="fault">${options}</select></label></p>
${choices}
<p><button name="decision" value="deny">No, thank you</button></p></form></section>`,
    "narrow",
  );
}
