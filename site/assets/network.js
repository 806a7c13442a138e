// "Your municipality" on the page of the network: leads to the page of the place that was written. Without it the form
// leads to the list of all places.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.getElementById("find-place"), field = form.elements.q;

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’'`]/g, " ").toLowerCase().replace(/\s+/g, " ").trim();
  }

  // The one place with this name, or the only one whose name begins so.
  function find(words) {
    var links = Array.prototype.slice.call(document.querySelectorAll("#all-places a"));
    var begun = links.filter(function (link) { return plain(link.textContent).startsWith(words); });
    var same = begun.filter(function (link) { return plain(link.textContent) === words; });
    return same[0] || (begun.length === 1 ? begun[0] : null);
  }

  form.addEventListener("submit", function (event) {
    var link = find(plain(field.value));
    event.preventDefault();
    if (link) location.href = link.href;
    else document.getElementById("found").textContent = form.dataset.none;
  });
});
