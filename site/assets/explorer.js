// A table in the browser: filter, sort, page, numbers of a column, download. What is chosen stands in the address.
(function () {
  "use strict";
  const by = id => document.getElementById(id), root = by("explorer"), form = by("filters");
  const settings = JSON.parse(by("settings").textContent), { columns, words } = settings;
  // On a telephone a row is a card of many lines: fewer stand on a page.
  const lang = document.documentElement.lang, SIZE = matchMedia("(max-width: 575.98px)").matches ? 10 : 50, heads = [...root.querySelectorAll("thead th")];
  const numeric = column => column.type === "number" || column.type === "integer";
  // The rule of etl/exports/guard.py; a test compares the two.
  const DANGER = /^'*[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  let rows = [], shown = [], filters = [], sort = null, page = 1;

  // Cells of one record with quotes in it.
  function cells(line) {
    const found = [];
    for (let at = 0, end; at <= line.length; at = end + 1) {
      if (line[at] === '"') {
        end = at + 1;
        while ((end = line.indexOf('"', end)) >= 0 && line[end + 1] === '"') end += 2;
        found.push(line.slice(at + 1, end++).replaceAll('""', '"'));
      } else {
        end = line.indexOf(",", at);
        if (end < 0) end = line.length;
        found.push(line.slice(at, end));
      }
    }
    return found;
  }

  function parse(text) {
    const found = [], lines = text.split("\n");
    for (let at = 0; at < lines.length - 1; at++) {
      let line = lines[at];
      if (!line.includes('"')) found.push(line.split(","));
      else {
        // An odd number of quotes: the record goes on in the next line.
        while (line.split('"').length % 2 === 0) line += "\n" + lines[++at];
        found.push(cells(line));
      }
    }
    return found.slice(1);
  }

  const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 12, useGrouping: "always" });
  const money = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: "always" });
  const write = (column, value) => (column.money ? money : plain).format(value);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const fold = text => /[^\x00-\x7f]/.test(text) ? text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    : text.toLowerCase();
  // Codes in words; a text with a bar in a column without codes stays as it is.
  const display = (column, value) => value === "" ? "–" : numeric(column) ? write(column, +value)
    : column.type === "boolean" ? words[value] : column.coded ? value.split("|").map(code => column.labels[code] || code).join(", ")
      : value;

  // A number as people write it: 1.200,50 in Italian, 1,200.50 in English; NaN when it is none.
  function number(text) {
    const bare = lang !== "it" ? text.replaceAll(",", "")
      : text.includes(",") ? text.replaceAll(".", "").replace(",", ".") : text;
    return bare.trim() ? +bare : NaN;
  }

  function tester([place, test, value]) {
    const column = columns[place], folded = fold(value), wanted = numeric(column) ? number(value) : value;
    const of = numeric(column) ? row => +row[place] : row => row[place];
    return {
      empty: row => !row[place],
      full: row => row[place],
      has: row => fold(display(column, row[place])).includes(folded) || fold(row[place]).includes(folded),
      min: row => row[place] && of(row) >= wanted,
      // A month or a year counts from its start: 2024-06-30 is at most 2024-06.
      max: row => row[place] && (numeric(column) ? of(row) <= wanted : of(row).slice(0, value.length) <= value),
      is: row => numeric(column) ? row[place] && of(row) === wanted
        : [row[place], display(column, row[place])].some(text => fold(text) === folded)
    }[test];
  }

  function update(keep) {
    const tests = filters.map(tester);
    shown = rows.filter(row => tests.every(test => test(row)));
    if (sort) {
      const [place, down] = sort, sign = down ? -1 : 1;
      const key = numeric(columns[place]) ? row => +row[place] : row => fold(row[place]);
      // Empty cells stay at the end whichever way.
      shown = shown.map(row => [!row[place], key(row), row])
        .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -sign : a[1] > b[1] ? sign : 0)).map(item => item[2]);
    }
    if (!keep) page = 1;
    draw();
  }

  function element(name, text, click) {
    const made = document.createElement(name);
    made.textContent = text;
    if (click) {
      made.type = "button";
      made.onclick = click;
    }
    return made;
  }

  const pairs = list => list.map(([name, value]) => {
    const group = element("div", "");
    group.append(element("dt", name), element("dd", value));
    return group;
  });

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / SIZE));
    page = Math.min(Math.max(1, page), pages);
    root.querySelector("tbody").replaceChildren(...shown.slice((page - 1) * SIZE, page * SIZE).map(row => {
      const line = element("tr", "");
      columns.forEach((column, place) => {
        const cell = element("td", display(column, row[place]));
        cell.dataset.name = column.title;
        if (numeric(column)) cell.className = "num";
        line.append(cell);
      });
      return line;
    }));
    by("count").textContent = fill(words.count, { shown: plain.format(shown.length), all: plain.format(rows.length) });
    by("page").textContent = fill(words.page, { page, pages });
    by("pages").hidden = pages === 1;
    const [back, on] = by("pages").querySelectorAll("button");
    back.disabled = page === 1;
    on.disabled = page === pages;
    heads.forEach((head, place) => {
      head.ariaSort = sort && sort[0] === place ? sort[1] ? "descending" : "ascending" : null;
    });
    by("active").replaceChildren(...filters.map((filter, index) => {
      const said = `${columns[filter[0]].title} ${form.test.querySelector(`[value=${filter[1]}]`).text} ${filter[2]} `;
      const item = element("li", said);
      const button = element("button", words.remove, () => {
        filters.splice(index, 1);
        update();
        form.column.focus();
      });
      button.className = "btn btn-outline-primary btn-sm";
      button.ariaLabel = `${words.remove}: ${said}`;
      item.append(button);
      return item;
    }));
    statistics();
    remember();
  }

  function statistics() {
    if (!by("statistics").open) return;
    const place = +form.about.value, column = columns[place], counts = new Map();
    const values = shown.map(row => row[place]).filter(Boolean), n = values.length;
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const told = [[words.filled, n], [words.missing, shown.length - n], [words.distinct, counts.size]]
      .map(([name, value]) => [name, plain.format(value)]);
    if (n && numeric(column)) {
      const sorted = Float64Array.from(values, Number).sort(), half = n >> 1;
      // Cents as whole numbers: a sum of euro must be right to the cent.
      const unit = column.money ? 100 : 1;
      const sum = sorted.reduce((total, value) => total + (column.money ? Math.round(value * 100) : value), 0) / unit;
      for (const [name, value] of [["least", sorted[0]], ["most", sorted[n - 1]], ["sum", sum], ["mean", sum / n],
        ["median", n % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2]]) {
        told.push([words[name], write(column, value)]);
      }
      const finds = columns.findIndex(item => item.finds);
      const odd = finds < 0 ? [] : shown.filter(row => row[place] && row[finds].split("|").some(code => column.odd.includes(code)));
      if (odd.length) {
        const codes = new Set(odd.flatMap(row => row[finds].split("|")).filter(code => column.odd.includes(code)));
        const rest = Math.round(sum * unit) - odd.reduce((total, row) => total + Math.round(+row[place] * unit), 0);
        told.push([fill(words.without, { count: odd.length, why: display(columns[finds], [...codes].join("|")) }), write(column, rest / unit)]);
      }
    } else if (n) {
      told.push([words.frequent, [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5)
        .map(([value, count]) => `${display(column, value)} (${count})`).join("; ")]);
    }
    by("numbers").replaceChildren(...pairs(told));
  }

  function remember() {
    const query = new URLSearchParams(filters.map(([place, test, value]) => ["f", [columns[place].name, test, value].join("~")]));
    if (sort) query.set("sort", (sort[1] ? "-" : "") + columns[sort[0]].name);
    if (page > 1) query.set("page", page);
    history.replaceState(null, "", `?${query}`.replace(/^\?$/, location.pathname));
  }

  function recall() {
    const query = new URLSearchParams(location.search), place = name => columns.findIndex(item => item.name === name);
    filters = query.getAll("f").map(text => text.split("~"))
      .map(([name, test, ...value]) => [place(name), test, value.join("~")])
      .filter(([found, test]) => found >= 0 && [...form.test.options].some(option => option.value === test));
    const wanted = query.get("sort") || "", found = place(wanted.replace("-", ""));
    sort = found < 0 ? null : [found, wanted[0] === "-"];
    page = +query.get("page") || 1;
  }

  function save(excel) {
    const comma = excel ? ";" : ",", must = new RegExp(`["\\r\\n${comma}]`);
    const italian = (column, value) => numeric(column) ? value.replace(".", ",")
      : column.type === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? value.split("-").reverse().join("/")
        : DANGER.test(value) ? `'${value}` : value;
    const text = [columns.map(column => column.name), ...shown].map((line, at) => line
      .map((value, place) => excel && at ? italian(columns[place], value) : value)
      .map(value => must.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
      .join(comma) + (excel ? "\r\n" : "\n"));
    const link = element("a", "");
    link.href = URL.createObjectURL(new Blob([excel ? "\ufeff" : "", ...text], { type: "text/csv" }));
    link.download = `${settings.name}-filtered${excel ? ".excel" : ""}.csv`;
    link.click();
  }

  // Conditions that make sense for the type of the column, and values to choose from where they are a closed list.
  function offer() {
    const column = columns[form.column.value], kind = numeric(column) || column.type === "date" ? column.type : "string";
    for (const option of form.test.options) {
      option.hidden = option.disabled = !(option.dataset.for || kind).includes(kind);
    }
    if (form.test.selectedOptions[0].disabled) form.test.value = kind === "string" ? "has" : "min";
    form.value.disabled = /empty|full/.test(form.test.value);
    by("values").replaceChildren(...Object.values(column.labels).map(text => new Option(text)));
  }

  form.onsubmit = event => {
    event.preventDefault();
    const { column, test, value } = form, bare = value.disabled;
    const wrong = !bare && numeric(columns[column.value]) && isNaN(number(value.value));
    value.setCustomValidity(wrong ? words.number : "");
    if (!value.reportValidity() || !bare && !value.value) return;
    filters.push([+column.value, test.value, bare ? "" : value.value]);
    value.value = "";
    update();
  };
  form.value.oninput = () => form.value.setCustomValidity("");
  form.column.onchange = form.test.onchange = offer;
  form.about.onchange = by("statistics").ontoggle = statistics;
  root.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.save) save(dataset.save === "excel");
    if (dataset.step) {
      page += +dataset.step;
      draw();
      by("table-rows").scrollIntoView();
    }
  });
  heads.forEach((head, place) => {
    const button = element("button", head.textContent, () => {
      sort = [place, !!sort && sort[0] === place && !sort[1]];
      update();
    });
    button.title = `${words.sort} ${head.textContent}`;
    head.replaceChildren(button);
  });

  fetch(root.dataset.csv).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status)).then(text => {
    rows = parse(text);
    recall();
    offer();
    update(true);
  }).catch(error => {
    by("count").textContent = words.failed;
    throw error;
  }).finally(() => {
    form.hidden = false;
    performance.mark("explorer");
  });
}());
