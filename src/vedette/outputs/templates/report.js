"use strict";
(function () {
  var form = document.querySelector(".filters"), table = document.querySelector("table.claims"), rows = [], texts = null;
  function openTarget() {
    var id = decodeURIComponent(location.hash.slice(1)), el = id && document.getElementById(id), at;
    if (!el) return;
    for (at = el; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (el.tagName === "TR") {
      if (el.hidden) { form.reset(); apply(); }
      var inner = el.querySelector("details");
      if (inner) inner.open = true;
    }
    el.scrollIntoView();
  }
  // On paper what matters is open: contradictions, control, denials. Evidence of a long table would fill a book.
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details.prints:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  addEventListener("afterprint", function () { opened.forEach(function (d) { d.open = false; }); });
  document.querySelectorAll("table.sortable thead th").forEach(function (th) {
    th.tabIndex = 0; th.setAttribute("aria-sort", "none");
    function sort() {
      var body = th.closest("table").tBodies[0], n = th.cellIndex, up = th.getAttribute("aria-sort") !== "ascending";
      th.parentNode.querySelectorAll("th").forEach(function (o) { o.setAttribute("aria-sort", "none"); });
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      var key = function (tr) {
        var cell = tr.cells[n], head = cell.querySelector("summary") || cell, text = head.textContent.trim();
        if (cell.dataset.sort !== undefined) return cell.dataset.sort;
        if (cell.classList.contains("num")) { var num = parseFloat(text.replace(/[^0-9.]+/, "").replace(/,/g, "")); return isNaN(num) ? -1 : num; }
        var day = n === 0 ? Date.parse(text) : NaN;
        return isNaN(day) ? text.toLowerCase() : day;
      };
      var all = document.createDocumentFragment();
      Array.from(body.rows).map(function (tr) { return [key(tr), tr]; })
        .sort(function (a, b) { return (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (up ? 1 : -1); })
        .forEach(function (p) { all.appendChild(p[1]); });
      body.appendChild(all);
    }
    th.addEventListener("click", sort);
    th.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); sort(); } });
  });
  function apply() {
    var words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    if (words.length && !texts) texts = rows.map(function (tr) { return tr.textContent.toLowerCase(); });
    rows.forEach(function (tr, k) {
      var ok = (!form.what.value || tr.dataset.what === form.what.value) && (!form.modality.value || tr.dataset.modality === form.modality.value) &&
        words.every(function (w) { return texts[k].indexOf(w) >= 0; });
      if (tr.hidden === ok) tr.hidden = !ok;
      shown += ok;
    });
    form.querySelector("output").textContent = shown + " of " + rows.length + " shown";
  }
  if (form && table) {
    form.hidden = false;
    rows = Array.from(table.tBodies[0].rows);
    form.addEventListener("input", apply);
    form.addEventListener("reset", function () { setTimeout(apply); });
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    document.querySelectorAll("button.see").forEach(function (b) {
      b.hidden = false;
      b.addEventListener("click", function () { form.reset(); form.words.value = b.dataset.words; apply(); document.getElementById("claims").scrollIntoView(); });
    });
    apply();
  }
  addEventListener("hashchange", openTarget); openTarget();
})();
