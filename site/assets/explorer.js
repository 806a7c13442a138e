// A table in the browser: filter, sort, page, numbers of a column, download, an address and a frame of what is seen.
(function () {
  "use strict";
  const by = id => document.getElementById(id), root = by("explorer"), form = by("filters");
  const settings = JSON.parse(by("settings").textContent), { columns, words } = settings;
  const { numeric, fill } = Rows, table = Rows.rows(settings);
  // On a telephone a row is a card of many lines: fewer stand on a page.
  const SIZE = matchMedia("(max-width: 575.98px)").matches ? 10 : 50;
  // The rule of etl/exports/guard.py; a test compares the two.
  const DANGER = /^'*[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  let rows = [], shown = [], unsure = 0, lost = [], view = { filters: [], sort: null, page: 1, seen: null };

  function element(name, text, click) {
    const made = document.createElement(name);
    made.textContent = text;
    if (click) {
      made.type = "button";
      made.onclick = click;
    }
    return made;
  }

  function update(keep) {
    ({ shown, unsure } = table.choose(rows, view.filters, view.sort));
    if (!keep) view.page = 1;
    draw();
  }

  const pairs = list => list.map(([name, value]) => {
    const group = element("div", "");
    group.append(element("dt", name), element("dd", value));
    return group;
  });

  // The headings, which sort; made anew only when other columns are chosen, so that the keyboard keeps its place.
  function head() {
    root.querySelector("thead tr").replaceChildren(...table.seen(view.seen).map(place => {
      const cell = element("th", ""), button = element("button", columns[place].title, () => {
        view.sort = [place, !!view.sort && view.sort[0] === place && !view.sort[1]];
        update();
      });
      button.title = `${words.sort} ${columns[place].title}`;
      cell.scope = "col";
      cell.dataset.place = place;
      if (numeric(columns[place])) cell.className = "num";
      cell.append(button);
      return cell;
    }));
    form.querySelectorAll("[name=seen]").forEach((box, place) => { box.checked = table.seen(view.seen).includes(place); });
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / SIZE)), seen = table.seen(view.seen);
    const page = view.page = Math.min(Math.max(1, view.page), pages);
    root.querySelector("tbody").replaceChildren(...shown.slice((page - 1) * SIZE, page * SIZE).map(row => {
      const line = element("tr", "");
      for (const place of seen) {
        const cell = element("td", table.display(columns[place], row[place]));
        cell.dataset.name = columns[place].title;
        if (numeric(columns[place])) cell.className = "num";
        line.append(cell);
      }
      return line;
    }));
    by("count").textContent = table.sentences(rows, { shown, unsure }, view.filters).join(" ");
    by("page").textContent = fill(words.page, { page, pages });
    by("pages").hidden = pages === 1;
    const [back, on] = by("pages").querySelectorAll("button");
    back.disabled = page === 1;
    on.disabled = page === pages;
    root.querySelectorAll("thead th").forEach(cell => {
      cell.ariaSort = view.sort && view.sort[0] === +cell.dataset.place ? view.sort[1] ? "descending" : "ascending" : null;
    });
    by("active").replaceChildren(...view.filters.map((filter, index) => {
      const said = `${table.tell(filter)} `, item = element("li", said);
      const button = element("button", words.remove, () => {
        view.filters.splice(index, 1);
        update();
        form.column.focus();
      });
      button.className = "btn btn-outline-primary btn-sm";
      button.ariaLabel = `${words.remove}: ${said}`;
      item.append(button);
      return item;
    }));
    notes();
    statistics();
    remember();
  }

  // What was understood where it can be read in another way, with a link to that; what of an address was not.
  function notes() {
    by("notes").replaceChildren(...view.filters.filter(one => one.others.length || one.odd).map(filter => {
      const item = element("li", `${table.understood(filter)} `);
      for (const value of filter.others) {
        const link = element("a", fill(words.instead, { value: table.hinted(columns[filter.place], value) }));
        link.href = location.pathname + table.query({ ...view, page: 1, filters: view.filters.map(one => one === filter ? { ...one, value } : one) });
        item.append(link, " ");
      }
      return item;
    }), ...lost.map(text => element("li", fill(words.lost, { text }))));
  }

  function statistics() {
    if (!by("statistics").open) return;
    const place = +form.about.value, column = columns[place], counts = new Map();
    const values = shown.map(row => row[place]).filter(Boolean), n = values.length;
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    const told = [[words.filled, n], [words.missing, shown.length - n], [words.distinct, counts.size]]
      .map(([name, value]) => [name, table.plain.format(value)]);
    if (n && numeric(column)) {
      const sorted = Float64Array.from(values, Number).sort(), half = n >> 1;
      // Cents as whole numbers: a sum of euro must be right to the cent.
      const unit = column.money ? 100 : 1;
      const sum = sorted.reduce((total, value) => total + (column.money ? Math.round(value * 100) : value), 0) / unit;
      for (const [name, value] of [["least", sorted[0]], ["most", sorted[n - 1]], ["sum", sum], ["mean", sum / n],
        ["median", n % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2]]) {
        told.push([words[name], table.write(column, value)]);
      }
      const finds = columns.findIndex(item => item.finds);
      const odd = finds < 0 ? [] : shown.filter(row => row[place] && row[finds].split("|").some(code => column.odd.includes(code)));
      if (odd.length) {
        const codes = new Set(odd.flatMap(row => row[finds].split("|")).filter(code => column.odd.includes(code)));
        const rest = Math.round(sum * unit) - odd.reduce((total, row) => total + Math.round(+row[place] * unit), 0);
        told.push([table.count("without", odd.length, { why: table.display(columns[finds], [...codes].join("|")) }), table.write(column, rest / unit)]);
      }
    } else if (n) {
      told.push([words.frequent, [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5)
        .map(([value, count]) => `${table.display(column, value)} (${count})`).join("; ")]);
    }
    by("numbers").replaceChildren(...pairs(told));
  }

  // The address of what is seen, for this window and to give away.
  function remember() {
    const query = table.query(view), frame = root.dataset.embed + table.query({ ...view, page: 1 });
    history.replaceState(null, "", location.pathname + query);
    by("address").textContent = location.origin + location.pathname + query;
    const quoted = text => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    by("frame").textContent = `<iframe src="${quoted(new URL(frame, location.href).href)}" title="${quoted(settings.title)}"`
      + ' width="100%" height="480" loading="lazy"></iframe>';
  }

  function save(excel) {
    const comma = excel ? ";" : ",", must = new RegExp(`["\\r\\n${comma}]`), seen = table.seen(view.seen);
    const italian = (column, value) => numeric(column) ? value.replace(".", ",")
      : column.type === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? value.split("-").reverse().join("/")
        : DANGER.test(value) ? `'${value}` : value;
    const text = [columns.map(column => column.name), ...shown].map((line, at) => seen
      .map(place => excel && at ? italian(columns[place], line[place]) : line[place])
      .map(value => must.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
      .join(comma) + (excel ? "\r\n" : "\n"));
    const link = element("a", "");
    link.href = URL.createObjectURL(new Blob([excel ? "\ufeff" : "", ...text], { type: "text/csv" }));
    link.download = `${settings.name}-filtered${excel ? ".excel" : ""}.csv`;
    link.click();
  }

  // Conditions that make sense for the type of the column, and values to choose from where they are a closed list.
  function offer() {
    const column = columns[form.column.value], can = Rows.asks(column);
    for (const option of form.test.options) {
      option.hidden = option.disabled = !can.includes(option.value);
      option.text = table.word(column, option.value);
    }
    if (form.test.selectedOptions[0].disabled) form.test.value = can[0];
    form.value.disabled = /empty|full/.test(form.test.value);
    const known = column.type === "boolean" ? [words.true, words.false] : Object.values(column.labels);
    by("values").replaceChildren(...known.map(text => new Option(text)));
  }

  form.onsubmit = event => {
    event.preventDefault();
    const { column, test, value } = form, made = table.condition(+column.value, test.value, value.value);
    value.setCustomValidity(made ? "" : value.value.trim() && words.wrong[columns[column.value].type] || words.wrong.string);
    if (!made) {
      value.reportValidity();
      return;
    }
    view.filters.push(made);
    value.value = "";
    update();
  };
  form.value.oninput = () => form.value.setCustomValidity("");
  form.column.onchange = form.test.onchange = () => {
    form.value.setCustomValidity("");
    offer();
  };
  form.about.onchange = by("statistics").ontoggle = statistics;
  by("seen").onchange = () => {
    const boxes = [...form.querySelectorAll("[name=seen]")], chosen = boxes.flatMap((box, place) => box.checked ? [place] : []);
    view.seen = chosen.length && chosen.join() !== table.seen(null).join() ? chosen : null;
    head();
    draw();
  };
  root.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.save) save(dataset.save === "excel");
    if (dataset.step) {
      view.page += +dataset.step;
      draw();
      by("table-rows").scrollIntoView();
    }
  });

  // The first rows stand there: they are on the screen before the others are asked for. A window behind others shows none.
  new Promise(drawn => {
    new PerformanceObserver(drawn).observe({ type: "paint", buffered: true });
    setTimeout(drawn, document.hidden ? 0 : 3000);
  }).then(() => fetch(root.dataset.csv)).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status)).then(text => {
    rows = Rows.parse(text);
    ({ lost, ...view } = table.recall(location.search));
    // An address says by itself what is meant: only what can be read in two ways is told.
    view.filters.forEach(one => { one.odd = false; });
    head();
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
