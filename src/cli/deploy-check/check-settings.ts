/** Whether the settings that a feature needs are there, and of the right kind where their values are at hand. */
import { checkVariables } from "../../env.ts";
import { type Feature, features } from "./features.ts";
import { type Finding, off, ok, unknown, wrong } from "./finding.ts";

export type Settings = {
  /** Which are set, in wrangler.toml or as secrets. */
  names: ReadonlySet<string>;
  /** false: others may be stored at Cloudflare, which could not be asked. */
  areAllNamesKnown: boolean;
  /** Those whose value is known here: of wrangler.toml's [vars] and of the file of secrets. */
  values: Readonly<Record<string, string>>;
  /** wrangler.toml binds a mailer, so MAIL_API_KEY is not needed. */
  hasMailBinding: boolean;
  hasModelBinding: boolean;
};

export function checkSettings(settings: Settings): Finding[] {
  return [...features.map((feature) => checkFeature(feature, settings)), ...checkShapes(settings)];
}

function checkFeature(feature: Feature, settings: Settings): Finding {
  const { name, isRequired = false, without } = feature;
  const needs = feature.needs.filter((need) => need !== "MAIL_API_KEY" || !settings.hasMailBinding);
  const missing = needs.filter((need) => !settings.names.has(need));
  if (missing.length === 0) return ok(`settings: ${name}`);
  if (name === "models over HTTP" && settings.hasModelBinding) return ok("settings: models by the binding AI");
  if (!settings.areAllNamesKnown)
    return unknown(
      `settings: ${name}`,
      `Whether ${missing.join(", ")} is set is not known here: --secrets FILE tells.`,
    );
  if (isRequired) return wrong(`settings: ${missing.join(", ")} is not set`, `Without it ${without}.`);
  const isHalf =
    missing.length < needs.length || feature.may.some((may) => settings.names.has(may) && !(may in settings.values));
  if (isHalf)
    return wrong(
      `settings: ${name} is set up by half: ${missing.join(", ")} is missing`,
      "Set it, or remove the others.",
    );
  return off(`settings: ${name} is not set up`, `Without it ${without}.`);
}

/** Stands for a value that is stored at Cloudflare: with it another one can be told to be missing or not. */
const unseen = "a value that is stored and cannot be seen";

/** What the Worker itself would refuse, in its own words; and what it takes although it is a mistake in production. */
function checkShapes({ names, values, areAllNamesKnown }: Settings): Finding[] {
  const hidden = [...names].filter((name) => !(name in values));
  const given = Object.fromEntries(hidden.map((name) => [name, unseen]));
  const refused = checkVariables({ JWT_SECRET: unseen, ...given, ...values })
    .filter((words) => !hidden.includes(words.split(/[.:]/)[0] ?? ""))
    .map((words) => wrong(`settings: ${words}`, "The Worker would not start with it."));
  const mistaken = mistakes.filter(({ name, isMistake }) => values[name] !== undefined && isMistake(values[name]));
  const found = [...refused, ...mistaken.map(({ name, words, todo }) => wrong(`settings: ${name} ${words}`, todo))];
  if (hidden.length > 0 || !areAllNamesKnown)
    found.push(
      unknown(
        "settings: the values of stored secrets",
        "Cloudflare shows names alone. Give the file they came from: --secrets FILE.",
      ),
    );
  return found.length === 0 ? [ok("settings: their values are of the right kind")] : found;
}

const mistakes: { name: string; isMistake: (value: string) => boolean; words: string; todo: string }[] = [
  {
    name: "PUBLIC_URL",
    isMistake: (value) => !value.startsWith("https://"),
    words: "is not https",
    todo: "Safaricom calls back over https alone, and cookies need it.",
  },
  {
    name: "STRIPE_SECRET_KEY",
    isMistake: (value) => /_test_/.test(value),
    words: "is a test key",
    todo: "No money moves with it: take the live one.",
  },
  {
    name: "STRIPE_WEBHOOK_SECRET",
    isMistake: (value) => value.split(",").some((secret) => !secret.trim().startsWith("whsec_")),
    words: "does not begin with whsec_",
    todo: "It is the signing secret of the webhook endpoint, not the API key.",
  },
  {
    name: "MPESA_API_BASE",
    isMistake: (value) => value.includes("sandbox"),
    words: "is the sandbox",
    todo: "No money moves there: remove it, or set https://api.safaricom.co.ke.",
  },
  {
    name: "RENDERER_URL",
    isMistake: (value) => value !== "",
    words: "is set",
    todo: "Renders would go there and not to the containers: remove it.",
  },
];
