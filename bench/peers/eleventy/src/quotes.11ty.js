import fs from "node:fs";
const inc = Object.fromEntries(["head", "top", "foot"].map((k) => [k, fs.readFileSync(new URL(`../inc/${k}.html`, import.meta.url), "utf8")]));
const M = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const e = (s) => s.replace(/[&<>"']/g, (c) => M[c]);
export const data = {pagination: {data: "all_quotes", size: 1, alias: "qid", addAllPagesToCollections: false}, permalink: (d) => `quotes/${d.qid}.html`, eleventyExcludeFromCollections: true};
export function render(d) {
  const q = this.rec(d.qid), pn = this.pn(d.qid), ld = this.ld, md = this.md;
  return `<!doctype html>
<html lang="en">
<head>
${inc.head}<title>${e(q.sp.name)}: ${e(q.title)} | Claim Digest</title>
<meta name="description" content="${e(q.context)}">
<link rel="canonical" href="https://digest.example/quotes/${e(q.id)}.html">
<meta property="og:title" content="${e(q.sp.name)}: ${e(q.title)}">
<meta property="og:type" content="article">
<meta property="og:url" content="https://digest.example/quotes/${e(q.id)}.html">
<meta property="og:description" content="${e(q.quote)}">
<script type="application/ld+json">${ld(q)}</script>
</head>
<body>
${inc.top}<main id="main">
<article class="quote ${e(q.stance)}">
<h1>${e(q.sp.name)} on ${e(q.date)}</h1>
<figure>
<blockquote cite="${e(q.src.url)}"><p>${e(q.quote)}</p></blockquote>
<figcaption>— <a rel="author" href="/speakers/${e(q.sp.id)}.html">${e(q.sp.name)}</a>, ${e(q.role)}</figcaption>
</figure>
<dl>
<dt>Speaker</dt><dd><a href="/speakers/${e(q.sp.id)}.html">${e(q.sp.name)}</a></dd>
<dt>Role</dt><dd>${e(q.role)}</dd>
<dt>Said on</dt><dd><time datetime="${e(q.date)}">${e(q.date)}</time></dd>
<dt>Stance</dt><dd><span class="stance">${e(q.stance)}</span></dd>
<dt>Source</dt><dd><a href="/sources/${e(q.src.id)}.html">${e(q.src.title)}</a>, ${e(q.src.publisher)}, <time datetime="${e(q.src.date)}">${e(q.src.date)}</time> (<a rel="external" href="${e(q.src.url)}">original article</a>)</dd>
</dl>
<section class="context"><h2>Context</h2><p>${e(q.context)}</p></section>
${q.note ? `<section class="note"><h2>Note</h2>
${md(q.note)}</section>
` : ""}</article>
<nav class="pn" aria-label="More by this speaker">
${pn.prev ? `<a rel="prev" href="/quotes/${e(pn.prev.id)}.html">Earlier: ${e(pn.prev.title)} (${e(pn.prev.date)})</a>` : ''}
${pn.next ? `<a rel="next" href="/quotes/${e(pn.next.id)}.html">Later: ${e(pn.next.title)} (${e(pn.next.date)})</a>` : ''}
</nav>
</main>
${inc.foot}</body>
</html>
`;
}
