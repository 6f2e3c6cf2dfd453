// The page's own part: it plays the scene, follows the film's camera, and lets a sun throw shadows.
const part = id => document.getElementById(id);
const viewer = part("view"), play = part("play"), slider = part("time"), clock = part("clock");
const HOLD_SECS = 1, LAST_MOMENT_SECS = 1e-3;
const SHADOW_PX = 2048, AMBIENT = 0.6;

function say(text) {
  part("message").textContent = text;
  part("message").hidden = false;
}

// What <model-viewer> keeps to itself under a symbol; its version is the one that lies in the page.
function inside(name) {
  for (let owner = viewer; owner; owner = Object.getPrototypeOf(owner))
    for (const symbol of Object.getOwnPropertySymbols(owner))
      if (symbol.description === name) return viewer[symbol];
}

// ---------------------------------------------------------------- what is there
let film = null, middle = null, reach = 1;
function look() {
  const scene = inside("scene");
  scene.traverse(thing => {
    if (thing.isPerspectiveCamera && thing !== scene.camera) film = thing;
    if (thing.isDirectionalLight) shade(scene, thing);
  });
  middle = scene.boundingBox.getCenter(scene.position.clone());
  reach = scene.boundingBox.getSize(scene.position.clone()).length() / 2;
  const farthest = Math.max(6 * reach, film ? 2 * distance() : 0);
  viewer.maxCameraOrbit = `auto 180deg ${farthest}m`; // what is nearer than a thousandth of it is cut off
}

// How far before the film's camera the middle of it all lies.
function distance() {
  const ahead = middle.clone().set(0, 0, -1).applyQuaternion(film.quaternion);
  return Math.max(middle.clone().sub(film.position).dot(ahead), 0.1 * reach);
}

function shade(scene, sun) {
  const center = scene.boundingBox.getCenter(scene.position.clone());
  const radius = scene.boundingBox.getSize(scene.position.clone()).length() / 2;
  const toward = sun.position.clone().set(0, 0, 1).applyQuaternion(sun.quaternion);
  sun.position.copy(center).addScaledVector(toward, 3 * radius);
  sun.parent.add(sun.target);
  sun.target.position.copy(center);
  const { shadow } = sun, eye = shadow.camera;
  sun.castShadow = true;
  shadow.mapSize.set(SHADOW_PX, SHADOW_PX);
  [eye.left, eye.right, eye.bottom, eye.top] = [-radius, radius, -radius, radius];
  [eye.near, eye.far] = [radius, 5 * radius];
  eye.updateProjectionMatrix();
  shadow.normalBias = 2 * radius / SHADOW_PX;
  shadow.bias = -5e-4;
  shadow.radius = 3;
  inside("renderer").threeRenderer.shadowMap.enabled = true;
  scene.environmentIntensity = AMBIENT;
  scene.traverse(thing => {
    if (!thing.isMesh) return;
    thing.receiveShadow = true;
    thing.castShadow = !thing.material.transparent;
    thing.material.needsUpdate = true;
  });
}

// ---------------------------------------------------------------- looking
let following = true;
function follow() {
  if (!film || !following) return;
  const eye = film.position, ahead = middle.clone().set(0, 0, -1).applyQuaternion(film.quaternion);
  const away = distance();
  const target = eye.clone().addScaledVector(ahead, away);
  const around = Math.atan2(-ahead.x, -ahead.z), down = Math.acos(Math.min(1, Math.max(-1, -ahead.y)));
  viewer.cameraTarget = `${target.x}m ${target.y}m ${target.z}m`;
  viewer.cameraOrbit = `${around}rad ${down}rad ${away}m`;
  viewer.fieldOfView = `${fieldOfView()}rad`;
  viewer.jumpCameraToGoal();
}

// The film's whole width stays in sight; the viewer widens what it is given in narrow windows.
function fieldOfView() {
  const aspect = viewer.clientWidth / viewer.clientHeight;
  const half = Math.tan(film.fov * Math.PI / 360) * Math.max(1, film.aspect / aspect);
  return 2 * Math.atan(half / Math.max(1, viewer.getIdealAspect() / aspect));
}

function leave() {
  following = false;
  part("camera").disabled = !film;
}

function enter() {
  following = true;
  part("camera").disabled = true;
}

// ---------------------------------------------------------------- playing
let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches, time = 0, before = null, length = 0;
function toggle(on = !playing) {
  playing = on;
  if (on && time >= length) time = 0;
  play.textContent = on ? "Pause" : "Play";
}

function seek(secs) {
  toggle(false);
  time = Math.min(length, Math.max(0, secs));
}

let last = "";
function step(now) {
  if (playing && before !== null) {
    time += (now - before) / 1000;
    if (time > length + HOLD_SECS) time = 0;
  }
  before = now;
  const shown = Math.min(time, length);
  const state = [shown, following, viewer.clientWidth, viewer.clientHeight].join();
  if (state !== last) show(shown); // nothing is drawn anew while nothing changes
  last = state;
  requestAnimationFrame(step);
}

function show(secs) {
  slider.value = String(length ? 1000 * secs / length : 0);
  clock.textContent = `${secs.toFixed(1)} / ${length.toFixed(1)} s`;
  viewer.currentTime = Math.max(0, Math.min(secs, length - LAST_MOMENT_SECS)); // at its end it would begin anew
  follow();
}

const KEYS = {
  " ": () => toggle(), k: () => toggle(), c: enter, Home: () => seek(0), End: () => seek(length),
  ",": () => seek(time - 1 / 24), ".": () => seek(time + 1 / 24),
};

function begin() {
  look();
  viewer.play();
  viewer.pause();
  length = viewer.duration;
  for (const one of [play, slider, clock]) one.hidden = !length;
  if (!film) leave();
  const asked = new URLSearchParams(location.hash.slice(1)); // #time=1.5&free shows one moment
  if (asked.has("free")) leave();
  if (asked.has("time")) seek(Number(asked.get("time")) || 0);
  toggle(playing && length > 0);
  play.onclick = () => toggle();
  slider.oninput = () => seek(length * slider.value / 1000);
  part("camera").onclick = enter;
  viewer.addEventListener("camera-change", e => { if (e.detail.source === "user-interaction") leave(); });
  document.addEventListener("keydown", e => {
    if (!KEYS[e.key] || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target.closest("button, summary, input") && e.key === " ") return; // its own key
    KEYS[e.key]();
    e.preventDefault();
  });
  document.body.dataset.ready = "yes";
  requestAnimationFrame(step);
}

if (!document.createElement("canvas").getContext("webgl2")) {
  say("This browser shows no 3D: it has no WebGL 2, or it is switched off. Another browser, or another computer, plays this page.");
} else {
  viewer.addEventListener("load", begin, { once: true });
  viewer.addEventListener("error", e => say(`The scene cannot be shown: ${e.detail.sourceError ?? e.detail.type}`));
  const raw = Uint8Array.from(atob(part("scene").textContent), c => c.charCodeAt(0));
  viewer.src = URL.createObjectURL(new Blob([raw], { type: "model/gltf-binary" }));
}
