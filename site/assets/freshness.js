// Says that a page, or a table of it, was not checked in time. Without this script the day is written all the same.
const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" }).format(new Date());
for (const place of document.querySelectorAll("[data-due]")) {
  const late = place.querySelector(".late");
  if (late && place.dataset.due && today > place.dataset.due) late.hidden = false;
}
