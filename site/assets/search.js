// Search: a small file has the answers to known words, places and codes, and the page lists all titles. The words of all
// pages, which weigh twice as much as everything else, are searched where these do not explain the question, or on request.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var query = new URLSearchParams(location.search).get("q") || "";
  // With a question in the address the list of all pages gives way before anything is drawn: nothing jumps later.
  if (query.trim()) root.classList.add("asked");

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("search");
    var data = form.dataset;
    var answer = document.getElementById("answer"), maybe = document.getElementById("maybe");
    var results = document.getElementById("results"), elsewhere = document.getElementById("elsewhere");
    var GROUPS = ["answers", "desks", "services", "pages", "past", "data"];
    var SHOWN = 3, OPEN = 7, HAN = /\p{Script=Han}/u, DIGIT = /\d/;
    var asked = 0, tables = null;
    // Where projects are many they have an index of their own, which is read when somebody asks for it.
    var everywhere = false, merged = null;

    // Whoever opens this page will ask: what answers first is on its way (the page preloads it).
    var answers = json(data.answers).catch(() => null);

    function fill(text, q) {
      return text.replace("{q}", () => q);
    }

    function made(tag, text, into) {
      var node = document.createElement(tag);
      node.textContent = text;
      if (into) into.appendChild(node);
      return node;
    }

    // Words without capitals, accents, signs and the Arabic article; codes keep their points.
    function folded(text) {
      return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}.]+/gu, " ")
        .replace(/\.(?= |$)/g, "").replace(/(^| )\u0627\u0644(?=\p{L}{3})/gu, "$1").trim();
    }

    // Damerau-Levenshtein distance, given up once above `most`.
    function distance(a, b, most) {
      if (Math.abs(a.length - b.length) > most) return most + 1;
      var before = [], row = [], i, j;
      for (j = 0; j <= b.length; j++) row[j] = j;
      for (i = 1; i <= a.length; i++) {
        var next = [i], best = i;
        for (j = 1; j <= b.length; j++) {
          var cost = a[i - 1] === b[j - 1] ? 0 : 1;
          next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + cost);
          if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
            next[j] = Math.min(next[j], before[j - 2] + 1);
          }
          best = Math.min(best, next[j]);
        }
        if (best > most) return most + 1;
        before = row;
        row = next;
      }
      return row[b.length];
    }

    async function json(path) {
      return path && (await fetch(path)).json();
    }

    // Pages, and terms: a folded word, and the numbers of its pages. ours: they are of this language, and so come first.
    function take(table, ours) {
      table.pages.forEach(function (page) {
        tables.pages.push({ title: page[0], url: data.root + page[1], group: page[2], note: page[3], lang: page[4],
          words: folded(page[0]), listed: ours && !page[4] });
      });
      Object.keys(table.words).forEach(function (word) {
        var term = folded(word);
        tables.terms.push({ term: term, words: term.split(" "), pages: table.words[word], ours: ours });
      });
    }

    // What is read when the answers of this language do not explain all words: others, and the words that the site knows.
    async function learn() {
      var found = await Promise.all([json(data.more), json(data.words)]), site = found[1];
      var own = tables.terms.map(term => term.term);
      take(found[0], 0);
      tables.all = !site || site.all;
      // Each word begins with how many of its first letters the one before has.
      var word = "";
      tables.said = site ? site.words.split(" ").map(next => folded(word = word.slice(0, next[0]) + next.slice(1)))
        : tables.pages.map(page => page.listed ? page.words : "").join(" ").split(" ");
      tables.words = Array.from(new Set(own.join(" ").split(" ").concat(tables.said)));
    }

    // Forms of one word: the same but for the last letter.
    function alike(a, b) {
      if (a === b) return true;
      var most = Math.max(a.length, b.length) - 1;
      return most > 3 && !DIGIT.test(a) && a.slice(0, most) === b.slice(0, most);
    }

    // The words of the question that a term explains; null when the question does not hold it.
    function held(term, words) {
      // Chinese has no spaces between words.
      if (HAN.test(term.term)) {
        var text = words.join("");
        return text.includes(term.term) || text.length > 1 && term.term.includes(text) ? words : null;
      }
      for (var from = 0; from + term.words.length <= words.length; from++) {
        var part = words.slice(from, from + term.words.length);
        if (part.every(function (word, place) { return alike(word, term.words[place]); })) return part;
      }
      return null;
    }

    // The pages of the terms that the question holds, the best of each first, of the longest first of all; `told` takes the words that these explain.
    function pinned(words, told) {
      var text = words.join(" "), code = DIGIT.test(text) && text.length > 3, found = [], best = [], pages = [];
      var foreign = tables.said && !words.some(known);
      tables.terms.forEach(function (term) {
        if (!term.ours && !foreign && term.term !== text) return;
        var part = code && term.term.startsWith(text) ? words : held(term, words);
        if (part) found.push({ term: term, part: part, rank: (term.term === text ? 99 : 0) + term.term.length + term.ours });
      });
      found.sort((a, b) => b.rank - a.rank);
      if (found.length && found[0].term.term === text) found.length = 1;
      found.forEach(function (one) {
        if (!code && !HAN.test(text) && one.part.every(word => told.includes(word))) return;
        told.push.apply(told, one.part);
        best.push(one.term.pages[0]);
        pages = pages.concat(one.term.pages);
      });
      return Array.from(new Set(best.concat(pages))).map(number => tables.pages[number]);
    }

    // Whether the site has such a word: Pagefind, asked for another, looks for its first letters and finds nonsense.
    function known(word) {
      if (DIGIT.test(word)) return false;
      var stem = word.slice(0, Math.max(4, word.length - 2));
      return word.length > 2 && (!tables.all || tables.said.some(other => other.startsWith(stem)));
    }

    // The nearest word that the site knows instead of one that it does not; words with an answer come first.
    function nearest(word) {
      if (word.length < 4 || DIGIT.test(word)) return word;
      if (tables.words.some(other => alike(word, other))) return word;
      var least = word.length > 7 ? 3 : 2, best = word;
      tables.words.forEach(function (other) {
        var d = distance(word, other, least - 1);
        if (d < least) { least = d; best = other; }
      });
      return best;
    }

    function entry(item) {
      var line = document.createElement("li");
      var link = made("a", item.title || item.meta.title, line);
      link.href = item.url;
      if (item.lang) {
        line.lang = link.hreflang = item.lang;
        line.dir = item.lang === "ar" ? "rtl" : "ltr";
      }
      if (item.note) made("p", item.note, line);
      if (item.excerpt) line.append(excerpt(item.excerpt));
      return line;
    }

    // Pagefind's excerpt is escaped text with <mark> around what was found: taken apart, never put in as HTML.
    function excerpt(text) {
      var words = document.createElement("p");
      text.split(/(<mark>.*?<\/mark>)/).forEach(function (part) {
        made(/^<mark>/.test(part) ? "mark" : "span", part.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<")
          .replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "'").replace(/&amp;/g, "&"), words);
      });
      return words;
    }

    function button(text, into, does) {
      var node = made("button", text, into);
      node.type = "button";
      node.className = "btn btn-outline-primary";
      node.addEventListener("click", does);
      return node;
    }

    // The pages of the list that stands below, with these words in their title, in each group.
    function titled(text) {
      var pages = data.bundle ? Array.from(document.querySelectorAll("#all .letters li"), function (line) {
        var link = line.querySelector("a");
        return { title: link.textContent, url: link.href, group: line.dataset.in, words: folded(link.textContent) };
      }) : tables.pages.filter(page => page.listed);
      return GROUPS.map(group => pages.filter(page => page.group === group && text.split(" ").every(word =>
        (HAN.test(word) ? page.words : " " + page.words).includes(HAN.test(word) ? word : " " + word))));
    }

    // What Pagefind finds in each group.
    async function search(text, exactly) {
      var pagefind = await import(new URL(data.bundle, location.href).href);
      // Without a worker, which is the same script once more: another tenth of the weight.
      var base = { baseUrl: new URL(data.root, location.href).pathname, noWorker: true };
      await pagefind.options(base);
      if (everywhere) await (merged = merged || pagefind.mergeIndex(new URL(data.apart, location.href).href, base));
      // In quotes it does not look for the first letters of a word that it does not know.
      if (exactly) text = "\"" + text + "\"";
      var found = (await pagefind.search(text)).results, names = await groups();
      return GROUPS.map(function (group) {
        var own = new Set(names.map(name => name[group] || "").join(" ").split(" "));
        return found.filter(item => own.has(item.id.split("_").pop()));
      });
    }

    // Pagefind's names of the pages of each group, of every index that is read.
    function groups() {
      var indexes = everywhere ? [data.bundle, data.apart + "pagefind.js"] : [data.bundle];
      return Promise.all(indexes.map(index => json(new URL("groups-" + root.lang + ".json", new URL(index, location.href)))));
    }

    // A group of results, null when all stand already (seen): the first ones when it is opened, more when asked for.
    async function show(name, items, open, seen) {
      var box = document.createElement("details"), list = document.createElement("ol"), next = 0;
      made("h2", name, made("summary", "", box));
      list.className = "list-unstyled";
      box.append(list);
      async function more() {
        var some = items.slice(next, next += SHOWN);
        var read = await Promise.all(some.map(item => item.data ? item.data() : item));
        read.forEach(function (item) {
          var path = new URL(item.url, location.href).href;
          if (!seen.has(path)) list.append(entry(item));
          seen.add(path);
        });
        if (next < items.length) {
          var line = document.createElement("li");
          button(data.next, line, function () { line.remove(); more(); });
          list.append(line);
        }
      }
      box.open = open;
      if (open || items.length <= SHOWN) await more();
      box.addEventListener("toggle", function () { if (!next) more(); });
      return next && !list.firstChild ? null : box;
    }

    // exactly: take the question as it was typed, without looking for the nearest words. deep: in the words of all pages.
    async function find(text, exactly, deep) {
      var mine = ++asked, failed = false;
      answer.textContent = data.busy;
      results.setAttribute("aria-busy", "true");
      maybe.textContent = results.textContent = elsewhere.textContent = "";
      root.classList.remove("nothing");
      var typed = folded(text).split(" "), words = typed, told = [], first = [], found = [], better = "";
      var isTold = word => told.includes(word);
      try {
        if (!tables) {
          tables = { pages: [], terms: [] };
          take(await answers || await json(data.answers), 0.5);
        }
        first = pinned(words, told);
        var whole = words.every(isTold);
        if (!whole) {
          if (!tables.said) await learn();
          first = pinned(words, told = []);
          if (!exactly) words = words.map(word => isTold(word) ? word : nearest(word));
          better = words.join(" ") === typed.join(" ") ? "" : words.join(" ");
          if (better) first = pinned(words, []);
          if (words.length > 1 || !DIGIT.test(text)) words = words.filter(word => known(word) || everywhere && DIGIT.test(word));
        }
        deep = data.bundle && (deep || !whole);
        var sought = words.join(" ");
        if (words.length) found = deep ? await search(sought, whole || DIGIT.test(words[0])) : titled(sought);
      } catch (failure) { failed = true; }
      if (first.length) found[0] = first.concat(found[0] || []);
      var seen = new Set(), shown = 0, names = data.groups.split("|"), boxes = [];
      for (var place = 0; place < found.length; place++) {
        if (!found[place].length) continue;
        boxes.push(await show(names[place], found[place], shown < (place < 4 ? OPEN : 1), seen));
        shown += Math.min(found[place].length, SHOWN);
      }
      if (mine !== asked) return;
      results.append.apply(results, boxes.filter(Boolean));
      answer.textContent = fill(shown ? data.found : failed ? data.failed : data.none, better && shown ? better : text);
      root.classList.toggle("nothing", !shown);
      if (better && shown) {
        maybe.append(fill(data.maybe, better) + " ");
        button(fill(data.exactly, text), maybe, function () { find(text, true, true); });
      }
      if (data.bundle && !deep) button(data.deep, elsewhere, function () { find(text, exactly, true); });
      else if (data.apart && !everywhere) {
        button(data.projects, elsewhere, function () {
          everywhere = true;
          find(text, exactly, true);
        });
      }
      results.setAttribute("aria-busy", "false");
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var text = form.elements.q.value.trim();
      history.replaceState(null, "", location.pathname + (text ? "?q=" + encodeURIComponent(text) : ""));
      root.classList.toggle("asked", text !== "");
      ask(text);
    });

    function ask(text) {
      document.querySelectorAll(".same-search").forEach(function (link) { link.search = "?q=" + encodeURIComponent(text); });
      if (text) return find(text, false);
      asked++;
      root.classList.remove("nothing");
      answer.textContent = maybe.textContent = results.textContent = elsewhere.textContent = "";
    }

    if (query.trim()) {
      form.elements.q.value = query;
      ask(query.trim());
    }
  });
})();
