// A table in the page of somebody else: the rows that its address asks for, and those that do not stand in it yet.
// Without a condition and with all rows in sight it does nothing.
(function () {
  "use strict";
  const by = id => document.getElementById(id), root = by("embedded");
  const settings = JSON.parse(by("settings").textContent), { columns, words } = settings, table = Rows.rows(settings);
  const view = table.recall(location.search), seen = table.seen(view.seen), body = root.querySelector("tbody");
  const SIZE = 50, drawn = [...body.rows], nav = by("pages"), places = table.seen(null);

  function cell(column, value) {
    const made = document.createElement("td"), address = /^https?:\/\/[^\s|]+$/.test(value);
    if (Rows.numeric(column)) made.className = "num";
    if (!address) made.textContent = table.display(column, value);
    else {
      const link = document.createElement("a");
      link.href = value;
      link.rel = "external";
      link.textContent = value;
      made.append(link);
    }
    return made;
  }

  // A row that stood in the page stays as it was written there.
  function line(row, at) {
    const found = drawn[at] ? drawn[at].cloneNode(true) : document.createElement("tr"), cells = [...found.cells];
    const of = place => cells[places.indexOf(place)] || cell(columns[place], row[place]);
    found.replaceChildren(...seen.map(of));
    return found;
  }

  function start(text) {
    const rows = Rows.parse(text), at = new Map(rows.map((row, index) => [row, index]));
    const chosen = table.choose(rows, view.filters, view.sort), { shown } = chosen, last = Math.max(1, Math.ceil(shown.length / SIZE));
    const heads = [...root.querySelectorAll("thead th")], row = root.querySelector("thead tr");
    row.replaceChildren(...seen.map(place => {
      const head = heads[places.indexOf(place)] || document.createElement("th");
      head.scope = "col";
      head.textContent = columns[place].title;
      return head;
    }));
    const draw = step => {
      view.page = Math.min(Math.max(1, view.page + step), last);
      body.replaceChildren(...shown.slice((view.page - 1) * SIZE, view.page * SIZE).map(one => line(one, at.get(one))));
      by("page").textContent = Rows.fill(words.page, { page: view.page, pages: last });
      const [back, on] = nav.querySelectorAll("button");
      back.disabled = view.page === 1;
      on.disabled = view.page === last;
      nav.hidden = last === 1;
      body.closest(".table-region").scrollTop = 0;
    };
    nav.onclick = ({ target: { dataset } }) => dataset.step && draw(+dataset.step);
    by("told").textContent = [...view.filters.map(one => `${table.tell(one)}.`), ...view.filters.filter(one => one.others.length)
      .map(table.understood), ...view.lost.map(one => Rows.fill(words.lost, { text: one })),
    ...table.sentences(rows, chosen, view.filters)].join(" ");
    by("whole").search = table.query(view);
    draw(0);
  }

  if (location.search || +root.dataset.rows > drawn.length) {
    fetch(root.dataset.csv).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status)).then(start).catch(error => {
      by("told").textContent = words.failed;
      throw error;
    });
  }
}());
