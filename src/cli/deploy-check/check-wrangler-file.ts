/** Whether wrangler.toml is one that can be deployed, and agrees with itself. */
import type { Unstable_Config as Config } from "wrangler";
import { type Finding, ok, wrong } from "./finding.ts";

/** What the repository holds in place of an account's own. */
const noDatabase = "00000000-0000-0000-0000-000000000000";
const leadQueue = "shujaa-render";

export function checkWranglerFile(config: Config, exportedClasses: ReadonlySet<string>): Finding[] {
  return [
    checkEnvironment(config),
    checkDatabase(config),
    checkQueues(config),
    checkObjects(config, exportedClasses),
    checkRenderers(config),
    checkCron(config),
  ];
}

function checkEnvironment({ vars }: Config): Finding {
  if (vars.ENVIRONMENT === "production") return ok("wrangler.toml: ENVIRONMENT is production");
  return wrong(
    "wrangler.toml: ENVIRONMENT is not production",
    "Stand-ins' addresses would be taken, and errors say more than they should: set it.",
  );
}

function checkDatabase({ d1_databases: databases }: Config): Finding {
  const database = databases.find(({ binding }) => binding === "DB");
  if (database?.database_id === undefined || database.database_id === noDatabase)
    return wrong(
      "wrangler.toml: the database has no id of your account",
      "npx wrangler d1 create shujaa-studio, then put its database_id there.",
    );
  return ok("wrangler.toml: the database has an id");
}

/** A message that nobody reads is lost after four days; a dead one that nobody reads is a video that never ends. */
function checkQueues({ queues }: Config): Finding {
  const consumed = new Set((queues.consumers ?? []).map(({ queue }) => queue));
  const sent = (queues.producers ?? []).flatMap(({ queue }) => queue ?? []);
  const dead = (queues.consumers ?? []).flatMap(({ dead_letter_queue: queue }) => queue ?? []);
  const unread = [...sent, ...dead].filter((queue) => !consumed.has(queue));
  if (unread.length > 0)
    return wrong(`wrangler.toml: nobody reads ${unread.join(", ")}`, "Add a [[queues.consumers]] for each.");
  return ok(`wrangler.toml: each of ${new Set([...sent, ...dead]).size} queues is read`);
}

function checkObjects({ durable_objects: objects, migrations }: Config, exported: ReadonlySet<string>): Finding {
  const classes = objects.bindings.map(({ class_name: name }) => name);
  const made = new Set(migrations.flatMap(({ new_sqlite_classes: names = [] }) => names));
  const missing = classes.filter((name) => !made.has(name) || !exported.has(name));
  if (missing.length > 0)
    return wrong(
      `wrangler.toml: ${missing.join(", ")} has no migration, or src/worker.ts does not export it`,
      "Add a [[migrations]] with new_sqlite_classes and a new tag; never change one that was deployed.",
    );
  return ok(`wrangler.toml: ${classes.length} Durable Objects, each with its migration`);
}

function checkRenderers({ queues, containers = [], vars }: Config): Finding {
  const atOnce = queues.consumers?.find(({ queue }) => queue === leadQueue)?.max_concurrency ?? 0;
  const instances = containers[0]?.max_instances ?? 0;
  const needed = atOnce * Number(vars.RENDER_FAN_OUT);
  if (Number(vars.RENDER_PARALLELISM) !== atOnce)
    return wrong(
      `wrangler.toml: RENDER_PARALLELISM is ${vars.RENDER_PARALLELISM}, max_concurrency of ${leadQueue} ${atOnce}`,
      "Make them equal: queue estimates divide by the one, renders run by the other.",
    );
  if (instances < needed)
    return wrong(
      `wrangler.toml: ${instances} containers for ${atOnce} videos over ${vars.RENDER_FAN_OUT} each`,
      `Raise max_instances to ${needed}, or lower RENDER_FAN_OUT.`,
    );
  return ok(`wrangler.toml: ${instances} containers for ${atOnce} videos at once over ${vars.RENDER_FAN_OUT} each`);
}

function checkCron({ triggers }: Config): Finding {
  if (triggers.crons?.includes("* * * * *")) return ok("wrangler.toml: the cron runs every minute");
  return wrong(
    "wrangler.toml: the cron does not run every minute",
    'Set crons = ["* * * * *"]: it mends what a crash leaves half done.',
  );
}
