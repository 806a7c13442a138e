// What is for paper is fetched once the page stands on the screen; without scripts the page asks for it by itself.
addEventListener("load", () => {
  for (const later of document.head.querySelectorAll("noscript")) later.outerHTML = later.textContent;
});
