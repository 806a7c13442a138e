// "Where do you live?" on the page of a need: shows whom to ask there, taken from the page of the place, and remembers
// the place in this browser alone. Without it the links of the list lead to the same answer.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var KEY = "place";

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
    var all = document.getElementById("all-places").href, list = document.getElementById("places");
    var links = Array.prototype.slice.call(box.querySelectorAll("a[data-place]"));
    // The places that the page shows; all the others are read when somebody is about to write one.
    var known = links.map(function (link) {
      return { name: link.dataset.place, cap: link.dataset.cap, href: link.href };
    });
    municipalities.offer(list, known);

    function whole() {
      return municipalities.of(all).then(function (others) {
        return known.concat(others.map(function (place) {
          return { name: place.name, cap: place.cap, href: place.href + "#" + box.dataset.need };
        }));
      });
    }

    function show(place) {
      var address = place.href;
      fetch(address.split("#")[0]).then(function (reply) {
        return reply.ok ? reply.text() : Promise.reject(new Error(reply.status));
      }).then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var section = page.getElementById(box.dataset.need);
        section.querySelectorAll("[id]").forEach(function (part) { part.removeAttribute("id"); });
        section.querySelectorAll("a[href]").forEach(function (part) {
          part.href = new URL(part.getAttribute("href"), address).href;
        });
        section.querySelector("h2").textContent = place.name;
        answer.replaceChildren.apply(answer, Array.prototype.slice.call(section.childNodes));
        field.value = place.name;
        kept(place.name);
        forget.hidden = false;
      }).catch(function () { location.href = address; });
    }

    // Where the list of all places does not come, its page does.
    function ask(text) {
      whole().then(function (places) {
        var place = municipalities.meant(text, places);
        if (place) show(place); else answer.textContent = box.dataset.none;
      }, function () { location.href = all; });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(field.value);
    });
    // Names to choose from are a help: without them the form asks again when it is sent.
    field.addEventListener("focus", function () {
      whole().then(function (places) { municipalities.offer(list, places); }, function () {});
    });
    field.addEventListener("change", function () {
      if (Array.prototype.some.call(list.options, function (one) { return one.value === field.value; })) ask(field.value);
    });
    links.forEach(function (link) { link.addEventListener("click", function () { kept(link.dataset.place); }); });
    forget.addEventListener("click", function () {
      kept(null);
      field.value = "";
      answer.replaceChildren();
      forget.hidden = true;
    });
    var before = kept(), there = before && municipalities.meant(before, known);
    if (there) show(there);
    else if (before) whole().then(function (places) {
      var place = municipalities.meant(before, places);
      if (place) show(place);
    }, function () {});
  }

  document.addEventListener("DOMContentLoaded", start);
})();
