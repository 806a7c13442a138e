// Search: Pagefind answers; when it finds nothing, the nearest words of the site are proposed.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var query = new URLSearchParams(location.search).get("q") || "";
  // With a question in the address the list of all pages gives way before anything is drawn: nothing jumps later.
  if (query.trim()) document.documentElement.classList.add("asked");

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("search");
    var data = form.dataset;
    var answer = document.getElementById("answer"), maybe = document.getElementById("maybe");
    var results = document.getElementById("results"), elsewhere = document.getElementById("elsewhere");
    var bundle = new URL(data.bundle, location.href).href;
    var SHOWN = 6;
    var asked = 0;
    // Where projects are many they have an index of their own, which is read when somebody asks for it.
    var everywhere = false, merged = null;

    function fill(text, values) {
      return text.replace(/\{(\w+)\}/g, function (hole, name) { return values[name]; });
    }

    function folded(text) {
      return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
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

    // The question with each word that the site does not know replaced by the nearest that it does; "" when nothing is.
    async function suggestion(text) {
      var words = await (await fetch(data.words)).json();
      var plain = words.map(folded);
      var changed = false;
      var better = folded(text).split(/\s+/).filter(Boolean).map(function (word) {
        if (word.length < 4 || plain.indexOf(word) >= 0) return word;
        var most = word.length > 7 ? 2 : 1, nearest = -1, least = most + 1;
        plain.forEach(function (known, position) {
          var d = distance(word, known, most);
          if (d < least) { least = d; nearest = position; }
        });
        if (nearest < 0) return word;
        changed = true;
        return words[nearest];
      });
      return changed ? better.join(" ") : "";
    }

    function entry(item) {
      var line = document.createElement("li");
      var link = document.createElement("a");
      link.href = item.url;
      link.textContent = item.meta.title;
      var words = document.createElement("p");
      // Pagefind's excerpt is escaped text with <mark> around what was found: taken apart, never put in as HTML.
      item.excerpt.split(/(<mark>.*?<\/mark>)/).forEach(function (part) {
        var node = /^<mark>/.test(part) ? document.createElement("mark") : document.createElement("span");
        node.textContent = unescaped(part.replace(/<\/?mark>/g, ""));
        words.appendChild(node);
      });
      line.append(link, words);
      return line;
    }

    function unescaped(text) {
      return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "'")
        .replace(/&amp;/g, "&");
    }

    // exactly: take the question as it was typed, without looking for the nearest words.
    async function find(text, exactly) {
      var mine = ++asked;
      answer.textContent = data.busy;
      results.setAttribute("aria-busy", "true");
      maybe.textContent = results.textContent = elsewhere.textContent = "";
      try {
        var pagefind = await import(bundle);
        // Without a worker, which is the same script once more: another tenth of the weight.
        var base = { baseUrl: new URL(data.root, location.href).pathname, noWorker: true };
        await pagefind.options(base);
        if (everywhere) await (merged = merged || pagefind.mergeIndex(new URL(data.apart, location.href).href, base));
        var better = exactly || everywhere ? "" : await suggestion(text);
        var found = (await pagefind.search(better || text)).results;
        if (mine !== asked) return;
        if (better && found.length) {
          var button = document.createElement("button");
          button.type = "button";
          button.className = "btn btn-outline-primary";
          button.textContent = fill(data.exactly, { q: text });
          button.addEventListener("click", function () { find(text, true); });
          maybe.append(fill(data.maybe, { q: better }) + " ", button);
        } else if (better) found = (await pagefind.search(text)).results;
        await show(pagefind, found, better && found.length ? better : text, mine);
        if (data.apart && !everywhere && mine === asked) offer(text, exactly);
      } catch (failure) {
        if (mine !== asked) return;
        answer.textContent = data.failed;
        document.documentElement.classList.remove("asked");
      }
      results.setAttribute("aria-busy", "false");
    }

    function offer(text, exactly) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-primary";
      button.textContent = data.projects;
      button.addEventListener("click", function () {
        everywhere = true;
        find(text, exactly);
      });
      elsewhere.appendChild(button);
    }

    async function show(pagefind, found, text, mine, from) {
      var start = from || 0;
      var items = await Promise.all(found.slice(start, start + SHOWN).map(function (result) { return result.data(); }));
      if (mine !== asked) return;
      answer.textContent = found.length === 0 ? fill(data.none, { q: text })
        : fill(found.length === 1 ? data.one : data.many, { n: found.length, q: text });
      items.forEach(function (item) { results.appendChild(entry(item)); });
      if (found.length > start + SHOWN) {
        var more = document.createElement("button");
        more.type = "button";
        more.className = "btn btn-outline-primary";
        more.textContent = data.more;
        var line = document.createElement("li");
        line.appendChild(more);
        more.addEventListener("click", function () {
          line.remove();
          show(pagefind, found, text, mine, start + SHOWN);
        });
        results.appendChild(line);
      }
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var text = form.elements.q.value.trim();
      history.replaceState(null, "", location.pathname + (text ? "?q=" + encodeURIComponent(text) : ""));
      document.documentElement.classList.toggle("asked", text !== "");
      if (text) find(text, false);
      else { asked++; answer.textContent = maybe.textContent = results.textContent = elsewhere.textContent = ""; }
    });
    if (query.trim()) {
      form.elements.q.value = query;
      find(query.trim(), false);
    }
  });
})();
