// What the conditions say to somebody who answers, as etl/domain/conditions.py says it: tests hold both against one table.
// Answers stay in this page. Without this script the links to the main paths say the same.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("checker");
  if (!form) return;
  const result = document.getElementById("checker-result");
  const services = JSON.parse(form.dataset.services), words = JSON.parse(form.dataset.words);
  const fields = [...form.querySelectorAll("fieldset")];
  const count = result.querySelector("[data-count]"), done = form.querySelector("[data-done]");
  const shared = result.querySelector("[data-shared]");
  const found = (name, value) => result.querySelector(`[data-${name}="${CSS.escape(value)}"]`);
  const number = (text) => Number(text.replace(/-/g, ""));
  // Operator -> whether its cut is after the value, and whether what lies below the cut is what it asks for.
  const ordered = { "<": [false, true], "<=": [true, true], ">=": [false, false], ">": [true, false] };

  // A place between values as something to compare: a value, and a half more when it is after it.
  const place = (text) => number(text.slice(0, -1)) + (text.endsWith("+") ? 1e-6 : 0);
  function read(text) {
    if (!text.includes("..")) return { codes: text.split("|") };
    const [low, high] = text.split("..");
    return { low: low ? place(low) : -Infinity, high: high ? place(high) : Infinity };
  }

  function state(rule, answers) {
    const answer = answers[rule.about];
    if (!rule.about || !answer) return "unknown";
    const asks = ordered[rule.operator];
    if (!answer.codes) {
      const cut = number(rule.value) + (asks[0] ? 1e-6 : 0);
      const below = answer.high <= cut, above = answer.low >= cut;
      return !below && !above ? "unknown" : below === asks[1] ? "met" : "unmet";
    }
    const wanted = asks ? [] : rule.value.split("|").map((code) => code.trim());
    const met = answer.codes.filter((code) => wanted.includes(code)).length;
    return met === answer.codes.length ? "met" : met ? "unknown" : "unmet";
  }

  const joined = (states) => states.includes("met") ? "met" : states.every((one) => one === "unmet") ? "unmet" : "unknown";

  function evaluate(service, answers) {
    const states = service.rules.map((rule) => state(rule, answers));
    const groups = {};
    service.rules.forEach((rule, index) => (groups[rule.any] ||= []).push(states[index]));
    const all = Object.values(groups).map(joined);
    const failing = all.includes("unmet");
    const verdict = service.closed || failing ? "no"
      : all.length && all.every((one) => one === "met") && service.can ? "yes" : "perhaps";
    const spare = service.rules.map((rule, index) => verdict === "no" ? states[index] !== "unmet"
      : states[index] !== "met" && groups[rule.any].includes("met"));
    return { verdict, states, spare };
  }

  function concerns(service, answers) {
    const home = answers.home?.codes;
    if (!home) return true;
    if (home.every((code) => code === "lets")) return service.audiences.includes("owner");
    return home.includes("lets") || service.audiences.some((who) => who !== "owner");
  }

  // What was answered: by the page that leads here, and by the form.
  let given = {};
  function answered() {
    const answers = { ...given };
    for (const { name, value } of form.querySelectorAll("input:checked")) {
      if (value) answers[name] = read(value); else delete answers[name];
    }
    return answers;
  }

  function show(service, { verdict, states, spare }) {
    const entry = found("service", service.id);
    document.getElementById(`list-${verdict}`).append(entry);
    service.rules.forEach((rule, index) => {
      const line = entry.querySelector(`[data-rule="${CSS.escape(rule.id)}"]`);
      line.dataset.state = spare[index] ? "spare" : states[index];
      line.querySelector("b").textContent = words[line.dataset.state];
      const list = ["unknown", "unmet"].includes(line.dataset.state) ? line.dataset.state : "met";
      document.getElementById(`${list}-${service.id}`).append(line);
    });
    entry.querySelector("[data-checks]").textContent = entry.querySelectorAll("[data-state='unknown']").length;
  }

  function update() {
    const answers = answered(), asked = new Set(), counts = { yes: 0, perhaps: 0, no: 0, stale: 0, other: 0 };
    for (const service of services) {
      const outcome = evaluate(service, answers), near = concerns(service, answers);
      service.rules.forEach((rule, index) => {
        const open = outcome.states[index] === "unknown" && rule.about && !outcome.spare[index];
        if (near && service.can && outcome.verdict === "perhaps" && open) asked.add(rule.about);
      });
      const elsewhere = !near || service.rules.some((rule, index) => rule.about === "home" && outcome.states[index] === "unmet");
      const stale = outcome.verdict === "perhaps" && !service.can;
      const verdict = elsewhere ? "other" : stale ? "stale" : outcome.verdict;
      show(service, { ...outcome, verdict });
      counts[verdict] += 1;
    }
    // Those that were answered stay to be changed; of the others the first that still decides something is asked.
    let next = true;
    for (const field of fields) {
      const told = field.querySelector("input:checked"), deciding = asked.has(field.dataset.about);
      field.hidden = !told && !(next && deciding);
      if (!told && deciding) next = false;
    }
    done.hidden = !next;
    for (const [name, many] of Object.entries(counts)) found("verdict", name).hidden = !many;
    const some = Object.keys(answers).length > 0;
    result.hidden = !some;
    shared.hidden = true;
    count.textContent = some ? count.dataset.count.replace(/\{(\w+)\}/g, (hole, name) => counts[name]) : "";
  }

  // A list that somebody sent: services to look at, and nothing of the answers.
  function receive(names) {
    const kept = new Set(names.split(","));
    const answers = {};
    for (const service of services) {
      show(service, { ...evaluate(service, answers), verdict: kept.has(service.id) ? "perhaps" : "other" });
    }
    for (const name of ["yes", "no", "stale", "other"]) found("verdict", name).hidden = true;
    result.hidden = shared.hidden = false;
  }

  const listed = () => [...result.querySelectorAll('[data-verdict="yes"] [data-service], [data-verdict="perhaps"] [data-service]')]
    .map((entry) => entry.dataset.service).join(",");
  const address = () => `${location.href.split("#")[0]}#services=${listed()}`;

  async function send() {
    const note = result.querySelector("[data-sent]"), url = address();
    if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
    await navigator.clipboard?.writeText(url);
    note.textContent = `${form.dataset.share}: ${url}`;
  }

  function start() {
    const from = new URLSearchParams(location.hash.slice(1));
    given = {};
    for (const [about, value] of from) {
      const field = fields.find((one) => one.dataset.about === about);
      const same = field && [...field.querySelectorAll("input")].find((input) => input.value === value);
      if (same) same.checked = true; else if (field) given[about] = read(value);
    }
    document.getElementById("checker-paths").hidden = true;
    form.hidden = false;
    update();
    if (from.has("services")) receive(from.get("services"));
    // Answers do not stay in the address, nor in what the browser remembers of it.
    else if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  }

  form.addEventListener("change", update);
  form.addEventListener("reset", () => { given = {}; setTimeout(update); });
  form.addEventListener("submit", (event) => event.preventDefault());
  result.querySelector("[data-print]").addEventListener("click", () => window.print());
  result.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("hashchange", () => { if (location.hash) start(); });
  start();
});
