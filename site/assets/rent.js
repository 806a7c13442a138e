// The range of the agreed rent, step by step. Without this script the tables of the page say the same.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("rent");
    if (!form) return;
    var data = form.dataset;
    var bands = JSON.parse(data.table);
    var result = document.getElementById("rent-result");
    var error = document.getElementById("rent-error");

    function fill(text, values) {
      return text.replace(/\{(\w+)\}/g, function (hole, name) { return values[name]; });
    }

    function number(value, digits) {
      return value.toLocaleString(data.lang === "en" ? "en-GB" : data.lang,
        { maximumFractionDigits: digits, useGrouping: "always" });
    }

    function signed(value) { return (value > 0 ? "+" : "−") + Math.abs(value); }

    function show() {
      var m2 = Number(form.elements.m2.value.trim().replace(",", "."));
      var right = m2 > 0 && m2 <= 1000;
      error.textContent = right ? "" : data.wrong;
      form.elements.m2.setAttribute("aria-invalid", String(!right));
      result.textContent = "";
      if (!right) return;

      var zone = form.elements.zone.value, band = form.elements.band.value;
      var ends = bands[zone + "-" + band];
      if (!ends) return;
      // What is chosen of the rules of the agreement: options of lists, and boxes.
      var rules = Array.from(form.querySelectorAll("option:checked, input:checked"));
      var larger = rules.find(function (rule) {
        return rule.dataset.more && m2 >= Number(rule.dataset.from) && m2 <= Number(rule.dataset.to);
      });
      var square = larger ? m2 * (1 + Number(larger.dataset.more) / 100) : m2;
      var changes = rules.filter(function (rule) { return Number(rule.dataset.percent); });
      function total(chosen) {
        return chosen.reduce(function (sum, rule) { return sum + Number(rule.dataset.percent); }, 0);
      }
      function sureOnly(rule) { return !("most" in rule.dataset); }
      var sure = total(changes.filter(sureOnly)), most = total(changes);
      var low = ends[0] * square * (100 + sure) / 100, high = ends[1] * square * (100 + most) / 100;
      var added = changes.map(function (rule) { return signed(Number(rule.dataset.percent)); });

      function product(end, percent) {
        return number(end, 2) + " × " + number(square, 2) + (percent ? " × " + number((100 + percent) / 100, 2) : "");
      }
      var lines = [
        fill(data.band, { zone: zone, band: band, min: number(ends[0], 2), max: number(ends[1], 2) }),
        larger ? fill(data.enlarged, { m2: number(m2, 2), more: Number(larger.dataset.more), total: number(square, 2) })
          : fill(data.square, { m2: number(m2, 2) }),
        added.length ? fill(data.added, { list: added.join(" "), sum: signed(most) })
          + (sure === most ? "" : " " + data.upper) : data.plain,
        fill(data.steps, { a: product(ends[0], sure) + " = " + number(low, 0), b: product(ends[1], most) + " = " + number(high, 0) }),
        fill(data.year, { min: number(low, 0), max: number(high, 0) })
      ];
      var head = document.createElement("p");
      head.className = "rent-answer";
      head.textContent = fill(data.month, { min: number(low / 12, 0) + " €", max: number(high / 12, 0) + " €" });
      var steps = document.createElement("ol");
      lines.forEach(function (line) { steps.appendChild(document.createElement("li")).textContent = line; });
      result.append(head, steps);
    }

    form.addEventListener("input", show);
    form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
    show();
  });
})();
