/* What a script adds to pages that are whole without it: buttons that copy, and on the page
   with the form #filters a choice of statements and a search of their words.

   Asks for nothing until a word is typed; then for minisearch.js and search/1.js, 2, …, or of
   a large digest for those that the question needs; by <script>, since a page opened from disk
   can load nothing else. */

"use strict";

(() => {
  const root = new URL(".", document.currentScript.src);

  // --- Copying -----------------------------------------------------------------------------

  const MOMENT = 2000; // milliseconds that a button says what came of it

  for (const shown of document.querySelectorAll(".copy")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      button.textContent = (await copied(shown)) ? "Copied" : "Selected: copy it by keyboard";
      setTimeout(() => { button.textContent = "Copy"; }, MOMENT);
    });
    shown.after(button);
  }

  /* Whether the text of an element went to the clipboard; if it did not, it is selected. */
  async function copied(shown) {
    try {
      await navigator.clipboard.writeText(shown.textContent.trim());
      return true;
    } catch { // not allowed here, or no such thing: pages of plain http have none
      getSelection().selectAllChildren(shown);
      return document.execCommand("copy");
    }
  }

  // --- Words -------------------------------------------------------------------------------

  const WORD = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;
  const wordsOf = (folded) => folded.match(WORD) ?? [];

  /* A text as it is compared: no case, no accents; marks and dashes of one kind alike;
     "U.S." is "US". */
  function fold(text) {
    return text
      .replace(/[“”„‟«»″]/g, '"')
      .replace(/[‘’‚‛ʼ′´`]/g, "'")
      .replace(/\s*[‐‑‒–—―−-]+\s*/g, "-")
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036f\u064b-\u0655\u00ad\u200b-\u200d\ufeff]/g, "")
      .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (letters) => letters.replaceAll(".", ""))
      .replace(/\s+/g, " ")
      .trim();
  }

  /* A pattern of any of some folded texts as whole words; the longest is taken. */
  function whole(texts, flags = "u") {
    const longest = [...texts].sort((one, other) => other.length - one.length);
    const plain = longest.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${plain.join("|")})(?![\\p{L}\\p{N}])`, flags);
  }

  /* What is asked for: phrases, the words in them, and other words, the last perhaps not typed
     to its end. Null if there is no word in it. */
  function asked(typed) {
    const folded = fold(typed);
    const phrases = [];
    const rest = folded.replace(
      /"([^"]*)"|(?<![\p{L}\p{N}])'(.+?)'(?![\p{L}\p{N}])/gu,
      (_, double, single) => {
        const phrase = (double ?? single).replace(/^[\s.,]+|[\s.,]+$/g, "");
        if (wordsOf(phrase).length) phrases.push(phrase);
        return " ";
      },
    );
    const open = wordsOf(rest);
    const words = [...phrases.flatMap(wordsOf), ...open];
    return words.length ? { phrases, words, open: open.length > 0 } : null;
  }

  // --- Searching ---------------------------------------------------------------------------

  const shards = []; // records by the number of their shard
  let about = null; // how many shards there are, and the names: told by the first
  const shelves = []; // of a large digest: words with the numbers of the records that have them
  let index = null; // where they begin, and the names
  window.digestSearch = {
    add(number, records, told) {
      shards[number] = records;
      about = told ?? about;
    },
    words(number, words) { shelves[number] = words; },
    index(told) { index = told; },
  };

  const load = (path) => new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = new URL(path, root);
    script.onload = loaded;
    script.onerror = () => failed(new Error(path));
    document.head.append(script);
  });

  let opened = null; // the search, once it was asked for
  const search = () => (opened ??= open());

  async function open() {
    await Promise.all([load("minisearch.js"), load("search/1.js")]);
    const others = Array.from({ length: about.shards - 1 }, (_, at) => load(`search/${at + 2}.js`));
    const lost = (await Promise.allSettled(others)).filter((one) => one.status === "rejected");
    const records = shards.flat();
    return { records, find: finder(records, about.names), lost: lost.length };
  }

  /* A function from what is asked for to the ids of the records that have it: every word, in
     what was said or about it, and every phrase. What has a name has its other names too. */
  function finder(records, names) {
    const groups = grouped(names);
    const called = groups.map((group) => ({ group, pattern: whole(group) }));
    const texts = new Map(records.map((one) => [one.id, folded(one)]));
    const index = new MiniSearch({
      fields: ["text"],
      tokenize: (text) => wordsOf(text).flatMap(
        (word) => (word.includes("'") ? [word, word.split("'")[0]] : word),
      ),
      processTerm: (term) => term,
    });
    index.addAll([...texts].map(([id, text]) => {
      const other = called.filter(({ pattern }) => pattern.test(text)).map(({ group }) => group);
      return { id, text: [text, ...other.flat()].join("\n") };
    }));

    const stands = phrasing(groups);
    return ({ phrases, words, open }) => {
      const hits = index.search(words.join(" "), {
        combineWith: "AND",
        prefix: (term, at, terms) => open && at === terms.length - 1,
        tokenize: (text) => text.split(" "),
      });
      const tests = phrases.map(stands);
      const ids = hits.map((hit) => hit.id);
      return new Set(ids.filter((id) => tests.every((test) => test(texts.get(id)))));
    };
  }

  const grouped = (names) => Object.entries(names).map((group) => group.flat().map(fold));

  /* From a phrase to whether a text has it, by whichever name. */
  function phrasing(groups) {
    const own = new Map(groups.flatMap((group) => group.map((name) => [name, group[0]])));
    const any = whole(own.keys(), "gu");
    const renamed = (text) => (own.size ? text.replace(any, (name) => own.get(name)) : text);
    return (phrase) => {
      const [asTyped, asNamed] = [whole([phrase]), whole([renamed(phrase)])];
      return (text) => asTyped.test(text) || asNamed.test(renamed(text));
    };
  }

  /* All that a record is found by; no phrase runs across the line ends. */
  function folded(one) {
    const parts = [...one.words, one.name, one.role, one.place, one.day, one.stance];
    return parts.filter(Boolean).map(fold).join("\n");
  }

  // --- Searching a large digest ------------------------------------------------------------

  const STEP = 20; // records that are read at first; then twice as many, and so on
  const OPEN = 3; // letters at least, of a word that may go on
  const loading = {};
  const once = (path) => (loading[path] ??= load(path));
  const place = (sorted, one) => Math.max(sorted.findLastIndex((other) => other <= one), 0);

  /* The numbers of the records with a term; if it is open, with any that begins so. */
  async function having(term, open) {
    const to = place(index.first, open ? `${term}\uffff` : term);
    const found = new Set();
    for (let at = place(index.first, term); at <= to; at += 1) {
      await once(`search/words/${at + 1}.js`);
      for (const [word, steps] of Object.entries(shelves[at + 1])) {
        if (word !== term && !(open && word.startsWith(term))) continue;
        let number = 0;
        for (const step of steps) found.add(number += step);
      }
    }
    return found;
  }

  /* How many records have every word and choice; and what gives the next that have every phrase
     too, newest first. */
  async function far({ phrases, words, open }, choice) {
    await once("search/index.js");
    choice.delete("q");
    const sets = await Promise.all([
      ...words.map((word, at) => having(word, open && !words[at + 1] && word.length >= OPEN)),
      ...[...choice].map((both) => having(both.join("="))),
    ]);
    const [fewest, ...others] = sets.sort((one, other) => one.size - other.size);
    const left = [...fewest].filter((number) => others.every((one) => one.has(number)));
    left.sort((one, other) => one - other);
    const tests = phrases.map(phrasing(grouped(index.names)));
    const found = { count: left.length, exact: !tests.length, read: 0, step: STEP };
    found.more = async () => {
      const next = left.slice(found.read, found.read + found.step);
      const records = await Promise.all(next.map(record));
      found.read += next.length;
      found.step *= 2;
      return records.filter((one) => tests.every((test) => test(folded(one))));
    };
    return found;
  }

  async function record(number) {
    const shard = place(index.starts, number);
    await once(`search/${shard + 1}.js`);
    return shards[shard + 1][number - index.starts[shard]];
  }

  // --- Choosing ----------------------------------------------------------------------------

  const form = document.querySelector("#filters");
  if (!form) return;

  const FACETS = { speaker: "speaker", stance: "stance", article: "articles", month: "months" };
  const PARTS = "section.day, section.month, section[aria-labelledby=others]";
  const onThisPage = form.dataset.whole !== "no";
  const statements = [...document.querySelectorAll("[data-speaker][id]")];
  const total = onThisPage ? statements.length : Number(form.dataset.count);
  const told = form.querySelector("output");
  const results = document.querySelector("#results");
  const listed = document.querySelector("#listed");
  const controls = [...form.elements].filter((one) => one.name);
  let turn = 0; // of several answers under way only the last counts

  /* What is chosen, as it stands in the controls; only what is not empty. */
  const chosen = () => new Map(
    controls.map((one) => [one.name, one.value.trim()]).filter(([, value]) => value),
  );

  /* Sets the controls; a value that a choice does not have is no choice. */
  function choose(values) {
    for (const one of controls) {
      one.value = values.get(one.name) ?? "";
      if (one.selectedIndex === -1) one.value = "";
    }
  }

  /* Holds the choice in the address, so that it can be sent to somebody. */
  function remember(choice) {
    const address = new URL(location.href);
    address.search = new URLSearchParams([...choice]);
    try {
      history.replaceState(null, "", address);
    } catch { /* some browsers refuse: from disk, or a hundred times in a moment */ }
  }

  const fits = (facets, choice) => Object.entries(FACETS).every(
    ([name, facet]) => !choice.has(name) || facets[facet].split(" ").includes(choice.get(name)),
  );

  /* Answers the choice: on the page itself, or in a list of results. */
  async function answer() {
    const own = ++turn;
    const choice = chosen();
    const question = asked(choice.get("q") ?? "");
    try {
      await (onThisPage ? here : elsewhere)(question, choice, own);
    } catch {
      const trouble = "The search could not be loaded. To try again, load this page anew.";
      tell(own, onThisPage ? `${counted(choice)}. ${trouble}` : trouble);
    }
  }

  /* Says something, unless something else was asked meanwhile. */
  function tell(own, text) {
    if (own === turn) told.textContent = text;
  }

  function counted(choice, ids) {
    const count = show((one) => fits(one.dataset, choice) && (!ids || ids.has(one.id)));
    return `${choice.size ? `${count} of ` : ""}${total} statements`;
  }

  async function here(question, choice, own) {
    if (question && !opened) tell(own, "Searching …");
    const found = question && await search();
    if (own !== turn) return;
    const told = counted(choice, found?.find(question));
    const lost = "A part of the search could not be loaded: there may be more.";
    tell(own, found?.lost ? `${told}. ${lost}` : told);
  }

  async function elsewhere(question, choice, own) {
    if (!question) choice.delete("q");
    const any = choice.size > 0;
    tell(own, any ? "Searching …" : `${total} statements`);
    const found = any && await far(question ?? { phrases: [], words: [] }, choice);
    if (own !== turn) return;
    listed.hidden = any;
    results.hidden = !any;
    results.querySelector("ol").replaceChildren();
    if (any) await list(found, own);
  }

  /* Shows the page's own statements that suit, and the parts that then have any. */
  function show(suits) {
    for (const one of statements) one.hidden = !suits(one);
    const shown = statements.filter((one) => !one.hidden).length;
    for (const part of document.querySelectorAll(PARTS)) {
      const none = !part.querySelector("[data-speaker]:not([hidden])");
      part.hidden = none && shown < statements.length; // a day may have events alone
    }
    return shown;
  }

  /* Lists the next results, and offers to go on. */
  async function list(found, own, before = 0) {
    const next = (await found.more()).map(row);
    if (own !== turn) return;
    const count = before + next.length;
    const left = found.count - found.read;
    results.querySelector("ol").append(...next);
    if (before) next[0]?.firstChild.focus();
    tell(own, left && !found.exact
      ? `${count} so far, in the latest ${found.read} of ${found.count} that have these words`
      : `${left ? found.count : count} of ${total} statements`);
    const button = element("button", found.exact ? `Show more of ${left}` : "Search further back");
    button.addEventListener("click", () => list(found, own, count), { once: true });
    results.querySelector(".more").replaceChildren(...(left ? [button] : []));
  }

  function row(one) {
    const words = element("a", one.words[0], "words");
    words.href = new URL(one.to, root);
    if (one.lang) words.lang = one.lang;
    const entry = element("li", words, "found");
    entry.append(element("p", [one.name, one.role, one.day].filter(Boolean).join(", "), "by"));
    return entry;
  }

  function element(tag, content, className = "") {
    const made = document.createElement(tag);
    made.append(content);
    made.className = className;
    return made;
  }

  form.addEventListener("input", () => {
    remember(chosen());
    answer();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".reset").addEventListener("click", (event) => {
    event.preventDefault();
    choose(new Map());
    remember(chosen());
    answer();
  });
  choose(new URLSearchParams(location.search));
  answer();
})();
