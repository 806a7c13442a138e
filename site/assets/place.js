// "Where do you live?" on the page of a need: shows whom to ask there, taken from the page of the place, and remembers
// the place in this browser alone. Without it the links of the list lead to the same answer.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var KEY = "place";

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’'`,.]/g, " ").toLowerCase()
      .replace(/\s+/g, " ").trim();
  }

  // The browser may refuse to keep anything: then nothing is remembered.
  function kept(value) {
    try {
      if (value === undefined) return localStorage.getItem(KEY);
      if (value === null) localStorage.removeItem(KEY); else localStorage.setItem(KEY, value);
    } catch (refused) { return null; }
    return value;
  }

  function start() {
    var box = document.getElementById("help");
    if (!box) return;
    var form = box.querySelector("form"), field = form.elements.place, forget = document.getElementById("forget");
    var answer = document.getElementById("answer");
    var links = Array.prototype.slice.call(box.querySelectorAll("a[data-place]"));
    var names = [];
    links.forEach(function (link) {
      if (names.indexOf(link.dataset.place) < 0) names.push(link.dataset.place);
    });
    names.forEach(function (name) { document.getElementById("places").appendChild(new Option(name, name)); });

    // The one place that some words mean: its name, its postal code, the end of its name, or the only one that begins so.
    function find(text) {
      var words = plain(text);
      if (!words) return null;
      var tests = [
        function (link) { return plain(link.dataset.place) === words; },
        function (link) { return link.dataset.cap === words; },
        function (link) { return (" " + plain(link.dataset.place)).endsWith(" " + words); },
        function (link) { return plain(link.dataset.place).startsWith(words); }
      ];
      for (var number = 0; number < tests.length; number += 1) {
        var found = links.filter(tests[number]);
        var same = found.every(function (link) { return link.dataset.place === found[0].dataset.place; });
        if (found.length && (same || number < 1)) return found[0];
      }
      return null;
    }

    function show(link) {
      var address = link.href;
      fetch(address.split("#")[0]).then(function (reply) {
        return reply.ok ? reply.text() : Promise.reject(new Error(reply.status));
      }).then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var section = page.getElementById(box.dataset.need);
        section.querySelectorAll("[id]").forEach(function (part) { part.removeAttribute("id"); });
        section.querySelectorAll("a[href]").forEach(function (part) {
          part.href = new URL(part.getAttribute("href"), address).href;
        });
        section.querySelector("h2").textContent = link.dataset.place;
        answer.replaceChildren.apply(answer, Array.prototype.slice.call(section.childNodes));
        field.value = link.dataset.place;
        kept(link.dataset.place);
        forget.hidden = false;
      }).catch(function () { location.href = address; });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var link = find(field.value);
      if (link) show(link); else answer.textContent = box.dataset.none;
    });
    field.addEventListener("change", function () {
      if (names.indexOf(field.value) >= 0) show(find(field.value));
    });
    links.forEach(function (link) { link.addEventListener("click", function () { kept(link.dataset.place); }); });
    forget.addEventListener("click", function () {
      kept(null);
      field.value = "";
      answer.replaceChildren();
      forget.hidden = true;
    });
    var before = find(kept() || "");
    if (before) show(before);
  }

  document.addEventListener("DOMContentLoaded", start);
})();
