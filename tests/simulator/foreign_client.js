// Somebody else's client against a served simulator: FLY_API_HOSTNAME=http://127.0.0.1:4280 node foreign_client.js
// Needs `npm install fly-admin` (this project does not depend on it); tests/simulator/test_foreign_client.py runs it where it is.
const { default: Client } = require("fly-admin/dist/client");

// The control path is plain HTTP: no client is needed for it.
async function steer(method, path, body) {
  const answer = await fetch(`${process.env.FLY_API_HOSTNAME}/_simulator/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function main() {
  const fly = new Client("any", { apiUrl: process.env.FLY_API_HOSTNAME });
  const app = { app_name: "from-node" };
  const shown = (what, value) => console.log(`${what}: ${value}`);

  await fly.App.createApp({ name: app.app_name, org_slug: "personal" });
  shown("app", (await fly.App.getApp(app.app_name)).status);
  const volume = await fly.Volume.createVolume({ ...app, name: "data", region: "iad", size_gb: 1 });
  shown("volume", volume.state);
  const server = {
    ...app,
    name: "server",
    config: { image: "nginx:alpine", mounts: [{ volume: volume.id, path: "/data" }] },
  };
  await steer("POST", "faults", { kind: "status", operation: "Machines_create", status: 503, times: 1 });
  await fly.Machine.createMachine(server).catch((error) => shown("fault", error.message));
  const machine = await fly.Machine.createMachine(server);
  shown("machine", machine.state);
  const named = { ...app, machine_id: machine.id };
  await fly.Machine.waitMachine({ ...named, state: "started" });
  shown("machine", (await fly.Machine.getMachine(named)).state);
  await fly.Machine.stopMachine(named);
  await fly.Machine.waitMachine({ ...named, state: "stopped", instance_id: machine.instance_id });
  shown("machine", (await fly.Machine.getMachine(named)).state);
  await fly.Machine.deleteMachine(named);
  shown("machine", (await fly.Machine.listMachines(app.app_name)).length);
  shown("volume", (await fly.Volume.deleteVolume({ ...app, volume_id: volume.id })).state);
  await fly.App.deleteApp(app.app_name);
  await fly.App.getApp(app.app_name).catch((error) => shown("app", error.message));
  const { requests } = await steer("GET", "requests");
  shown("sent", requests.filter((each) => each.operation === "Machines_create").map((each) => each.status));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
