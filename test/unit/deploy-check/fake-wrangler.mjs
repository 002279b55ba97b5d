/** Stands in for wrangler, signed in to an account that the test describes in ACCOUNT; it speaks as 4.156.2 does. */
const { isSignedIn, isNew, mayListSecrets, secrets, waitingMigrations, queues, buckets } = JSON.parse(
  process.env.ACCOUNT,
);
const queuesAPage = 5;
const [option, config] = process.argv.slice(-2);
const asked = process.argv.slice(2, -2).join(" ");

/** Its colours are there in a pipe, too. */
function fail(words) {
  console.error(`\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1m${words}\u001b[0m\n\n`);
  console.error('🪵  Logs were written to "/home/amina/.config/.wrangler/logs/wrangler-1.log"');
  process.exit(1);
}

if (option !== "--config" || config !== process.env.CONFIG) fail(`asked about ${config}`);
if (!isSignedIn) fail("You are not authenticated. Please run `wrangler login`.");
console.error(
  "\u001b[33m▲ \u001b[43;33m[\u001b[43;30mWARNING\u001b[43;33m]\u001b[0m Processing wrangler.toml configuration:",
);
if (asked === "whoami --json") console.log(JSON.stringify({ loggedIn: true }));
else if (asked === "secret list --format json") {
  if (isNew)
    fail(
      'Worker "shujaa-studio" not found.\u001b[0m\n\n  If this is a new Worker, run `wrangler deploy` first to create it.',
    );
  if (!mayListSecrets)
    fail("A request to the Cloudflare API (/secrets) failed.\u001b[0m\n\n  Authentication error [code: 10000]");
  console.log(
    JSON.stringify(
      secrets.map((name) => ({ name, type: "secret_text" })),
      null,
      2,
    ),
  );
} else if (asked === "d1 migrations list DB --remote")
  console.log(
    waitingMigrations.length === 0
      ? "✅ No migrations to apply!"
      : `Migrations to be applied:\n${waitingMigrations.join("\n")}`,
  );
else if (asked.startsWith("queues list --page ")) {
  const page = Number(asked.split(" ").at(-1));
  const shown = queues.slice((page - 1) * queuesAPage, page * queuesAPage);
  console.log(shown.map((name) => `│ 0f3a │ ${name} │ 2026-11-25 │`).join("\n"));
} else if (asked === "r2 bucket list") console.log(buckets.map((name) => `name:           ${name}`).join("\n"));
else fail(`Unknown arguments: ${asked}`);
console.log("There is a newer version of Wrangler available (current: 4.156.2, latest: 4.164.0).");
