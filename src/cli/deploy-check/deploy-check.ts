/** `npm run deploy:check`: whether what is about to be deployed is set up. docs/deployment.md says how each thing is. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { unstable_readConfig as readConfig } from "wrangler";
import { root } from "../local-settings.ts";
import { createAskWrangler } from "./ask-wrangler.ts";
import { checkAccount, listSecrets, notSignedIn } from "./check-account.ts";
import { checkCards } from "./check-cards.ts";
import { checkPhones } from "./check-phones.ts";
import { checkSettings } from "./check-settings.ts";
import { checkWranglerFile } from "./check-wrangler-file.ts";
import { type Finding, tell } from "./finding.ts";

const usage = `npm run deploy:check [-- options]

  --secrets FILE   NAME=value lines that the Worker's secrets were, or will be, set from: with it their values are looked at, and
                   Stripe and Daraja are asked with them. No value is printed.
  --config FILE    another wrangler.toml

Ends with 1 when anything is wrong. What could not be looked at is told, and is not wrong.`;

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: { secrets: { type: "string" }, config: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (options.help) return console.log(usage);
  const configFile = resolve(options.config ?? join(root, "wrangler.toml"));
  const config = readConfig({ config: configFile });
  const secrets = options.secrets === undefined ? {} : parseEnv(await readFile(options.secrets, "utf8"));
  const values = setOnes({ ...config.vars, ...secrets });
  const ask = createAskWrangler(configFile);
  const stored = await listSecrets(ask);
  const findings: Finding[] = [
    ...checkWranglerFile(config, await exportedClasses()),
    ...checkSettings({
      names: new Set([...Object.keys(values), ...(stored.names ?? [])]),
      areAllNamesKnown: stored.names !== null || options.secrets !== undefined,
      values,
      hasMailBinding: config.send_email.some((mailer: { name: string }) => mailer.name === "EMAIL"),
      hasModelBinding: config.ai !== undefined,
    }),
    ...stored.findings,
    ...(stored.isSignedIn ? await checkAccount(config, ask) : [notSignedIn]),
    ...(await checkCards(values)),
    ...(await checkPhones(values)),
  ];
  for (const finding of findings) console.log(tell(finding));
  const count = (state: Finding["state"]) => findings.filter((one) => one.state === state).length;
  console.log(
    `\n${count("ok")} ok, ${count("off")} not set up, ${count("unknown")} not looked at, ${count("wrong")} wrong`,
  );
  if (count("wrong") > 0) process.exitCode = 1;
}

/** An empty setting is one that is not set (src/env.ts). */
function setOnes(given: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(given).flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

async function exportedClasses(): Promise<ReadonlySet<string>> {
  const worker = await readFile(join(root, "src/worker.ts"), "utf8");
  return new Set(Array.from(worker.matchAll(/export\s*\{\s*(\w+)\s*\}/g), ([, name = ""]) => name));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
