"use strict";

// Everything that is shown comes from requests: it is set as text, never as HTML.

const REFRESH_MS = 1000;
const GOOD = new Set(["started", "ok", "active"]);
const BAD = new Set(["failed", "launch_failed", "unreachable", "unknown", "destroying"]);
const RESTING = new Set(["stopped", "suspended", "created", "not active"]);

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined && text !== null) element.textContent = String(text);
  if (className) element.className = className;
  return element;
}

function styleOf(state) {
  if (GOOD.has(state)) return "state good";
  if (BAD.has(state)) return "state bad";
  return RESTING.has(state) ? "state soft" : "state wait";
}

function cell(column, value) {
  const shown = make("td", undefined, column.mono ? "mono" : "");
  shown.dataset.title = column.title;
  shown.append(make("span", value === null || value === undefined ? "–" : value, column.style ? column.style(value) : ""));
  return shown;
}

function table(columns, rows) {
  const shown = make("table");
  const head = shown.createTHead().insertRow();
  for (const column of columns) {
    const title = make("th", column.title);
    title.scope = "col";
    head.append(title);
  }
  const body = shown.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const column of columns) line.append(cell(column, column.value(row)));
  }
  return shown;
}

function listed(title, columns, rows) {
  return rows.length ? [make("h4", title), table(columns, rows)] : [];
}

const host = (each) => each.host_status;

const MACHINES = [
  { title: "Machine", value: (m) => m.name },
  { title: "State", value: (m) => m.state, style: styleOf },
  { title: "Region", value: (m) => m.region },
  { title: "Host", value: host, style: styleOf },
  { title: "Image", value: (m) => m.image, mono: true },
  { title: "Version", value: (m) => m.version, mono: true },
  { title: "Id", value: (m) => m.id, mono: true },
  { title: "Lease", value: (m) => m.leased_by },
];
const VOLUMES = [
  { title: "Volume", value: (v) => v.name },
  { title: "Held by", value: (v) => (v.deleted ? "deleted" : v.attached_machine || v.attached_machine_id) },
  { title: "Size", value: (v) => `${v.size_gb} GB` },
  { title: "Region", value: (v) => v.region },
  { title: "Host", value: host, style: styleOf },
  { title: "Id", value: (v) => v.id, mono: true },
];
const ADDRESSES = [
  { title: "Address", value: (a) => a.address, mono: true },
  { title: "Type", value: (a) => a.type },
  { title: "Region", value: (a) => a.region },
  { title: "Network", value: (a) => a.network },
];
const CERTIFICATES = [
  { title: "Certificate", value: (c) => c.hostname },
  { title: "Status", value: (c) => (c.active ? "active" : "not active"), style: styleOf },
  { title: "From", value: (c) => [c.acme && "ACME", c.custom && "imported"].filter(Boolean).join(", ") || "–" },
];
const FAULTS = [
  { title: "Fault", value: (f) => (f.kind === "status" ? `status ${f.status}` : f.kind) },
  { title: "Operation", value: (f) => f.operation || "any", mono: true },
  { title: "Requests left", value: (f) => f.left },
];
const REQUESTS = [
  { title: "Time", value: (r) => `${r.at_s.toFixed(2)} s`, style: () => "once" },
  { title: "Request", value: (r) => `${r.method} ${r.path}`, mono: true },
  { title: "Status", value: (r) => (r.status === null ? "no answer" : r.status), style: statusStyle },
  { title: "Operation", value: (r) => r.operation || "no such route", mono: true },
  { title: "Asked by", value: (r) => r.asked_by },
];

function statusStyle(status) {
  if (status === "no answer" || status >= 500) return "state bad";
  return status >= 400 ? "state wait" : "state good";
}

function appCard(app) {
  const card = make("article", undefined, "app");
  card.append(make("h3", app.name), make("p", `Organisation ${app.org}`, "soft"));
  card.append(...listed("Machines", MACHINES, app.machines));
  card.append(...listed("Volumes", VOLUMES, app.volumes));
  card.append(...listed("Addresses", ADDRESSES, app.addresses));
  card.append(...listed("Certificates", CERTIFICATES, app.certificates));
  if (app.secrets.length) card.append(make("h4", "Secrets"), make("p", app.secrets.join(", "), "mono"));
  return card;
}

function fill(id, elements, nothing) {
  document.getElementById(id).replaceChildren(...(elements.length ? elements : [make("p", nothing, "soft")]));
}

let shownBefore = "";

function show(world) {
  const full = world.full_regions.length ? `; full: ${world.full_regions.join(", ")}` : "";
  document.getElementById("time").textContent =
    `${world.time} (${world.now_s.toFixed(1)} s); ${world.requests_total} requests${full}`;
  const { now_s, time, ...rest } = world;
  const text = JSON.stringify(rest);
  if (text === shownBefore) return; // what is selected or focused stays so
  shownBefore = text;
  fill("apps", world.apps.map(appCard), "There are no apps.");
  fill("faults", world.faults.length ? [table(FAULTS, world.faults)] : [], "None.");
  fill("requests", world.requests.length ? [table(REQUESTS, world.requests)] : [], "Nobody has asked yet.");
}

async function refresh() {
  try {
    const answer = await fetch("/_simulator/state");
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show(await answer.json());
  } catch (error) {
    document.getElementById("time").textContent = `The simulator does not answer (${error.message}).`;
  }
  setTimeout(refresh, REFRESH_MS);
}

refresh();
