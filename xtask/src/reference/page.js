// What the page can do without: search, the choice that stays, buttons to copy, this deployment's address.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch (forbidden) {
      return null;
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch (forbidden) {
      // Then it is chosen anew with the next visit.
    }
  };
  // Before the page is painted: the theme that was chosen in the app.
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  addEventListener("DOMContentLoaded", () => {
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const told = document.getElementById("told");
    let hush;
    const tell = (text) => {
      told.textContent = text;
      clearTimeout(hush);
      hush = setTimeout(() => (told.textContent = ""), 2000);
    };

    // The language, from the address, from last time, or the first.
    const radios = all("[name=language]");
    const choose = (language) => {
      const radio = radios.find(({ value }) => value === language);
      if (radio) radio.checked = true;
      return Boolean(radio);
    };
    choose(new URLSearchParams(location.search).get("lang")) || choose(kept("docs-language"));
    for (const radio of radios) radio.addEventListener("change", () => keep("docs-language", radio.value));
    // What is read stays where it is, though examples above it grow or shrink.
    for (const label of all(".tabs label")) {
      label.addEventListener("click", (event) => {
        event.preventDefault();
        const before = label.getBoundingClientRect().top;
        choose(label.htmlFor.replace("language-", ""));
        keep("docs-language", label.htmlFor.replace("language-", ""));
        scrollBy({ top: label.getBoundingClientRect().top - before, behavior: "instant" });
      });
    }

    // Code that can be pasted as it is.
    for (const code of all("code")) {
      if (code.textContent.includes("https://your-deployment.example")) {
        code.textContent = code.textContent.replaceAll("https://your-deployment.example", location.origin);
      }
    }
    for (const block of all(".code, pre.plain")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      const name = block.getAttribute("aria-label") ?? block.querySelector("pre").getAttribute("aria-label");
      button.setAttribute("aria-label", `Copy: ${name.replace(/, in \w+$/, "")}`);
      button.addEventListener("click", async () => {
        const shown = all("pre", block.parentElement).find((pre) => block.contains(pre) && pre.checkVisibility());
        await navigator.clipboard.writeText((shown ?? block).textContent);
        tell("Copied");
      });
      if (block.matches("pre")) {
        const holder = document.createElement("div");
        holder.className = "holder";
        block.replaceWith(holder);
        holder.append(block, button);
      } else {
        block.append(button);
      }
    }

    // The contents say what is read; the address stays as it is.
    const links = new Map(all("#contents a").map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver(
      (entries) => {
        const entry = entries.filter((entry) => entry.isIntersecting).pop();
        if (!entry) return;
        all("#contents [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
        const link = links.get(entry.target.getAttribute("aria-labelledby"));
        link?.setAttribute("aria-current", "true");
        const contents = document.getElementById("contents");
        if (!link || !contents.checkVisibility()) return;
        const { top, bottom } = link.getBoundingClientRect();
        if (top < 64 || bottom > innerHeight) contents.scrollTop += top - innerHeight / 2;
      },
      { rootMargin: "-15% 0px -80% 0px" },
    );
    all(".operation, section.prose").forEach((section) => seen.observe(section));
    document.getElementById("contents").addEventListener("click", ({ target }) => {
      const contents = document.getElementById("contents");
      if (target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
    });

    // Search: headings, fields and sentences.
    const search = document.getElementById("search");
    const found = document.getElementById("found");
    search.parentElement.hidden = false;
    const places = all("h2, h3, div[id] > dt").map((head) => {
      const place = head.matches("dt") ? head.parentElement : head;
      const section = head.closest("section");
      const title = head.firstElementChild.textContent;
      const more = [];
      if (head.matches("dt")) more.push(head.nextElementSibling.textContent);
      for (let next = head.nextElementSibling; next && !next.matches("h2, h3"); next = next.nextElementSibling) {
        if (head.matches("h2, h3") && next.matches("p, ul, .pairs")) more.push(next.textContent);
      }
      const chapter = head.matches("h2") ? "" : section?.querySelector("h2, h3")?.textContent ?? "";
      return { id: place.id, title, chapter, text: more.join(" "), isField: head.matches("dt") };
    });
    const rank = ({ title, text, isField }, words) => {
      const [inTitle, inText] = [title.toLowerCase(), text.toLowerCase()];
      if (!words.every((word) => inTitle.includes(word) || inText.includes(word))) return 0;
      const hits = words.filter((word) => inTitle.includes(word)).length;
      return 1 + 4 * hits + (isField ? 0 : 2) + (inTitle.startsWith(words[0]) ? 2 : 0);
    };
    const look = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      found.hidden = words.length === 0;
      if (found.hidden) return found.replaceChildren();
      const ranked = places.map((place) => [rank(place, words), place]).filter(([points]) => points > 0);
      ranked.sort(([a], [b]) => b - a);
      const rows = ranked.slice(0, 12).map(([, { id, title, chapter, text }]) => {
        const link = document.createElement("a");
        link.href = `#${id}`;
        link.textContent = title;
        const more = document.createElement("small");
        more.textContent = [chapter, text].filter(Boolean).join(" · ");
        link.append(more);
        return link;
      });
      const count = document.createElement("p");
      count.setAttribute("role", "status");
      count.textContent = ranked.length === 0 ? "Nothing found" : `${ranked.length} found`;
      found.replaceChildren(...rows, count);
    };
    const leave = () => {
      search.value = "";
      look();
    };
    search.addEventListener("input", look);
    found.addEventListener("click", ({ target }) => target.closest("a") && setTimeout(leave));
    search.parentElement.addEventListener("keydown", (event) => {
      const rows = all("a", found);
      const at = rows.indexOf(document.activeElement);
      if (event.key === "Escape") {
        leave();
        search.focus();
      } else if (event.key === "Enter" && event.target === search && rows.length > 0) {
        rows[0].click();
        search.blur();
      } else if (event.key === "ArrowDown" && rows.length > 0) {
        event.preventDefault();
        rows[Math.min(at + 1, rows.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (rows[at - 1] ?? search).focus();
      }
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
      event.preventDefault();
      search.focus();
    });
    addEventListener("pointerdown", ({ target }) => search.parentElement.contains(target) || leave());
  });
})();
