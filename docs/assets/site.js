// Names and focus that the theme leaves out. It runs again after each page, in case the theme is
// told to load pages without a new document.
(function () {
  "use strict";

  function mend() {
    var search = document.querySelector(".md-search[role=dialog]");
    if (search) search.setAttribute("aria-label", "Search");
    document.querySelectorAll(".md-code__nav").forEach(function (nav, number) {
      nav.setAttribute("aria-label", "Code block " + (number + 1));
    });
    // What scrolls sideways can be reached and scrolled with the keyboard.
    var boxes = ".md-typeset__scrollwrap, .md-typeset pre > code, .md-typeset p:has(> img:only-child)";
    document.querySelectorAll(boxes).forEach(
      function (box, number) {
        var scrolls = box.scrollWidth > box.clientWidth + 1;
        if (!scrolls) return;
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        var what = { CODE: "Code", P: "Picture" }[box.tagName] || "Table";
        box.setAttribute("aria-label", what + " " + (number + 1));
      }
    );
  }

  if (window.document$) window.document$.subscribe(function () { setTimeout(mend); });
  else document.addEventListener("DOMContentLoaded", mend);
  window.addEventListener("load", mend);
  window.addEventListener("resize", mend);
})();
