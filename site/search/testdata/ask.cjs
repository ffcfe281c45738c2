// Runs the queries on standard input, a JSON list, over an index in a folder, by the script that readers get:
// node ask.cjs search.js FOLDER. Standard output is a list of {words, entries, shown}.
const fs = require("node:fs"), path = require("node:path");
const [script, folder] = process.argv.slice(2);
globalThis.fetch = async (url) => ({ ok: true, json: async () => JSON.parse(fs.readFileSync(path.join(folder, new URL(url).pathname), "utf8")) });
(0, eval)(fs.readFileSync(script, "utf8"));
const { words, openIndex } = globalThis.nutgrafSearch;
(async () => {
  const index = await openIndex("http://x/index.json"), all = [];
  for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const { entries } = await index.find(query);
    all.push({ words: words(query), entries: entries.map((e) => ({ id: Math.floor(e / 2 ** 20), place: e % 2 ** 20 })),
      shown: await Promise.all(entries.slice(0, 10).map(index.show)) });
  }
  process.stdout.write(JSON.stringify(all));
})();
