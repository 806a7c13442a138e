// Desk finder: filters the list that the page already holds. Position and choices never leave the browser.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  function start() {
    var form = document.getElementById("finder");
    var entries = Array.prototype.slice.call(document.querySelectorAll("[data-desk]"));
    var groups = Array.prototype.slice.call(document.querySelectorAll("[data-group]"));
    var list = document.getElementById("list");
    var found = document.getElementById("found");
    var lang = document.documentElement.lang;
    var here = null;

    // The clock of Rome, whatever the clock of the browser says: {day: "2026-11-26", time: "10:30"}.
    function rome() {
      var parts = {};
      new Intl.DateTimeFormat("en-GB", {
        timeZone: "Europe/Rome", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
        hourCycle: "h23"
      }).formatToParts(new Date()).forEach(function (part) { parts[part.type] = part.value; });
      return { day: parts.year + "-" + parts.month + "-" + parts.day, time: parts.hour + ":" + parts.minute };
    }

    // {now: closing time or "", next: [day, opening time] or null, known: whether hours are known}
    function hours(entry, clock) {
      var days = (entry.dataset.open || "").split(";").filter(Boolean);
      var state = { now: "", next: null, known: days.length > 0 };
      days.forEach(function (line) {
        var parts = line.split(" ");
        parts.slice(1).forEach(function (band) {
          var ends = band.split("-");
          if (parts[0] === clock.day && ends[0] <= clock.time && clock.time < ends[1]) state.now = ends[1];
          if (!state.next && (parts[0] > clock.day || (parts[0] === clock.day && ends[0] > clock.time))) {
            state.next = [parts[0], ends[0]];
          }
        });
      });
      return state;
    }

    function fill(text, values) {
      return text.replace(/\{(\w+)\}/g, function (hole, name) { return values[name]; });
    }

    function dayName(day) {
      return new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })
        .format(new Date(day + "T12:00:00Z"));
    }

    function distance(entry) {
      if (!here || !entry.dataset.at) return Infinity;
      var at = entry.dataset.at.split(" ").map(Number);
      var rad = Math.PI / 180;
      var x = (at[1] - here.longitude) * rad * Math.cos((at[0] + here.latitude) / 2 * rad);
      var y = (at[0] - here.latitude) * rad;
      return Math.sqrt(x * x + y * y) * 6371;
    }

    function read() {
      var wanted = {};
      new FormData(form).forEach(function (value, name) { if (value) wanted[name] = value; });
      return wanted;
    }

    // Whether a desk states that it serves a part of the city: "yes", "no", or "apart" where its source does not say.
    function area(data, number) {
      var city = form.dataset.city;
      if (words(data.districts).indexOf(number) >= 0 || words(data.serves).indexOf(city) >= 0) return "yes";
      return data.place === city && !data.districts && !data.serves ? "apart" : "no";
    }

    function words(list) { return (list || "").split(" ").filter(Boolean); }

    // "yes", "no", "unknown" where the entry says nothing about one of the choices, or "apart" (see area).
    function fits(entry, wanted, clock) {
      var data = entry.dataset;
      var answer = "yes";
      function ask(value, ok) {
        if (!value) { if (answer !== "no") answer = "unknown"; } else if (!ok) answer = "no";
      }
      if (wanted.need && words(data.needs).indexOf(wanted.need) < 0) return "no";
      if (wanted.place && data.place !== wanted.place && words(data.serves).indexOf(wanted.place) < 0) return "no";
      if (wanted.municipio) answer = area(data, wanted.municipio);
      if (answer === "no") return answer;
      if (wanted.language) ask(data.languages, words(data.languages).indexOf(wanted.language) >= 0);
      if (wanted.appointment) ask(data.appointment, data.appointment === wanted.appointment);
      if (wanted.wheelchair) ask(data.wheelchair, data.wheelchair === wanted.wheelchair);
      if (wanted.day || wanted.part) ask(data.slots, words(data.slots).some(function (slot) {
        var ends = slot.split("-");
        return (!wanted.day || ends[0] === wanted.day) && (!wanted.part || ends[1] === wanted.part);
      }));
      if (wanted.open) { var state = hours(entry, clock); ask(state.known, state.now !== "" || opensAt(state) === wanted.first); }
      return answer;
    }

    function opensAt(state) { return state.next ? state.next.join(" ") : "none"; }

    // The first opening of those that fit but for the hour, such as "2026-11-30 08:00"; "" while somebody is open.
    function firstOpening(wanted, clock) {
      var others = Object.assign({}, wanted, { open: "" });
      var states = entries.filter(function (entry) { return /yes|apart/.test(fits(entry, others, clock)); })
        .map(function (entry) { return hours(entry, clock); });
      if (states.some(function (state) { return state.now; })) return "";
      return states.filter(function (state) { return state.next; }).map(opensAt).sort()[0] || "";
    }

    function show() {
      var wanted = read();
      var clock = rome();
      var count = 0, unknown = 0;
      // Where nobody is open the road goes on: those who open first are shown, and when.
      wanted.first = wanted.open ? firstOpening(wanted, clock) : "";
      entries.forEach(function (entry) {
        var answer = fits(entry, wanted, clock);
        entry.hidden = answer !== "yes" && answer !== "apart";
        entry.classList.toggle("apart", answer === "apart");
        if (!entry.hidden) count += 1;
        if (answer === "unknown") unknown += 1;
        note(entry, clock);
      });
      groups.forEach(function (group) { group.hidden = !group.querySelector("[data-desk]:not([hidden])"); });
      // What is folded opens when somebody chooses.
      document.querySelectorAll("#list details").forEach(function (kind) {
        kind.hidden = !kind.querySelector("[data-desk]:not([hidden])");
        kind.open = !kind.hidden && (here !== null || Object.values(wanted).some(Boolean));
      });
      document.querySelectorAll(".map-pin").forEach(function (pin) {
        var shown = entries.filter(function (e) { return !e.hidden && e.dataset.place === pin.dataset.place; }).length;
        pin.classList.toggle("off", shown === 0);
        if (shown) { pin.removeAttribute("tabindex"); pin.removeAttribute("aria-hidden"); }
        else { pin.setAttribute("tabindex", "-1"); pin.setAttribute("aria-hidden", "true"); }
        pin.querySelector("text").textContent = shown;
        pin.setAttribute("aria-label", pin.getAttribute("aria-label").replace(/\d+/, shown));
      });
      var text = count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : fill(form.dataset.many, { n: count });
      if (wanted.first) {
        var opening = wanted.first.split(" ");
        text = fill(form.dataset.first, { day: dayName(opening[0]), time: opening[1] }) + " " + text;
      }
      if (unknown) text += " · " + fill(form.dataset.unknown, { n: unknown });
      if (wanted.open && lastDay && clock.day > lastDay) text = form.dataset.stale;
      found.textContent = text;
      order();
    }

    function note(entry, clock) {
      var place = entry.querySelector(".js-note");
      var state = hours(entry, clock);
      var said = [];
      if (entry.classList.contains("apart")) said.push(form.dataset.apart);
      if (state.now) said.push(fill(form.dataset.open, { time: state.now }));
      else if (state.next) said.push(fill(form.dataset.next, { day: dayName(state.next[0]), time: state.next[1] }));
      var far = distance(entry);
      if (isFinite(far)) {
        said.push(fill(form.dataset.near, { km: far.toLocaleString(lang, { maximumFractionDigits: far < 10 ? 1 : 0 }) }));
      }
      place.textContent = said.join(" · ");
      place.hidden = !said.length;
      place.classList.toggle("is-open", state.now !== "");
    }

    function order() {
      if (!here) return;
      function nearest(group) {
        return Math.min.apply(null, Array.prototype.map.call(group.querySelectorAll("[data-desk]"), distance));
      }
      groups.sort(function (a, b) { return nearest(a) - nearest(b); })
        .forEach(function (group) { list.appendChild(group); });
    }

    function remember() {
      var query = new URLSearchParams(read()).toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    }

    var lastDay = entries.map(function (entry) { return (entry.dataset.open || "").split(";").pop().split(" ")[0]; })
      .sort().pop();
    new URLSearchParams(location.search).forEach(function (value, name) {
      var field = form.elements[name];
      if (!field) return;
      var folded = field.closest("details");
      if (folded) folded.open = true;
      if (field.type === "checkbox") field.checked = field.value === value; else field.value = value;
    });
    form.addEventListener("change", function () { show(); remember(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { show(); remember(); }); });
    document.getElementById("near").addEventListener("click", function () {
      if (!navigator.geolocation) { found.textContent = form.dataset.denied; return; }
      navigator.geolocation.getCurrentPosition(
        function (position) { here = position.coords; show(); },
        function () { found.textContent = form.dataset.denied; }
      );
    });
    show();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
