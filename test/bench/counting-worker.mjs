// Stands in front of a Worker and counts the platform calls of each request; GET /platform-calls answers with them, and begins
// anew. `counted-worker` is the Worker, put beside this module by count-calls.ts.
import worker from "./counted-worker.mjs";

// biome-ignore lint/performance/noBarrelFile: the platform looks for the classes of objects here
export * from "./counted-worker.mjs";

let counts = {};
let counted;

function add(kind) {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

export default {
  fetch(request, env, execution) {
    if (new URL(request.url).pathname === "/platform-calls") {
      const answer = Response.json(counts);
      counts = {};
      return answer;
    }
    counted ??= Object.fromEntries(Object.entries(env).map(([name, binding]) => [name, wrap(binding)]));
    return worker.fetch(request, counted, execution);
  },
};

function wrap(binding) {
  if (typeof binding !== "object" || binding === null) return binding;
  if (typeof binding.prepare === "function") return countDatabase(binding);
  if (typeof binding.idFromName === "function") return countObjects(binding);
  if (typeof binding.send === "function") return countMethods(binding, (method) => `queue ${method}`);
  if (typeof binding.limit === "function") return countMethods(binding, () => "rate limit");
  return binding;
}

function countMethods(target, kindOf) {
  return new Proxy(target, {
    get(_, property) {
      const value = target[property];
      if (typeof value !== "function") return value;
      return (...parameters) => {
        if (property !== "prepare") add(kindOf(property));
        return target[property](...parameters);
      };
    },
  });
}

/** Statements stay the platform's own, or a batch would not take them. */
function countDatabase(database) {
  return {
    prepare: (sql) => countStatement(database.prepare(sql)),
    batch(statements) {
      add(`D1 batch of ${statements.length}`);
      return database.batch(statements);
    },
  };
}

function countStatement(statement) {
  const { bind } = statement;
  for (const method of ["first", "all", "raw", "run"]) {
    const call = statement[method];
    statement[method] = (...parameters) => {
      add("D1 statement");
      return call.apply(statement, parameters);
    };
  }
  statement.bind = (...values) => countStatement(bind.apply(statement, values));
  return statement;
}

function countObjects(namespace) {
  return {
    idFromName: (name) => namespace.idFromName(name),
    get: (id) => countMethods(namespace.get(id), (method) => `object ${method}`),
  };
}
