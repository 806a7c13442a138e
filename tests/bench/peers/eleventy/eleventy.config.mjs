// The same pages for Eleventy: one template, a page for each entry of CONTENT.
import fs from "node:fs";

export default function (config) {
  config.addGlobalData("all", () => JSON.parse(fs.readFileSync(process.env.CONTENT, "utf-8")));
  config.addGlobalData("menu", [["servizi", "Servizi"], ["sportelli", "Sportelli"], ["progetti", "Progetti"], ["trasparenza", "Trasparenza"], ["dati", "Dati"]]);
  config.addGlobalData("foot", ["Che cos’è questo sito", "Contatti", "Domande frequenti", "La rete metropolitana", "Canone concordato", "Attività", "Privacy", "Note legali", "Tutte le pagine"]);
  config.setQuietMode(true);
  return { dir: { input: "input", includes: "includes" } };
}
