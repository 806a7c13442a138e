// A table as text, and what people ask of it: numbers and dates as they write them, conditions, an order, an address,
// cells in words. The table to work with and the tables in pages of others share it; it touches no page.
(function () {
  "use strict";
  const fold = text => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : text).toLowerCase();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const numeric = column => column.type === "number" || column.type === "integer";
  // Conditions that a column can have; the first one is offered first.
  const asks = column => numeric(column) || /date|time|year/.test(column.type) ? ["min", "max", "is", "empty", "full"]
    : column.type === "boolean" ? ["is", "empty", "full"] : ["has", "is", "empty", "full"];

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

  // Digits with a point, as an address holds them. Three decimals get a nought: 1.2340 is nothing but a bit more than one.
  function digits(whole, rest, shift) {
    const all = whole + rest.padEnd(shift, "0"), at = whole.length + shift;
    const before = all.slice(0, at).replace(/^0+(?=\d)/, ""), after = all.slice(at).replace(/0+$/, "");
    return !after ? before : `${before}.${after}${after.length === 3 && /^[1-9]\d{0,2}$/.test(before) ? "0" : ""}`;
  }

  // Ways to read signs between digits, each [whole, decimals, not as this language writes]; own: its sign before decimals.
  function shapes(text, own) {
    const plain = /^(\d+)(?:([.,])(\d+))?$/.exec(text);
    if (plain) {
      const [, whole, sign, rest = ""] = plain, decimal = [whole, rest, !!sign && sign !== own];
      if (!sign || rest.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole)) return [decimal];
      return sign === own ? [decimal, [whole + rest, ""]] : [[whole + rest, ""], decimal];
    }
    const groups = /^([1-9]\d{0,2}(?:([.,' ])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/.exec(text);
    return groups ? [[groups[1].replace(/\D/g, ""), groups[3] || "", groups[2] === own]] : [];
  }

  // What a reader gives: [{ value, odd }], first what is understood, then what else it can be; nothing where it is none.
  // value: as an address holds it, which is read alike in every language. odd: to be said, as others write it so.
  function numbers(text, locale) {
    const parts = /^([+-]?)(?:€|eur\b)? ?(\d[\d.,' ]*?) ?(mila|thousand|mln|milion[ei]|millions?)? ?(?:€|euros?|eur)?$/
      .exec(fold(text).replace(/\s+/g, " ").trim().replace("’", "'").replace("−", "-"));
    if (!parts) return [];
    const own = new Intl.NumberFormat(locale).format(1.5)[1], shift = !parts[3] ? 0 : /mila|thousand/.test(parts[3]) ? 3 : 6;
    return shapes(parts[2], own).filter(([whole, rest]) => whole.length < 13 && rest.length < 13)
      .map(([whole, rest, odd]) => ({ value: parts[1].replace("+", "") + digits(whole, rest, shift), odd: !!odd }));
  }

  const dated = (year, month, day) => {
    const whole = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
    return whole.getUTCMonth() + 1 === +(month || 1) && whole.getUTCDate() === +(day || 1) && +year > 999
      ? [year, month, day].filter(Boolean).map(part => String(part).padStart(2, "0")).join("-") : "";
  };

  const full = year => year.length > 2 ? year : (year < 70 ? "20" : "19") + year;

  function month(word, locale) {
    for (const language of [locale, "it", "en"]) {
      const write = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
      const found = [...Array(12).keys()].filter(index => fold(write.format(Date.UTC(2020, index))).startsWith(word));
      if (word.length > 2 && found.length === 1) return found[0] + 1;
    }
    return 0;
  }

  function worded(text, locale) {
    const words = (text.match(/\p{L}+/gu) || []).filter(word => !/^(di|del|de|of|the|le)$/.test(word));
    const parts = text.match(/\d+/g) || [], at = parts.findIndex(part => part.length === 4);
    const [year] = parts.splice(at < 0 ? 1 : at, 1), found = words.length === 1 && month(words[0], locale);
    const value = found && year && parts.length < 2 && parts.every(part => part.length < 3) && dated(full(year), found, parts[0]);
    return value ? [{ value, odd: year.length < 4 }] : [];
  }

  // A day, a month or a year; in English a day and a month below thirteen may have changed places.
  function dates(text, locale) {
    const said = fold(text).replace(/\s+/g, " ").trim().replace(/(\d)(?:st|nd|rd|th|er|[°º])(?!\p{L})/gu, "$1");
    const iso = /^(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?$/.exec(said);
    if (iso) return [{ value: dated(iso[1], iso[2], iso[3]), odd: false }].filter(one => one.value);
    const short = /^(?:(\d\d?)[-/. ])?(\d\d?)[-/. ](\d{4}|\d\d)$/.exec(said);
    if (!short) return /^[\p{L}\d ,./-]+$/u.test(said) ? worded(said, locale) : [];
    const [, first, second, year] = short;
    if (!first && year.length < 4) return [];
    const ours = dated(full(year), second, first), theirs = first ? dated(full(year), first, second) : "";
    const odd = year.length < 4 || !ours;
    return [ours, /^en/.test(locale) || !ours ? theirs : ""].filter((value, at, all) => value && all.indexOf(value) === at)
      .map(value => ({ value, odd }));
  }

  function times(text) {
    const found = /^(\d\d?)(?:[:.h](\d\d))?$/.exec(text.trim());
    return found && found[1] < 24 && (found[2] || 0) < 60 ? [{ value: `${found[1].padStart(2, "0")}:${found[2] || "00"}`, odd: false }] : [];
  }

  // 1: the days of a cell are among those asked for; 0: none of them; a half: the cell tells too little.
  function among(cell, test, wanted) {
    const first = text => text.slice(0, 10) + "-01-01".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
    const last = text => text.slice(0, 10) + "-12-31".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
    const from = test === "max" || first(cell) >= first(wanted), to = test === "min" || last(cell) <= last(wanted);
    const apart = test !== "max" && last(cell) < first(wanted) || test !== "min" && first(cell) > last(wanted);
    return from && to ? 1 : apart ? 0 : 0.5;
  }

  // What can be asked of a table in a language: settings has its columns, words and locale.
  function rows({ columns, words, locale }) {
    const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 12, useGrouping: "always" });
    const euro = digits => new Intl.NumberFormat(locale, { style: "currency", currency: "EUR", minimumFractionDigits: digits, useGrouping: "always" });
    const cents = euro(2), bare = euro(0), brief = new Intl.NumberFormat(locale, { notation: "compact", compactDisplay: "long" });
    const day = how => new Intl.DateTimeFormat(locale, { ...how, timeZone: "UTC" });
    const days = { 7: day({ month: "long", year: "numeric" }), 10: day({ dateStyle: "long" }) };
    const plural = new Intl.PluralRules(locale);
    const count = (name, many, values) => fill(words[name][plural.select(many)] || words[name].other, { count: plain.format(many), ...values });
    const write = (column, value) => (!column.money ? plain : value % 1 ? cents : bare).format(value);
    const date = value => !days[value.slice(0, 10).length] ? value
      : days[value.slice(0, 10).length].format(new Date(value.slice(0, 10))) + (value.length > 10 ? `, ${value.slice(11)}` : "");
    // Codes in words; a text with a bar in a column without codes stays as it is.
    const display = (column, value) => value === "" ? "–" : numeric(column) ? write(column, +value)
      : column.type === "boolean" ? words[value] : column.type === "date" ? date(value)
        : column.coded ? value.split("|").map(code => column.labels[code] || code).join(", ") : value;

    function read(column, text) {
      if (!text.trim()) return [];
      if (numeric(column)) return numbers(text, locale);
      if (column.type === "date") return dates(text, locale);
      if (column.type === "time") return times(text);
      if (column.type === "year") return /^\d{4}$/.test(text.trim()) ? [{ value: text.trim(), odd: false }] : [];
      const folded = fold(text.trim()), known = column.type === "boolean" ? ["true", "false"] : Object.keys(column.labels);
      const code = known.find(one => folded === fold(one) || folded === fold(display(column, one)));
      return code ? [{ value: code, odd: false }] : column.type === "boolean" ? [] : [{ value: text, odd: false }];
    }

    // One condition, its value as the address holds it; null where that cannot be read.
    function condition(place, test, text) {
      const column = columns[place];
      if (/empty|full/.test(test)) return { place, test, value: "", others: [], odd: false };
      if (test === "has") return text ? { place, test, value: text, others: [], odd: false } : null;
      const [first, ...others] = read(column, text);
      return first ? { place, test, value: first.value, others: others.map(one => one.value), odd: first.odd } : null;
    }

    function tester({ place, test, value }) {
      const column = columns[place], folded = fold(value), wanted = numeric(column) ? +value : value;
      const of = numeric(column) ? row => +row[place] : row => row[place];
      if (column.type === "date" && /min|max|is/.test(test)) return row => row[place] ? among(row[place], test, value) : 0;
      return {
        empty: row => !row[place],
        full: row => !!row[place],
        has: row => fold(display(column, row[place])).includes(folded) || fold(row[place]).includes(folded),
        min: row => !!row[place] && of(row) >= wanted,
        max: row => !!row[place] && of(row) <= wanted,
        is: row => !!row[place] && (numeric(column) ? of(row) === wanted
          : (column.coded ? row[place].split("|") : [row[place]]).some(code => fold(code) === folded))
      }[test];
    }

    // { shown: rows for which all conditions hold, unsure: how many tell too little }; sort: [place, downwards] or null.
    function choose(all, filters, sort) {
      const tests = filters.map(tester), marks = all.map(row => tests.reduce((least, test) => least && Math.min(least, test(row)), 1));
      let shown = all.filter((_, at) => marks[at] === 1);
      if (sort) {
        const [place, down] = sort, sign = down ? -1 : 1;
        const key = numeric(columns[place]) ? row => +row[place] : row => fold(row[place]);
        // Empty cells stay at the end whichever way.
        shown = shown.map(row => [!row[place], key(row), row])
          .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -sign : a[1] > b[1] ? sign : 0)).map(item => item[2]);
      }
      return { shown, unsure: marks.filter(mark => mark === 0.5).length };
    }

    // The address of what is seen, and what an address asks for; `lost` is what of it could not be read.
    function query({ filters, sort, page, seen }) {
      const found = new URLSearchParams(filters.map(({ place, test, value }) => ["f", [columns[place].name, test, value].join("~")]));
      if (sort) found.set("sort", (sort[1] ? "-" : "") + columns[sort[0]].name);
      if (seen) found.set("columns", seen.map(place => columns[place].name).join(","));
      if (page > 1) found.set("page", page);
      return found.size ? `?${found}`.replaceAll("%7E", "~").replaceAll("%2C", ",") : "";
    }

    function recall(search) {
      const found = new URLSearchParams(search), lost = [], filters = [];
      const place = name => columns.findIndex(item => item.name === name);
      for (const text of found.getAll("f")) {
        const [name, test, ...value] = text.split("~"), at = place(name);
        const made = at < 0 || !words.tests[test] ? null : condition(at, test, value.join("~"));
        if (made) filters.push(made);
        else lost.push(text);
      }
      const order = found.get("sort") || "", by = place(order.replace(/^-/, ""));
      if (order && by < 0) lost.push(order);
      const seen = (found.get("columns") || "").split(",").filter(Boolean).map(place);
      return { filters, lost, sort: by < 0 ? null : [by, order[0] === "-"], page: /^\d{1,6}$/.test(found.get("page")) ? +found.get("page") : 1,
        seen: seen.some(at => at >= 0) ? seen.filter(at => at >= 0) : null };
    }

    const word = (column, test) => words.tests[/date|time/.test(column.type) && { min: "from", max: "to" }[test]
      || (column.several && test === "is" ? "holds" : test)];
    const tell = ({ place, test, value }) =>
      `${columns[place].title}: ${word(columns[place], test)}${value && ` ${display(columns[place], value)}`}`;

    // Whole thousands in words, other numbers without a sign between their digits: what nobody reads in another way.
    const hint = (column, value) => !numeric(column) || value % 1 || Math.abs(value) < 1000 || Math.abs(value) >= 1e6 ? ""
      : ` (${value % 1000 ? Math.abs(value) : brief.format(value)})`;
    const hinted = (column, value) => display(column, value) + hint(column, value);
    const understood = ({ place, value }) => fill(words.understood, { value: hinted(columns[place], value) });

    // What is said where no row is left: from where to where the columns go that were asked for.
    function ranges(all, filters) {
      const places = new Set(filters.filter(one => /min|max|is/.test(one.test)).map(one => one.place));
      return [...places].filter(place => numeric(columns[place]) || columns[place].type === "date").map(place => {
        const column = columns[place], values = all.map(row => row[place]).filter(Boolean);
        if (!values.length) return fill(words.bare, { column: column.title });
        const sorted = numeric(column) ? values.sort((a, b) => a - b) : values.sort();
        return fill(words.range, { column: column.title, low: display(column, sorted[0]), high: display(column, sorted.at(-1)) });
      });
    }

    // The sentence below the conditions.
    function sentences(all, { shown, unsure }, filters) {
      const said = [shown.length ? count("rows", shown.length, { all: plain.format(all.length) }) : fill(words.none, { all: plain.format(all.length) })];
      if (unsure) said.push(count("unsure", unsure));
      return shown.length ? said : said.concat(ranges(all, filters));
    }

    const seen = chosen => chosen || columns.map((_, place) => place).filter(place => !columns[place].hidden);
    return { plain, write, count, display, read, condition, choose, query, recall, tell, word, hinted, understood, sentences, seen };
  }

  globalThis.Rows = { rows, parse, numbers, dates, numeric, asks, fill };
}());
