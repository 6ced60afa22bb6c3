// The Worker with a database and an object that fail as a request's headers say:
//   x-fail-batch: 1 before, 2 after    the first batch fails before it was run, the second after that
//   x-fail-object: settle              no call of the workspace's object with this in its address arrives
// Every batch that an x-fail-batch could be about counts, also those that only read.
import Built from "../../worker/build/index.js";

export { Throttle, Upstream, Workspace } from "../../worker/build/index.js";

const LOST = "D1_ERROR: Network connection lost.";

/** @param {string} header */
const rules = (header) =>
  new Map(
    header
      .split(",")
      .map((rule) => rule.trim().split(" "))
      .filter(([nth]) => nth)
      .map(([nth, when]) => [Number(nth), when]),
  );

function failing(database, header) {
  const left = rules(header);
  let nth = 0;
  return Object.create(database, {
    prepare: { value: (text) => database.prepare(text) },
    batch: {
      value: async (statements) => {
        const when = left.get(++nth);
        if (when === "before") throw new Error(LOST);
        const results = await database.batch(statements);
        if (when === "after") throw new Error(LOST);
        return results;
      },
    },
  });
}

function deaf(objects, word) {
  return Object.create(objects, {
    getByName: {
      value: (...name) => {
        const object = objects.getByName(...name);
        return Object.create(object, {
          fetch: {
            value: async (request, ...rest) => {
              const address = typeof request === "string" ? request : request.url;
              if (address.includes(word)) throw new Error("Network connection lost.");
              return object.fetch(request, ...rest);
            },
          },
        });
      },
    },
  });
}

export default class extends Built {
  fetch(request) {
    const batches = request.headers.get("x-fail-batch");
    const calls = request.headers.get("x-fail-object");
    const env = { ...this.env };
    if (batches) env.DB = failing(env.DB, batches);
    if (calls) env.WORKSPACE = deaf(env.WORKSPACE, calls);
    return new Built(this.ctx, env).fetch(request);
  }
}
