// What is for paper is fetched a moment after the page stands on the screen, so that it takes nothing of the line before;
// without scripts the page asks for it by itself.
addEventListener("load", () => setTimeout(() => {
  for (const later of document.head.querySelectorAll("noscript")) later.outerHTML = later.textContent;
}, 300));
