import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const docs = dirname(dirname(fileURLToPath(import.meta.url)));

function title(page) {
  return readFileSync(join(docs, page), "utf8").match(/^# (.*)$/m)[1];
}

function pages(...names) {
  return names.map((name) => ({ text: title(`${name}.md`), link: `/${name}` }));
}

function folder(name) {
  return readdirSync(join(docs, name))
    .filter((file) => file.endsWith(".md") && file !== "index.md")
    .sort()
    .map((file) => ({ text: title(`${name}/${file}`), link: `/${name}/${file.slice(0, -3)}` }));
}

/** What leads out of the documents has no page here: its words stay, the link goes. */
function withoutLinksToSources(markdown) {
  markdown.core.ruler.push("sources", (state) => {
    const here = dirname(state.env.relativePath ?? "");
    for (const token of state.tokens) {
      let isOutside = false;
      token.children = (token.children ?? []).filter((child) => {
        const href = child.type === "link_open" ? child.attrGet("href") : null;
        if (href && !/^[a-z]+:|^#/.test(href)) {
          isOutside = normalize(join(here, href)).startsWith("..");
        } else if (href) {
          isOutside = false;
        }
        return !(isOutside && (child.type === "link_open" || child.type === "link_close"));
      });
    }
  });
}

/** Indented blocks look as fenced ones do, and scroll within the page. */
function withoutIndentedBlocks(markdown) {
  markdown.core.ruler.push("indented", (state) => {
    for (const token of state.tokens.filter((each) => each.type === "code_block")) {
      token.type = "fence";
      token.info = "sh";
    }
  });
}

export default defineConfig({
  title: "Leat",
  description: "Real-time change feeds from scraped data",
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    config: (markdown) => {
      withoutLinksToSources(markdown);
      withoutIndentedBlocks(markdown);
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: [
      {
        text: "Tutorials",
        items: pages("tutorials/first-feed", "tutorials/first-client", "tutorials/first-alert", "tutorials/first-cluster"),
      },
      {
        text: "How to",
        items: [
          ...pages("http", "clients"),
          ...folder("sinks"),
          ...pages("testing", "monitoring", "status", "trace", "report", "cluster", "kubernetes"),
        ],
      },
      { text: "Reference", items: folder("reference") },
      {
        text: "Explanations",
        items: [
          ...pages("tour", "scaling"),
          { text: "Decisions", link: "/decisions/", collapsed: true, items: folder("decisions") },
        ],
      },
    ],
  },
});
