/** The platform on this machine: the deployed bundle in workerd, with D1, Durable Objects, Queues and R2 embedded. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_splitSqlQuery as splitSql, unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { root } from "./local-settings.ts";

export type LocalPlatform = { miniflare: Miniflare; runCron(): Promise<void> };

/** Every binding comes from wrangler.toml; `variables` are laid over its own. */
export async function startPlatform(options: {
  scriptPath: string;
  host: string;
  port: number;
  stateDir: string;
  variables: Record<string, string>;
  onLog(line: string): void;
  /** After workerd has died and was started again. */
  onRestart?: () => Promise<void>;
  /** Laid over what wrangler.toml says of the Worker. */
  overrides?: Record<string, unknown>;
}): Promise<LocalPlatform> {
  const { workerOptions } = workerOptionsOf(join(root, "wrangler.toml"));
  // Models are far away, and cost money: here they are asked over HTTP, by whoever gives an account for it.
  const { ai, ...local } = workerOptions;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: options.host,
      port: options.port,
      cf: false,
      log: new Log(LogLevel.ERROR),
      logRequests: false,
      handleStructuredLogs: ({ message }) => options.onLog(message),
      ...(options.onRestart === undefined ? {} : { unsafeHandleRuntimeRestart: options.onRestart }),
      telemetry: { enabled: false },
      unsafeTriggerHandlers: true,
      resourcePersistencePath: join(options.stateDir, "v3"),
      workers: [
        {
          ...local,
          queueConsumers: withPartsTogether(workerOptions.queueConsumers),
          name: "shujaa-studio",
          rootPath: root,
          modules: [{ type: "ESModule", path: options.scriptPath }],
          modulesRoot: join(options.scriptPath, ".."),
          bindings: { ...(workerOptions.bindings as Record<string, string>), ...options.variables },
          ...options.overrides,
        },
      ],
    }),
  );
  await applyMigrations(miniflare);
  await miniflare.ready;
  return {
    miniflare,
    async runCron() {
      const worker = await miniflare.getWorker();
      await worker.scheduled({ cron: "* * * * *" });
    },
  };
}

type Consumers = Record<string, { maxBatchSize?: number }>;

/** Here a queue's batches come one after another, whatever its concurrency: parts of one video have to come in one. */
function withPartsTogether(consumers: unknown): Consumers {
  const known = consumers as Consumers;
  return { ...known, [partQueue]: { ...known[partQueue], maxBatchSize: partsTogether } };
}

const partQueue = "shujaa-render-part";
const partsTogether = 16;

/** Applies what is new in migrations/, in the table and under the names that `wrangler d1 migrations apply` uses. */
async function applyMigrations(miniflare: Miniflare): Promise<void> {
  const database = await miniflare.getD1Database("DB");
  await database.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const applied = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const names = new Set(applied.results.map(({ name }) => name));
  const directory = join(root, "migrations");
  const files = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  for (const file of files) {
    if (names.has(file)) continue;
    const statements = splitSql(await readFile(join(directory, file), "utf8"));
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file),
    ]);
  }
}
