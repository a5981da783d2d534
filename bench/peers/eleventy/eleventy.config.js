// The same pages as the other generators make, from one JSON file with everything in it.
import fs from "node:fs";
import markdownIt from "markdown-it";

const BASE = "https://digest.example";
const archive = JSON.parse(fs.readFileSync(new URL("./claims.json", import.meta.url)));
const byId = (list) => new Map(list.map((one) => [one.id, one]));
const quotes = byId(archive.quotes);
const speakers = byId(archive.speakers);
const sources = byId(archive.sources);
const latest = [...archive.quotes].sort(
  (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.id < b.id ? -1 : 1),
);

const bySpeaker = new Map();
const bySource = new Map();
const byMonth = new Map();
const push = (map, key, quote) => {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(quote);
};
for (const quote of latest) {
  quote.sp = speakers.get(quote.speaker);
  quote.src = sources.get(quote.source);
  push(bySpeaker, quote.speaker, quote);
  push(bySource, quote.source, quote);
  push(byMonth, quote.date.slice(0, 7), quote);
}
const neighbours = new Map();
for (const list of bySpeaker.values()) {
  list.forEach((quote, at) => neighbours.set(quote.id, { next: list[at - 1], prev: list[at + 1] }));
}

const linked = (quote) =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@type": "Quotation",
    "@id": `${BASE}/quotes/${quote.id}.html`,
    text: quote.quote,
    dateCreated: quote.date,
    inLanguage: "en",
    creator: {
      "@type": "Person",
      name: quote.sp.name,
      jobTitle: quote.role,
      url: `${BASE}/speakers/${quote.speaker}.html`,
    },
    isPartOf: {
      "@type": "NewsArticle",
      headline: quote.src.title,
      url: quote.src.url,
      datePublished: quote.src.date,
      publisher: { "@type": "Organization", name: quote.src.publisher },
    },
  }).replace(/</g, "\\u003c");

const pages = {
  quotes: [...quotes.keys()],
  speakers: [...speakers.keys()],
  sources: [...sources.keys()],
  months: archive.site.archive ? [...byMonth.keys()] : [],
};
const addresses = () => [
  "index.html",
  ...Object.entries(pages).flatMap(([kind, ids]) => ids.map((id) => `${kind}/${id}.html`)),
];

export default function (config) {
  const markdown = markdownIt({ html: false });
  const filters = {
    rec: (id) => quotes.get(id),
    pn: (id) => neighbours.get(id),
    sp: (id) => speakers.get(id),
    src: (id) => sources.get(id),
    ofSpeaker: (id) => bySpeaker.get(id) || [],
    ofSource: (id) => bySource.get(id) || [],
    ofMonth: (month) => byMonth.get(month) || [],
    latest: (count) => latest.slice(0, count),
    months: () => pages.months,
    archive: () => archive.site.archive,
    ld: linked,
    md: (text) => markdown.render(text),
    claimsjson: () => JSON.stringify({ claims: latest.map(({ sp, src, ...own }) => own) }),
    urls: addresses,
  };
  for (const [name, filter] of Object.entries(filters)) config.addFilter(name, filter);
  for (const [kind, ids] of Object.entries(pages)) config.addGlobalData(`all_${kind}`, () => ids);
  config.setDataDeepMerge(false);
  config.addPassthroughCopy({ "style.css": "style.css" });
  const other = process.env.QUOTE_TEMPLATE === "liquid" ? "11ty.js" : "liquid";
  config.ignores.add(`src/quotes.${other}`);
  config.setLiquidOptions({
    cache: true, dynamicPartials: false, root: ["inc"], outputEscape: "escape",
  });
  return { dir: { input: "src", includes: "../inc", data: "../data" } };
}
