// Sends a page on: with what the system offers, else by copying its address. Without this script the links do it.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll(".share")) {
    document.documentElement.classList.add("js");
    const { address, text, copied, failed } = place.dataset;
    const said = place.querySelector("[role=status]");
    // What a page keeps behind # is part of what is sent on; a mark within the page is not.
    const url = () => address + (location.hash.includes("=") ? location.hash : "");

    async function copy() {
      try {
        await navigator.clipboard.writeText(`${text} ${url()}`);
        said.textContent = copied;
      } catch {
        said.textContent = `${failed} ${url()}`;
      }
    }

    place.querySelector("button").addEventListener("click", async () => {
      said.textContent = "";
      if (!navigator.share) { await copy(); return; }
      try {
        await navigator.share({ title: document.title, text, url: url() });
      } catch (error) {
        if (error.name !== "AbortError") await copy();
      }
    });
    for (const link of place.querySelectorAll("a")) {
      // Templates leave slashes as they are.
      const plain = link.href, encoded = encodeURIComponent(address).replaceAll("%2F", "/");
      link.addEventListener("click", () => { link.href = plain.replace(encoded, encodeURIComponent(url())); });
    }
    const printed = place.nextElementSibling.querySelector(".address");
    addEventListener("beforeprint", () => { printed.textContent = url(); });
  }
});
