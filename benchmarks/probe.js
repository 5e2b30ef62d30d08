/* What the benchmark reads from a page: when an answer can be read, when the page takes a change, when a change is painted. */
((want) => {
  if (window.__bench) return;
  const bench = (window.__bench = { readable: null, ready: null, entry: null });
  const roots = function* (root) {
    yield root;
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) yield* roots(each.shadowRoot);
  };
  const find = (css) => [...roots(document)].flatMap((root) => [...root.querySelectorAll(css)]);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  bench.shows = (text) => {
    for (const root of roots(document)) {
      const walker = document.createTreeWalker(root === document ? document.documentElement : root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (node.nodeValue.replaceAll("\u00a0", " ").includes(text) && (!parent || (!/^(SCRIPT|STYLE|TITLE)$/.test(parent.tagName) && seen(parent)))) return true;
      }
    }
    return false;
  };
  const marks = () => find(want.chart).filter((chart) => chart.getClientRects().length);
  const draws = new WeakMap();
  for (const name of ["stroke", "fill", "fillText", "clearRect", "fillRect"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      draws.set(this.canvas, (draws.get(this.canvas) || 0) + 1);
      return draw.apply(this, given);
    };
  }
  const drawn = () => marks().some((chart) => (chart.tagName === "CANVAS" ? (draws.get(chart) || 0) > 5 : chart.querySelector("path, rect, polyline, line")));
  const numbers = new WeakMap();
  let canvases = 0;
  const numbered = (canvas) => (numbers.has(canvas) ? numbers : numbers.set(canvas, ++canvases)).get(canvas);
  const picture = () => marks().map((chart) => (chart.tagName === "CANVAS" ? `${numbered(chart)}:${draws.get(chart)}` : chart.innerHTML)).join("|");
  const takes = () => find(want.field).some((widget) => {
    const field = widget.shadowRoot?.querySelector("input");
    return field && field.getClientRects().length && seen(field);
  });
  const look = () => {
    const now = performance.now();
    const read = document.body && bench.shows(want.answer) && drawn();
    if (read) bench.readable ??= now;
    if (read && takes()) bench.ready = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  bench.change = (text, event) => {
    let began = null;
    const before = picture();
    const start = (happened) => { if (event === "input" || happened.key === "Enter") began ??= performance.now(); };
    addEventListener(event === "input" ? "input" : "keydown", start, true);
    bench.changed = new Promise((tell) => {
      let words = null, last = before, chart = null;
      const opened = performance.now();
      const end = (ok) => {
        removeEventListener(event === "input" ? "input" : "keydown", start, true);
        tell({ ok, words: words && words - began, chart: chart && chart - began });
      };
      const frame = () => {
        const now = performance.now();
        if (began !== null) {
          if (words === null && bench.shows(text)) words = now;
          const drawing = picture();
          if (drawing !== last) { last = drawing; chart = now; }
          if (words !== null && chart !== null && now - Math.max(words, chart) > 250) return end(true);
        }
        if (now - opened > 6000) return end(false);
        requestAnimationFrame(frame);
      };
      frame();
    });
  };
})(__WANT__);
