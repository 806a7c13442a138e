// "Your municipality" on the page of the network: leads to the page of the place that was written. Without it the form
// leads to the list of all places.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("find-place"), field = form.elements.q;
  const found = document.getElementById("found"), list = document.getElementById("places");
  const all = () => municipalities.of(form.action.split("?")[0]);

  // Names to choose from are a help: without them the form asks again when it is sent.
  field.addEventListener("focus", () => all().then((places) => municipalities.offer(list, places), () => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    all().then((places) => {
      const place = municipalities.meant(field.value, places);
      if (place) location.href = place.href;
      else found.textContent = form.dataset.none;
    }).catch(() => form.submit());
  });
});
