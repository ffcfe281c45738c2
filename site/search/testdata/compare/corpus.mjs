// Makes content of real prose for search to be measured over: node corpus.mjs POSTS CONTENT [GLOSSARY].
// POSTS are 18F's (CC0): each is an explainer and its headings are the questions; a post without headings has one, its title.
// GLOSSARY is content/en of github.com/cncf/glossary (CC BY 4.0): each entry that is no draft is one of ours, its first
// sentence in short and the rest in the body.
import fs from "node:fs";
import path from "node:path";

const [posts, content, glossary] = process.argv.slice(2);
const slug = (s) => s.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const plain = (s) => s.replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|<!--[\s\S]*?-->/g, "").replace(/!\[[^\]]*\]\([^)]*\)/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
  .replace(/\[([^\]]*)\]\[[^\]]*\]/g, "$1").replace(/^\[[^\]]+\]:.*$/gm, "").replace(/\[\^[^\]]*\]:?/g, "").replace(/<[^>]*>/g, "").replace(/[<>[\]\\`*_{}~|]/g, " ").replace(/:\/\//g, " ");

for (const name of fs.readdirSync(posts)) {
  const text = fs.readFileSync(path.join(posts, name), "utf8").replace(/\r/g, "");
  const [, front, body] = text.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/);
  const field = (key) => (front.match(new RegExp(`^${key}: *(?:>-?|\\|)?((?:.*)(?:\\n +.*)*)`, "m"))?.[1] ?? "").replace(/\s+/g, " ").trim().replace(/^["'“](.*)["'”]$/, "$1");
  const title = plain(field("title") || name).trim(), first = plain(field("excerpt") || field("description") || title).trim();
  let lines = plain(body).split("\n").map((l) => l.replace(/^#{1,6} *(.*?)[ #]*$/, (_, h) => (h.trim() ? "## " + h : "")).replace(/^ {4,}/, "").replace(/^\d+\)/, "")), out = "", n = 0;
  if (!lines.some((l) => l.startsWith("## "))) lines.unshift("## " + title);
  lines = lines.filter((l) => l.trim()).flatMap((l) => [l, ""]).map((l, i, all) => (l.startsWith("## ") && (all[i + 2] ?? "## ").startsWith("## ") ? l.slice(3) : l)); // no heading without an answer
  for (const l of lines) out += (l.startsWith("## ") ? `${l} {#part-${++n}}` : l.replace(/^(-{3,}|={3,}) *$/, "")) + "\n";
  const id = slug(name.replace(/^\d{4}-\d+-\d+-|\.md$/g, ""));
  fs.writeFileSync(path.join(content, "explainers", id + ".md"),
    `---\ntitle: ${JSON.stringify(title)}\nstandfirst: ${JSON.stringify(first)}\npublished: ${name.match(/^\d{4}/)}-01-01\n---\n${out}`);
}

for (const name of glossary ? fs.readdirSync(glossary).filter((n) => /^(?!_|search).*\.md$/.test(n)) : []) {
  const [, front, body] = fs.readFileSync(path.join(glossary, name), "utf8").replace(/\r/g, "").match(/^---\n([\s\S]*?)\n--- *\n([\s\S]*)$/);
  if (/^draft: true/im.test(front)) continue;
  const [, term, form] = front.match(/^\s*title:\s*"?(.*?)(?: \(([^)]*)\))?\s*"?$/im);
  const [, first, rest] = plain(body).trim().match(/^([\s\S]*?(?<!e\.g|i\.e|etc|vs)[.!?]["”]?)(?=\s|$)([\s\S]*)$/);
  const words = first.split(/\s+/), short = words.slice(0, 40).join(" "); // an entry's bound
  fs.writeFileSync(path.join(content, "glossary", name),
    `---\nterm: ${JSON.stringify(term)}\nshort: ${JSON.stringify(short)}\nmatch: off\n${form ? `forms: [${JSON.stringify(form)}]\n` : ""}---\n${words.slice(40).join(" ")}${rest}`);
}
