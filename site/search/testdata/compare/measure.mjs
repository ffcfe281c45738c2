// Measures search over a served folder: node measure.mjs QUERIES FOLDER ours|typing|page|pagefind [search.js]
// FOLDER is a built site with the index of either in it (search/, pagefind/). For each query a first visit: bytes that
// move until ten results can be shown, each file as gzip -9 would send it if that is less, and the place of the first right
// answer among the results. For Pagefind, whose results are pages, the page counts if it names the right heading.
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import zlib from "node:zlib";

const [queryFile, site, which, script] = process.argv.slice(2), folder = path.resolve(site);
const run = promisify(execFile);
let moved = 0, files = 0;
const server = http.createServer((request, response) => {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html"));
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  const bytes = fs.readFileSync(file);
  if (which !== "page" || !/^search\/index\.html$|assets\/(style|site)|\.(woff2|svg|ico|png)$/.test(path.relative(folder, file))) {
    moved += Math.min(bytes.length, zlib.gzipSync(bytes, { level: 9 }).length);
    files++;
  }
  const type = { ".js": "text/javascript", ".json": "application/json", ".html": "text/html", ".css": "text/css", ".wasm": "application/wasm" }[path.extname(file)];
  response.writeHead(200, { "Content-Type": type || "application/octet-stream" }).end(bytes);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;
const size = (file) => zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length;

// Each answers a query with the site paths of its results, one list a result.
const engines = {
  async ours(query) {
    const found = await (await engines.fresh()).find(query);
    return { all: found.entries.length, top: (await Promise.all(found.entries.slice(0, 10).map(engines.index.show))).map((e) => [e.url]) };
  },
  // As ours, with an answer after each letter from a word's third on, as to somebody who types slowly.
  async typing(query) {
    await engines.fresh();
    let found;
    for (let i = 1; i <= query.length; i++) {
      if (i < query.length && !/[a-z0-9]{3}$/i.test(query.slice(0, i))) continue;
      found = await engines.index.find(query.slice(0, i));
      engines.top = await Promise.all(found.entries.slice(0, 10).map(engines.index.show));
    }
    return { all: found.entries.length, top: engines.top.map((e) => [e.url]) };
  },
  // As ours, on the search page in Chromium: with the texts that it fetches for phrases and for sentences. What every page has doesn't count.
  async page(query) {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), "measure-"));
    const { stdout } = await run("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--user-data-dir=" + profile, "--virtual-time-budget=20000", "--dump-dom", base + "search/?q=" + encodeURIComponent(query)], { maxBuffer: 1 << 26 });
    fs.rmSync(profile, { recursive: true, force: true });
    const list = stdout.match(/id="search_results"[^>]*>(.*?)<\/ol>/s)[1], status = stdout.match(/id="search_status"[^>]*>(.*?)</s)[1];
    return { all: +(status.match(/\d+/)?.[0] ?? 0), top: [...list.matchAll(/<h2[^>]*><a href="\.\.\/([^"]*)"/g)].map((m) => [decodeURIComponent(m[1])]) };
  },
  async fresh() {
    moved += size(script);
    files++;
    return (engines.index = await globalThis.nutgrafSearch.openIndex(base + "search/index.json"));
  },
  async pagefind(query) {
    globalThis.document = { querySelector: () => ({ getAttribute: () => "en" }), currentScript: null };
    globalThis.window = { location: { origin: "http://elsewhere" } }; // else it takes the origin off
    globalThis.location = window.location;
    const copy = path.join(folder, "pagefind", "pagefind.mjs"); // Node wants the name; a query makes it new
    fs.copyFileSync(path.join(folder, "pagefind", "pagefind.js"), copy);
    const pagefind = await import("file://" + copy + "?" + Math.random());
    moved += size(copy);
    files++;
    await pagefind.options({ basePath: base + "pagefind/", baseUrl: "/" });
    await pagefind.init();
    const found = await pagefind.search(query);
    const data = await Promise.all(found.results.slice(0, 10).map((r) => r.data()));
    return { all: found.results.length, top: data.map((d) => [d.url.slice(1), ...d.sub_results.map((s) => s.url.slice(1).replace(/_(q|title)$/, ""))]) };
  },
};
if (script) (0, eval)(fs.readFileSync(script, "utf8"));

const right = (paths, expected) => paths.some((p) => expected.some((e) => (e.endsWith("/") ? p.startsWith(e) : p === e)));
let first = 0, three = 0, ten = 0, reciprocal = 0, bytes = [];
for (const line of fs.readFileSync(queryFile, "utf8").split("\n")) {
  if (!line || line.startsWith("#")) continue;
  const [query, expected = ""] = line.split(" | ");
  moved = files = 0;
  const { all, top } = await engines[which](query);
  const rank = top.findIndex((paths) => right(paths, expected.split(" "))) + 1;
  console.log([query, rank || "–", all, moved, files].join("\t"));
  bytes.push(moved);
  if (rank === 1) first++;
  if (rank && rank <= 3) three++;
  if (rank) ten++, (reciprocal += 1 / rank);
}
bytes.sort((a, b) => a - b);
console.log(`${bytes.length} queries: first ${first}, in three ${three}, in ten ${ten}, mean reciprocal rank ${(reciprocal / bytes.length).toFixed(3)}; ` +
  `bytes median ${bytes[bytes.length >> 1]}, greatest ${bytes.at(-1)}`);
process.exit();
