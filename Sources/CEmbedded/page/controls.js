// Moving the map: pointer, wheel, touch and keyboard. Changes the camera and calls `onMove`; knows nothing of drawing.

import { MAX_ZOOM, MIN_ZOOM } from "./camera.js";

const WHEEL_PIXELS_PER_ZOOM = 320;
const PINCH_WHEEL_PIXELS_PER_ZOOM = 90;
const LINE_HEIGHT_IN_PIXELS = 24;
const KEY_PAN_IN_PIXELS = 100;
const CLICK_SLOP_IN_PIXELS = 5;
const DOUBLE_CLICK_IN_MS = 280;
const ZOOM_EASE_IN_MS = 90;
const GLIDE_EASE_IN_MS = 130;

export class Controls {
    #pointers = new Map();
    #moved = false;
    #velocity = null;
    #target = null;
    #animating = false;
    #lastTime = 0;
    #clickTimer = null;
    #stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

    /** `onInspect(x, y)` is called for a click, or Enter at the centre, in canvas pixels. */
    constructor(canvas, camera, { onMove, onInspect }) {
        this.canvas = canvas;
        this.camera = camera;
        this.onMove = onMove;
        this.onInspect = onInspect;
        canvas.addEventListener("pointerdown", (event) => this.#pointerDown(event));
        canvas.addEventListener("pointermove", (event) => this.#pointerMove(event));
        for (const name of ["pointerup", "pointercancel"]) {
            canvas.addEventListener(name, (event) => this.#pointerEnd(event));
        }
        canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
        canvas.addEventListener("dblclick", (event) => this.#doubleClick(event));
        canvas.addEventListener("keydown", (event) => this.#key(event));
    }

    /** Zooms by `steps` around a canvas point, the centre unless told; in one jump where motion is not wanted. */
    zoomBy(steps, x = this.camera.width / 2, y = this.camera.height / 2) {
        const from = this.#target?.zoom ?? this.camera.zoom;
        const zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, from + steps));
        if (this.#stillness.matches) {
            this.camera.zoomAround(zoom, x, y);
            this.onMove();
            return;
        }
        this.#target = { zoom, x, y };
        this.#animate();
    }

    /** Ends whatever is still moving by itself. */
    stop() {
        this.#target = null;
        this.#velocity = null;
    }

    #positionOf(event) {
        const box = this.canvas.getBoundingClientRect();
        return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    #pointerDown(event) {
        if (event.pointerType === "mouse" && event.button !== 0) return;
        this.canvas.setPointerCapture(event.pointerId);
        this.stop();
        if (this.#pointers.size === 0) this.#moved = false;
        this.#pointers.set(event.pointerId, { ...this.#positionOf(event), time: event.timeStamp });
    }

    #pointerMove(event) {
        const before = this.#pointers.get(event.pointerId);
        if (!before) return;
        const now = { ...this.#positionOf(event), time: event.timeStamp };
        const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, position]) => position);
        if (others.length === 0) {
            if (!this.#moved && Math.hypot(now.x - before.x, now.y - before.y) < CLICK_SLOP_IN_PIXELS) return;
            this.#moved = true;
            this.canvas.classList.add("dragging");
            this.camera.panBy(now.x - before.x, now.y - before.y);
            const elapsed = Math.max(1, now.time - before.time);
            this.#velocity = { x: (now.x - before.x) / elapsed, y: (now.y - before.y) / elapsed, time: now.time };
        } else {
            this.#moved = true;
            this.#pinch(before, now, others[0]);
        }
        this.#pointers.set(event.pointerId, now);
        this.onMove();
    }

    /** Two fingers: the middle between them moves the map, their distance zooms around it. */
    #pinch(before, now, other) {
        const spread = (position) => Math.max(1, Math.hypot(position.x - other.x, position.y - other.y));
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
        this.camera.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
        this.camera.zoomAround(this.camera.zoom + Math.log2(spread(now) / spread(before)), middle.x, middle.y);
        this.#velocity = null;
    }

    #pointerEnd(event) {
        if (!this.#pointers.delete(event.pointerId)) return;
        if (this.#pointers.size > 0) {
            this.#velocity = null;
            return;
        }
        this.canvas.classList.remove("dragging");
        if (event.type === "pointercancel") return;
        if (!this.#moved) {
            const { x, y } = this.#positionOf(event);
            // A second click within the delay makes it a double click, which zooms instead.
            clearTimeout(this.#clickTimer);
            this.#clickTimer = setTimeout(() => this.onInspect(x, y), DOUBLE_CLICK_IN_MS);
            return;
        }
        const rested = this.#velocity === null || event.timeStamp - this.#velocity.time > 40;
        if (rested || this.#stillness.matches) this.#velocity = null;
        else this.#animate();
    }

    #wheel(event) {
        event.preventDefault();
        this.#velocity = null;
        const pixels = event.deltaMode === 1 ? event.deltaY * LINE_HEIGHT_IN_PIXELS : event.deltaY;
        const { x, y } = this.#positionOf(event);
        this.zoomBy(-pixels / (event.ctrlKey ? PINCH_WHEEL_PIXELS_PER_ZOOM : WHEEL_PIXELS_PER_ZOOM), x, y);
    }

    #doubleClick(event) {
        clearTimeout(this.#clickTimer);
        const { x, y } = this.#positionOf(event);
        this.zoomBy(event.shiftKey ? -1 : 1, x, y);
    }

    #key(event) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const step = event.shiftKey ? KEY_PAN_IN_PIXELS * 3 : KEY_PAN_IN_PIXELS;
        const actions = {
            ArrowLeft: () => this.#panByKey(step, 0), ArrowRight: () => this.#panByKey(-step, 0),
            ArrowUp: () => this.#panByKey(0, step), ArrowDown: () => this.#panByKey(0, -step),
            "+": () => this.zoomBy(1), "=": () => this.zoomBy(1), "-": () => this.zoomBy(-1), _: () => this.zoomBy(-1),
            Enter: () => this.onInspect(this.camera.width / 2, this.camera.height / 2),
        };
        if (!Object.hasOwn(actions, event.key)) return;
        event.preventDefault();
        actions[event.key]();
    }

    #panByKey(dx, dy) {
        this.#velocity = null;
        this.camera.panBy(dx, dy);
        this.onMove();
    }

    #animate() {
        if (this.#animating) return;
        this.#animating = true;
        this.#lastTime = performance.now();
        requestAnimationFrame((time) => this.#step(time));
    }

    /** Approaches the wanted zoom, and lets a thrown map glide to rest, both by a share of the way per time. */
    #step(time) {
        const elapsed = Math.max(1, Math.min(64, time - this.#lastTime));
        this.#lastTime = time;
        if (this.#target !== null) {
            const { zoom, x, y } = this.#target;
            const rest = (zoom - this.camera.zoom) * Math.exp(-elapsed / ZOOM_EASE_IN_MS);
            const isThere = Math.abs(rest) < 0.005;
            this.camera.zoomAround(isThere ? zoom : zoom - rest, x, y);
            if (isThere) this.#target = null;
        }
        if (this.#velocity !== null && this.#pointers.size === 0) {
            this.camera.panBy(this.#velocity.x * elapsed, this.#velocity.y * elapsed);
            const slowing = Math.exp(-elapsed / GLIDE_EASE_IN_MS);
            const { x, y } = this.#velocity;
            this.#velocity = Math.hypot(x, y) < 0.02 ? null : { x: x * slowing, y: y * slowing, time };
        }
        this.onMove();
        this.#animating = this.#target !== null || (this.#velocity !== null && this.#pointers.size === 0);
        if (this.#animating) requestAnimationFrame((next) => this.#step(next));
    }
}
