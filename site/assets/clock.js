// What a page says by the clock of whoever reads it: that it, or a table of it, was not checked in time, and how notices
// stand. Without this script the days are written all the same, and no notice is called open without its day.
const zone = "Europe/Rome";
const lang = document.documentElement.lang;
const dayOf = (at) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
// Whether a day is over. A formatter takes a telephone longer than all the rest: the day of Greenwich, which begins later,
// says it of most days.
const past = (day, now) => now.toISOString().slice(0, 10) >= day && dayOf(now) > day;
const all = (found, within = document) => within.querySelectorAll(found);

// {phase: before, open, soon or over; days: to the last day on which it counts}
function standing(data, now) {
  const last = new Date(Date.parse(data.ends) - 1);
  const days = Math.round((Date.parse(dayOf(last)) - Date.parse(dayOf(now))) / 864e5);
  if (now > last) return { phase: "over", days };
  if (data.begins && now < new Date(data.begins)) return { phase: "before", days };
  return { phase: days > 14 ? "open" : "soon", days };
}

function mark(tag, now) {
  const { phase, days } = standing(tag.dataset, now);
  const when = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(days, "day");
  const tones = { open: tag.dataset.tone || "good", soon: days > 2 ? "past" : "now", over: "closed" };
  const said = tag.dataset[phase];
  if (said) {
    tag.textContent = said.replace("{when}", when);
    tag.className = `badge tag-${tones[phase]}`;
  }
  if (phase === "over") end(tag.closest("[data-notice]"));
}

// What is over leaves the lists of what can be asked for; nothing leads to its form any more.
function end(notice) {
  if (!notice) return;
  for (const part of all(`[data-notice="${CSS.escape(notice.dataset.notice)}"] [data-until-end]`)) part.hidden = true;
  const over = document.getElementById("over");
  if (!notice.closest("[data-while-open]")) return;
  if (over) over.append(notice); else notice.hidden = true;
}

function tell() {
  const now = new Date();
  for (const place of all("[data-due]")) {
    const late = place.querySelector(".late");
    if (late && place.dataset.due && past(place.dataset.due, now)) late.hidden = false;
  }
  for (const tag of all("[data-ends]")) mark(tag, now);
  for (const part of all("[data-while-open]")) {
    part.hidden = !part.querySelector("[data-notice]:not([hidden])");
    for (const link of all(`a[href="#${part.id}"]`)) link.parentNode.hidden = part.hidden;
  }
  for (const folded of all("#over [data-notice]")) folded.closest("section").hidden = false;
  for (const place of all("[data-now]")) {
    const day = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeZone: zone }).format(now);
    place.textContent = place.dataset.now.replace("{day}", day.replace(/\s\p{L}\.$/u, ""));
  }
}

tell();
setInterval(tell, 60000);
