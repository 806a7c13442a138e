// Shows the rows that fit what is chosen, and keeps the choice in the address. Without it every row is there.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const named = document.getElementById(form.dataset.filter);
  const place = named.closest(".table-region") ?? named;
  const rows = [...place.querySelectorAll("tbody tr, li[data-kind]")];
  const status = form.querySelector("[role=status]");
  const choices = [...form.elements].filter((choice) => choice.name);
  const given = new URLSearchParams(location.search);
  for (const choice of choices) choice.value = given.get(choice.name) ?? "";
  const show = () => {
    const wanted = choices.filter((choice) => choice.value);
    for (const row of rows) row.hidden = wanted.some((choice) => row.dataset[choice.name] !== choice.value);
    const shown = rows.filter((row) => !row.hidden).length;
    for (const group of place.querySelectorAll(".group")) group.hidden = !group.querySelector("li:not([hidden])");
    status.textContent = status.dataset.some.replace("{shown}", shown).replace("{total}", rows.length);
    const query = new URLSearchParams(wanted.map((choice) => [choice.name, choice.value])).toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  };
  form.addEventListener("input", show);
  form.hidden = false;
  // What is chosen in the address is to be seen: the fold around it opens.
  const fold = form.closest("details");
  if (fold && choices.some((choice) => choice.value)) fold.open = true;
  show();
}
