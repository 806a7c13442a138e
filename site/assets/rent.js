// The range of the agreed rent, step by step. Without this script the tables of the page say the same.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("rent");
    var data = form.dataset;
    var bands = JSON.parse(data.table);
    var small = data.small.split(" ").map(Number);
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
      var enlarged = form.elements.small.checked && m2 >= small[0] && m2 <= small[1];
      var square = enlarged ? m2 * (1 + small[2] / 100) : m2;
      var length = Number(form.elements.years.value), furniture = Number(form.elements.furniture.value);
      var energy = form.elements.energy.checked ? Number(form.elements.energy.value) : 0;
      var sure = length + energy, most = sure + furniture;
      var low = ends[0] * square * (100 + sure) / 100, high = ends[1] * square * (100 + most) / 100;
      var added = [length, furniture, energy].filter(Boolean).map(signed);

      function product(end, percent) {
        return number(end, 2) + " × " + number(square, 2) + (percent ? " × " + number((100 + percent) / 100, 2) : "");
      }
      var lines = [
        fill(data.band, { zone: zone, band: band, min: number(ends[0], 2), max: number(ends[1], 2) }),
        enlarged ? fill(data.enlarged, { m2: number(m2, 2), more: small[2], total: number(square, 2) })
          : fill(data.square, { m2: number(m2, 2) }),
        added.length ? fill(data.added, { list: added.join(" "), sum: signed(most) }) : data.plain,
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
