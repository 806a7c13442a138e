// The range of the agreed rent, step by step, as etl/domain/rent.py works it out from the same rows of the agreement;
// tests hold both against one table. Without this script the tables of the page say the same.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("rent");
  if (!form) return;
  const { lang, group, most, least, article } = form.dataset;
  const bands = JSON.parse(form.dataset.table), words = JSON.parse(form.dataset.words);
  const units = JSON.parse(form.dataset.units).map((unit) => unit.replace(/[.^]/g, "\\$&")).join("|");
  const point = group === "." ? "," : ".";
  const escaped = group === "." ? "\\." : ",";
  const grouped = new RegExp(`^[0-9]{1,3}(?:[${escaped} '’][0-9]{3})+(?:\\${point}[0-9]{1,4})?$`);
  const plainly = new RegExp(`^[0-9]{1,7}(?:\\${point}[0-9]{1,4}|${escaped}[0-9]{1,2})?$`);
  const error = document.getElementById("rent-error");
  const [answer, notes] = document.querySelectorAll("#rent-result p");
  const range = document.getElementById("rent-range");
  const steps = document.getElementById("rent-steps");
  const needs = [...form.querySelectorAll("#rent-why li")];

  // Square metres as people write them, as a decimal text; "" when it is no such number.
  function readSize(written) {
    const plain = written.normalize("NFKC")
      .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/٫/g, ",").replace(/٬/g, ".")
      .toLowerCase().trim().replace(new RegExp(`([0-9])\\s*(?:${units})\\.?$`), "$1");
    if (grouped.test(plain)) return plain.replace(new RegExp(`[${escaped} '’]`, "g"), "").replace(point, ".");
    return plainly.test(plain) ? plain.replace(",", ".") : "";
  }

  // Ten thousandths as a whole number: amounts are exact, as they are in the tables.
  function exact(text) {
    const [whole, rest = ""] = String(text).split(".");
    return BigInt(whole + rest.padEnd(4, "0").slice(0, 4));
  }
  const plain = (value) => Number(value) / 1e4;
  const hundred = exact(100);

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name]);
  const number = (value, digits = 2) => Number(value).toLocaleString(lang === "en" ? "en-GB" : lang,
    { maximumFractionDigits: digits, useGrouping: "always", numberingSystem: "latn" });
  const signed = (value) => (value > 0 ? "+" : "−") + number(Math.abs(value));
  const euro = (value) => `${number(value)} €`;

  // How many of the ticked features each requirement counts, shown beside it; the sub-band that they give, 0 when none
  // is ticked: then nothing is known of the home.
  function fromFeatures(chosen) {
    const counted = new Set(needs.map((need) => need.dataset.counts));
    const met = needs.map((need) => {
      const count = chosen.filter((rule) => rule.dataset.kind === need.dataset.counts).length;
      const value = Number(need.dataset.value);
      const enough = need.dataset.operator === "at_most" ? count <= value : count >= value;
      need.dataset.met = enough;
      need.querySelector("b").textContent = fill(enough ? words.met : words.unmet, { n: count });
      return enough;
    });
    if (!chosen.some((rule) => counted.has(rule.dataset.kind))) return 0;
    let reached = Math.min(...Object.values(bands).flatMap((there) => Object.keys(there).map(Number)));
    for (const band of [...new Set(needs.map((need) => Number(need.dataset.band)).filter(Boolean))].sort((a, b) => a - b)) {
      if (!needs.every((need, place) => Number(need.dataset.band) !== band || met[place])) break;
      reached = band;
    }
    return reached;
  }

  function refuse(size) {
    if (!size || Number(size) === 0) return words.unreadable;
    const told = (text, limit) => fill(text, { m2: number(size), limit: number(limit), article });
    if (Number(size) < Number(least)) return told(words.small, least);
    return Number(size) > Number(most) ? told(words.large, most) : "";
  }

  // The whole euro within a range: the lowest upwards, the highest downwards. low, high: whole numbers of 1/scale.
  function inwards(low, high, scale) {
    const top = high / scale, bottom = (low + scale - 1n) / scale;
    return [bottom < top ? bottom : top, top];
  }

  // The whole zone, and within it what was worked out, both in euro per square metre, from nothing to the dearest zone.
  function draw(zone, own) {
    const top = Math.max(own[1], ...Object.values(bands).flatMap((there) => Object.values(there).map((band) => Number(band[1]))));
    [zone, own].forEach(([low, high], place) => {
      range.children[place].setAttribute("x", `${low * 100 / top}%`);
      range.children[place].setAttribute("width", `${(high - low) * 100 / top}%`);
    });
  }

  function show() {
    const size = readSize(form.elements.m2.value);
    const wrong = refuse(size);
    error.textContent = wrong;
    form.elements.m2.setAttribute("aria-invalid", String(Boolean(wrong)));
    for (const place of [answer, notes, steps]) place.textContent = "";
    range.toggleAttribute("hidden", Boolean(wrong));
    const chosen = [...form.querySelectorAll("option[data-kind]:checked, input:checked")];
    const found = fromFeatures(chosen), own = Number(form.elements.band.value);
    const there = bands[form.elements.zone.value];
    const meant = own || found ? [own || found] : Object.keys(there).map(Number).sort((a, b) => a - b);
    if (wrong || !there[meant[0]]) return;

    const sum = (rules) => rules.reduce((total, rule) => total + exact(rule.dataset.value), 0n);
    const larger = chosen.filter((rule) => rule.dataset.kind === "surface");
    const fits = ({ dataset }) => Number(dataset.from) <= Number(size) && Number(size) <= Number(dataset.to);
    const applied = sum(larger.filter(fits));
    const surface = exact(size) * (hundred + applied);
    const changes = chosen.filter((rule) => ["furniture", "length", "state"].includes(rule.dataset.kind));
    const sure = sum(changes.filter((rule) => rule.dataset.operator === "adds")), all = sum(changes);
    const ends = [there[meant[0]][0], there[meant.at(-1)][1]];
    const low = exact(ends[0]) * surface * (hundred + sure), high = exact(ends[1]) * surface * (hundred + all);
    const scale = 10n ** 16n * 10000n; // four times ten thousandths, two times per cent
    const month = inwards(low, high, scale * 12n), year = inwards(low, high, scale);

    answer.textContent = fill(words.month, { min: euro(month[0]), max: euro(month[1]) });
    const inside = Object.values(there), zone = [Math.min(...inside.map((band) => band[0])), Math.max(...inside.map((band) => band[1]))];
    draw(zone, [ends[0] * (1 + plain(sure) / 100), ends[1] * (1 + plain(all) / 100)]);
    notes.textContent = [
      meant.length > 1 ? words.unknown : fill(own ? words.own : words.ticked, { band: meant[0] }),
      own && found && own !== found ? fill(words.other, { band: found }) : "",
      ...larger.filter((rule) => !fits(rule)).map(({ dataset }) =>
        fill(words.idle, { from: number(dataset.from), to: number(dataset.to), article: dataset.article })),
      fill(words.range, { zone: form.elements.zone.value, min: number(zone[0]), max: number(zone[1]) }),
    ].filter(Boolean).join(" ");

    const square = plain(surface) / 1e6;
    const product = (end, percent) => `${number(end)} × ${number(square)}${percent ? ` × ${number(1 + plain(percent) / 100, 4)}` : ""}`
      + ` = ${number(end * square * (1 + plain(percent) / 100))}`;
    const listed = changes.map((rule) => Number(rule.dataset.value)).filter(Boolean).map(signed);
    const lines = [
      fill(words.zone, { zone: form.elements.zone.value, min: number(ends[0]), max: number(ends[1]) }),
      applied ? fill(words.enlarged, { m2: number(size), more: number(plain(applied)), total: number(square) })
        : fill(words.square, { m2: number(size) }),
      listed.length ? fill(words.added, { list: listed.join(" "), sum: signed(plain(all)) }) + (sure === all ? "" : ` ${words.upper}`)
        : words.plain,
      fill(words.steps, { a: product(ends[0], sure), b: product(ends[1], all) }),
      fill(words.year, { min: euro(year[0]), max: euro(year[1]) }),
      words.inwards,
    ];
    steps.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  }

  // What was answered stands behind # in the address: a browser sends it to nobody, and who opens it sees the same.
  const fields = [...form.elements].filter((field) => field.name);
  const boxes = fields.filter((field) => field.type === "checkbox");
  const others = fields.filter((field) => field.type !== "checkbox");

  function remember() {
    const said = new URLSearchParams(others.filter((field) => field.value).map((field) => [field.name, field.value]));
    for (const box of boxes) if (box.checked) said.set(box.name, "1");
    history.replaceState(null, "", `#${said}`);
  }

  // Whether the address holds answers; a value that the form does not offer is left out.
  function recall() {
    const said = new URLSearchParams(location.hash.slice(1));
    if (!said.has("zone")) return false;
    for (const field of others) {
      const value = said.get(field.name) ?? "";
      if (!field.options || [...field.options].some((option) => option.value === value)) field.value = value;
    }
    for (const box of boxes) {
      box.checked = said.has(box.name);
      if (box.checked) box.closest("details").open = true;
    }
    return true;
  }

  // Paper shows the answers in words, with their labels, and how the figures come about; never a control.
  function write() {
    const said = new Map(others.map((field) =>
      [field.labels[0].textContent, [field.selectedOptions ? field.selectedOptions[0].textContent.trim() : field.value]]));
    for (const box of boxes.filter((one) => one.checked)) {
      const title = (box.closest("fieldset")?.querySelector("legend") ?? box.closest("details").querySelector("summary"));
      said.set(title.textContent, [...(said.get(title.textContent) ?? []), box.nextElementSibling.textContent]);
    }
    document.getElementById("rent-chosen").replaceChildren(...[...said].map(([label, values]) => {
      const row = document.createElement("div");
      row.append(...[["dt", label], ["dd", values.join("; ")]].map(([tag, textContent]) =>
        Object.assign(document.createElement(tag), { textContent })));
      return row;
    }));
    for (const part of form.getElementsByTagName("details")) part.open = true;
  }

  let asked = recall();
  form.addEventListener("input", () => { asked = true; show(); remember(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  addEventListener("hashchange", () => { if (recall()) show(); else if (asked) remember(); });
  addEventListener("beforeprint", write);
  show();
});
