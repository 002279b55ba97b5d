/** Stands in for wrangler, signed in to an account that the test describes in ACCOUNT. */
const { isSignedIn, secrets, waitingMigrations, queues, buckets } = JSON.parse(process.env.ACCOUNT);
const asked = process.argv.slice(2).join(" ");

if (!isSignedIn) {
  console.error("You are not authenticated. Please run `wrangler login`.");
  process.exit(1);
}
if (asked === "whoami --json") console.log(JSON.stringify({ loggedIn: true }));
else if (asked === "secret list --format json")
  console.log(JSON.stringify(secrets.map((name) => ({ name, type: "secret_text" }))));
else if (asked === "d1 migrations list DB --remote")
  console.log(
    waitingMigrations.length === 0
      ? "✅ No migrations to apply!"
      : `Migrations to be applied:\n${waitingMigrations.join("\n")}`,
  );
else if (asked === "queues list") console.log(queues.map((name) => `│ 0f3a │ ${name} │ 2026-11-25 │`).join("\n"));
else if (asked === "r2 bucket list") console.log(buckets.map((name) => `name:           ${name}`).join("\n"));
else {
  console.error(`Unknown arguments: ${asked}`);
  process.exit(1);
}
