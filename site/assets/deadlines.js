// Deadlines from the dates that a reader writes, counted as etl/domain/deadlines.py counts them; tests hold both against
// one table. The dates stay in this page: nothing is stored or sent.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("dates");
  if (!form) return;
  const lang = document.getElementById("deadlines").dataset.lang;
  const long = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang,
    { dateStyle: "full", timeZone: "UTC", numberingSystem: "latn" });

  // The same day of the month, or its last day where it is shorter.
  function monthsLater(day, count) {
    const month = day.getUTCMonth() + count;
    const last = new Date(Date.UTC(day.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(day.getUTCFullYear(), month, Math.min(day.getUTCDate(), last)));
  }

  function due(day, { value, unit, kind }) {
    const sign = kind === "at_least_before" ? -1 : 1;
    if (unit === "months") return monthsLater(day, sign * value);
    const days = Number(value) + (unit === "free_days" ? 1 : 0);
    return new Date(day.getTime() + sign * days * 864e5);
  }

  // Only the terms that a written date begins; all of them, with their example, while there is none.
  function show() {
    const any = [...form.elements].some((field) => field.value);
    if (any) document.getElementById("terms").open = true;
    for (const term of document.querySelectorAll("#deadlines [data-from]")) {
      const written = form.elements[term.dataset.from].value;
      const [mine, example] = term.querySelectorAll(".mine, .example");
      term.hidden = any && !written;
      mine.hidden = !written;
      example.hidden = Boolean(written);
      if (!written) continue;
      const day = due(new Date(`${written}T00:00:00Z`), term.dataset);
      mine.dataset.day = day.toISOString().slice(0, 10);
      mine.textContent = term.dataset.said.replace("{day}", long.format(day).replace(/\s\p{L}\.$/u, ""));
    }
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
});
