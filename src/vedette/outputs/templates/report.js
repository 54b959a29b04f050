"use strict";
(function () {
  var form = document.querySelector(".filters"), table = document.querySelector("table.claims");
  function openTarget() {
    var id = location.hash.slice(1), el = id && document.getElementById(id);
    if (!el) return;
    if (el.tagName === "DETAILS") el.open = true;
    var inner = el.querySelector && el.tagName === "TR" ? el.querySelector("details") : null;
    if (inner) { el.hidden = false; inner.open = true; }
  }
  addEventListener("hashchange", openTarget); openTarget();
  addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (d) { d.open = true; }); });
  document.querySelectorAll("table.sortable thead th").forEach(function (th) {
    th.tabIndex = 0; th.setAttribute("aria-sort", "none");
    function sort() {
      var body = th.closest("table").tBodies[0], n = th.cellIndex, up = th.getAttribute("aria-sort") !== "ascending";
      th.parentNode.querySelectorAll("th").forEach(function (o) { o.setAttribute("aria-sort", "none"); });
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      var key = function (tr) {
        var text = tr.cells[n].textContent.trim(), num = parseFloat(text.replace(/,/g, "")), day = Date.parse(text.split("\n")[0]);
        return tr.cells[n].classList.contains("num") ? (isNaN(num) ? -1 : num) : n === 0 && !isNaN(day) ? day : text.toLowerCase();
      };
      Array.from(body.rows).map(function (tr) { return [key(tr), tr]; })
        .sort(function (a, b) { return (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (up ? 1 : -1); })
        .forEach(function (p) { body.appendChild(p[1]); });
    }
    th.addEventListener("click", sort);
    th.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); sort(); } });
  });
  if (!form || !table) return;
  form.hidden = false;
  var rows = Array.from(table.tBodies[0].rows), texts = rows.map(function (tr) { return tr.textContent.toLowerCase(); });
  function apply() {
    var words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    rows.forEach(function (tr, k) {
      var ok = (!form.what.value || tr.dataset.what === form.what.value) && (!form.modality.value || tr.dataset.modality === form.modality.value) &&
        words.every(function (w) { return texts[k].indexOf(w) >= 0; });
      tr.hidden = !ok; shown += ok;
    });
    form.querySelector("output").textContent = shown + " of " + rows.length + " claims";
  }
  form.addEventListener("input", apply); form.addEventListener("submit", function (e) { e.preventDefault(); }); apply();
})();
