// Plays the part of Cloudflare's API that a deployment calls: databases, uploads, and who asks.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";

export async function cloudflare() {
  const databases = new Map();
  const workers = new Map();
  // What is asked, in its order, and which part of it fails on purpose.
  const it = { calls: [], workers, databases, failing: undefined };

  const listed = ({ uuid, name }) => ({ uuid, name, version: "production", created_at: "2026-01-01T00:00:00Z" });
  const find = (named) => [...databases.values()].find(({ uuid, name }) => [uuid, name].includes(named));

  function create({ name }) {
    const uuid = `00000000-0000-4000-8000-${String(databases.size + 1).padStart(12, "0")}`;
    databases.set(uuid, { uuid, name, sql: new DatabaseSync(":memory:") });
    it.calls.push(`create ${name}`);
    return listed(find(uuid));
  }

  function query({ sql, name }, asked) {
    if (/INSERT INTO "?d1_migrations/i.test(asked.sql)) it.calls.push(`migrate ${name}`);
    const begin = asked.sql.trimStart().slice(0, 6).toUpperCase();
    const results = begin === "SELECT" ? sql.prepare(asked.sql).all(...(asked.params ?? [])) : (sql.exec(asked.sql), []);
    return [{ success: true, results, meta: { duration: 0, served_by: "here", changes: 0, last_row_id: 0 } }];
  }

  function dump({ sql, name }) {
    it.calls.push(`export ${name}`);
    const schema = sql.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    return schema.map((table) => `${table.sql};`).join("\n");
  }

  async function upload(name, request) {
    const form = await new Response(await body(request), { headers: request.headers }).formData();
    const metadata = JSON.parse(form.get("metadata"));
    it.calls.push(`upload ${name}`);
    workers.set(name, metadata);
    return { id: name, tag: "1", deployment_id: "00000000000040008000000000000001", startup_time_ms: 1, entry_point: "index.js" };
  }

  const routes = [
    ["GET", /\/d1\/database$/, () => [...databases.values()].map(listed)],
    ["POST", /\/d1\/database$/, async (request) => create(JSON.parse(await text(request)))],
    ["GET", /\/d1\/database\/([^/]+)$/, (_, named) => (find(named) ? listed(find(named)) : undefined)],
    ["POST", /\/d1\/database\/([^/]+)\/query$/, async (request, named) => query(find(named), JSON.parse(await text(request)))],
    [
      "POST",
      /\/d1\/database\/([^/]+)\/export$/,
      (_, named) => ({
        status: "complete",
        success: true,
        messages: [],
        result: { filename: "dump.sql", signed_url: `${it.url}/dumps/${named}` },
      }),
    ],
    ["GET", /\/workers\/services\/([^/]+)$/, (_, name) => (workers.has(name) ? { id: name, default_environment: { environment: "production", script: { last_deployed_from: "wrangler" } } } : undefined)],
    ["GET", /\/workers\/scripts\/([^/]+)\/settings$/, (_, name) => (workers.has(name) ? { bindings: workers.get(name).bindings } : undefined)],
    ["GET", /\/workers\/scripts$/, () => []],
    ["PUT", /\/workers\/scripts\/([^/]+)$/, (request, name) => upload(name, request)],
    ["PUT", /\/schedules$/, () => ({ schedules: [] })],
    ["POST", /\/assets-upload-session$/, () => ({ jwt: "a.b.c", buckets: [] })],
    ["PATCH", /\/script-settings$/, () => ({})],
    ["GET", /\/workers\/workers\/([^/]+)$/, (_, name) => ({ id: name, name, subdomain: { enabled: true, previews_enabled: false } })],
    ["GET", /\/workers\/subdomain$/, () => ({ subdomain: "acme" })],
    ["GET", /\/subdomain$/, () => ({ enabled: true, previews_enabled: false })],
    ["POST", /\/subdomain$/, () => ({ enabled: true, previews_enabled: false })],
  ];

  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://here").pathname;
    if (path.startsWith("/dumps/")) return response.end(dump(find(path.slice(7))));
    const route = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
    const failed = it.failing?.test(`${request.method} ${path}`);
    let result;
    let problem = `${request.method} ${path} is not played`;
    try {
      result = failed ? undefined : await route?.[2](request, ...route[1].exec(path).slice(1));
    } catch (error) {
      problem = String(error);
    }
    if (result === undefined && process.env.SHOW_CALLS) console.error(problem);
    response.statusCode = failed ? 403 : result === undefined ? 404 : 200;
    response.setHeader("content-type", "application/json");
    const errors = result === undefined ? [{ code: failed ? 10000 : path.includes("/d1/") ? 7404 : 10007, message: failed ? "Authentication error" : problem }] : [];
    response.end(JSON.stringify({ success: errors.length === 0, errors, messages: [], result: result ?? null, result_info: { page: 1, per_page: 10, count: databases.size, total_count: databases.size, total_pages: 1 } }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  it.url = `http://127.0.0.1:${server.address().port}`;
  it.close = () => server.close();
  return it;
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
