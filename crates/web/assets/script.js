"use strict";
// What the pages can do without: each part begins only where its page has something for it.
