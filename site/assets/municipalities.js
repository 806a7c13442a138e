// The municipalities of the page that lists them all: read once, when somebody is about to write where they live.
const municipalities = {
  read: null,

  // address: of that page. The places in its order: {name, cap, href}. What fails is tried again at the next word.
  of(address) {
    this.read ??= fetch(address).then((reply) => reply.ok ? reply.text() : Promise.reject(new Error(reply.status)))
      .then((text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        return [...page.querySelectorAll("#all-places a")].map((link) => (
          { name: link.textContent, cap: link.dataset.cap, href: new URL(link.getAttribute("href"), address).href }));
      });
    this.read.catch(() => { this.read = null; });
    return this.read;
  },

  plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’'`,.]/g, " ").toLowerCase()
      .replace(/\s+/g, " ").trim();
  },

  // The one place that some words mean: its name, its postal code, the end of its name, or the only one that begins so.
  meant(text, places) {
    const words = this.plain(text);
    const tests = [
      (place) => this.plain(place.name) === words,
      (place) => place.cap === words,
      (place) => ` ${this.plain(place.name)}`.endsWith(` ${words}`),
      (place) => this.plain(place.name).startsWith(words),
    ];
    for (const [number, test] of tests.entries()) {
      const found = words ? places.filter(test) : [];
      const same = found.every((place) => place.name === found[0].name);
      if (found.length && (same || number < 1)) return found[0];
    }
    return null;
  },

  // Names to choose from, below a field.
  offer(list, places) {
    const names = [...new Set(places.map((place) => place.name))];
    list.replaceChildren(...names.map((name) => new Option(name, name)));
  },
};
