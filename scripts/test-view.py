#!/usr/bin/env python3
"""Opens the page of `glane view` in a real browser and tries it.

    scripts/test-view.py GLANE BROWSER [FOLDER]

GLANE is the program, BROWSER a Chromium; with FOLDER it leaves its pictures there.
Only the standard library is needed: the browser is spoken to over its own pipe
(Chrome DevTools Protocol). Ends with `N passed, N failed`.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile

ROWS = [
    {
        "id": "port",
        "titre": "Brest : le port <b>rouvre</b>",
        "date": "2023-03-01",
        "url": "https://exemple.fr/port",
        "texte": "Le maire de Brest, Yann Kerdoncuff, a promis mardi 1 250 euros aux marins de la Confrérie des "
        "Phares. La rade sera ouverte dès le 15 mars 2023, soit 12 % plus tôt. "
        "</script><script>window.pris = 1; document.title = 'pris'</script><img src=x onerror='window.pris = 2'>",
    },
    {
        "id": "budget",
        "titre": "Le budget de Rennes",
        "url": "javascript:window.pris=3",
        "texte": "La ville de Rennes a voté hier un budget de 3 millions d'euros pour ses écoles. "
        "Les élus ont débattu pendant deux heures, comme chaque lundi.",
    },
    {
        "id": "ville",
        "titre": "Town news",
        "date": "2023-04-02",
        "texte": "The mayor of the town said on Saturday that the old station would be closed.",
    },
]
ROWS += [
    {
        "id": f"fanfare-{i}",
        "titre": f"La fanfare de Quimper, épisode {i}",
        "date": f"2022-{i % 12 + 1:02}-15",
        "texte": f"La fanfare de Quimper a joué à Lorient devant les élèves et leurs parents pour {i + 2} euros. "
        "Elle reviendra avec l'orchestre de Nantes et la chanteuse Maëlle Quéméneur.",
    }
    for i in range(60)
]


class Browser:
    """One page of a headless Chromium, spoken to over a pipe."""

    def __init__(self, program):
        to_read, self.to = os.pipe()
        self.come, from_write = os.pipe()
        self.home = tempfile.TemporaryDirectory()
        flags = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--remote-debugging-pipe", f"--user-data-dir={self.home.name}", "about:blank",
        ]

        def pipes():
            # The protocol wants descriptors 3 and 4.
            a, b = os.dup(to_read), os.dup(from_write)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [program, *flags], preexec_fn=pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        self.number, self.rest, self.events = 0, b"", []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.rest:
            more = os.read(self.come, 1 << 16)
            if not more:
                raise SystemExit("the browser has gone")
            self.rest += more
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url="file://" + path)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.message())

    def js(self, expression):
        got = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise SystemExit(f"{expression}: {got['exceptionDetails']}")
        return got["result"].get("value")

    def wait(self, expression):
        """Lets the page work until the expression holds, two seconds at most."""
        return self.js(
            "new Promise(done => { const end = Date.now() + 2000; const look = () => "
            f"({expression}) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 20); look(); }})"
        )

    def key(self, key):
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if kind == "keyDown" and len(key) == 1 else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def size(self, width, height, print_=False, dark=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call(
            "Emulation.setEmulatedMedia", media="print" if print_ else "",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )

    def picture(self, path):
        shot = self.call("Page.captureScreenshot", format="png")
        with open(path, "wb") as out:
            out.write(base64.b64decode(shot["data"]))

    def complaints(self):
        """What went wrong on the page so far: errors, refused scripts, styles."""
        out = []
        for e in self.events:
            p = e.get("params", {})
            if e.get("method") == "Runtime.exceptionThrown":
                out.append(p["exceptionDetails"].get("text"))
            elif e.get("method") == "Runtime.consoleAPICalled" and p["type"] in ("error", "warning", "assert"):
                out.append(str(p["args"]))
            elif e.get("method") == "Log.entryAdded" and p["entry"]["level"] in ("error", "warning"):
                out.append(p["entry"]["text"])
        return out

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.home.cleanup()


passed, failed = 0, 0


def check(what, holds, said=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {what} {said}")


# Contrast by WCAG 2 of the text of each mark with what is behind it.
CONTRAST = """(() => {
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const clear = (c) => c === "transparent" || /, 0\\)$/.test(c);
  const behind = (n) => { while (n && clear(getComputedStyle(n).backgroundColor)) n = n.parentElement; return n ? getComputedStyle(n).backgroundColor : "rgb(255,255,255)"; };
  let least = 99, where = "";
  for (const n of document.querySelectorAll("mark, mark .value, .meta span, .bar .name, .chip, .about, .found")) {
    const a = light(getComputedStyle(n).color), b = light(behind(n));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least) { least = ratio; where = n.className + " " + n.textContent.slice(0, 30); }
  }
  return [least, where];
})()"""


def main():
    glane, program = sys.argv[1:3]
    folder = tempfile.TemporaryDirectory()
    shots = sys.argv[3] if len(sys.argv) > 3 else None
    dump, page = (os.path.join(folder.name, n) for n in ("d.jsonl", "p.html"))
    with open(dump, "w", encoding="utf-8") as out:
        for row in ROWS:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    subprocess.run([glane, "view", dump, "-o", page, "-q"], check=True)
    browser = Browser(program)
    try:
        try_page(browser, page, shots)
        with open(os.path.join(folder.name, "gold.txt"), "w", encoding="utf-8") as out:
            out.write(GOLD)
        sheet = os.path.join(folder.name, "errors.html")
        done = subprocess.run(
            [glane, "eval", os.path.join(folder.name, "gold.txt"), "--html", sheet], capture_output=True, check=False
        )
        if done.returncode == 0:
            try_errors(browser, sheet, shots)
        else:
            check("eval --html", False, done.stderr.decode())
    finally:
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def try_page(b, page, shots):
    b.size(1200, 1500)
    b.open(page)
    count = "document.querySelectorAll('article').length"
    check("articles are drawn", b.js(count) > 10, b.js(count))
    check("no complaint of the browser", not b.complaints(), b.complaints())
    asked = [e["params"]["request"]["url"] for e in b.events if e.get("method") == "Network.requestWillBeSent"]
    check("nothing is fetched", asked == ["file://" + page], asked)
    check("the script of an article has not run", b.js("window.pris") is None and "pris" not in b.js("document.title"))
    check("it is text", b.js("document.querySelector('article .text').textContent.includes('</script><script>window.pris')"))
    check("so is mark-up in a title", "<b>rouvre</b>" in b.js("document.querySelector('article h3').textContent"))
    check("two scripts: data and ours", b.js("document.scripts.length") == 2)
    check("no element of an article", b.js("document.querySelectorAll('article img, article b').length") == 0)
    links = b.js("[...document.querySelectorAll('article a')].map(a => a.href)")
    check("only addresses of the web lead on", links == ["https://exemple.fr/port"], links)

    # The facets filter.
    said = "document.querySelector('#found').textContent"
    check("how many there are", b.js(said) == "63 articles", b.js(said))
    b.js("document.querySelector('#search').focus()")
    b.call("Input.insertText", text="kerdonçuff")
    check("the search filters", b.wait(f"{count} === 1 && {said} === '1 of 63 articles'"), b.js(said))
    b.key("Escape")
    check("Escape resets", b.wait(f"{said} === '63 articles'"), b.js(said))
    press = "[...document.querySelectorAll('button')].find(x => x.textContent.startsWith(%s)).click()"
    b.js(press % "'Yann Kerdoncuff'")
    check("a name filters", b.js(count) == 1, b.js(count))
    check("it is pressed", b.js("document.querySelector('.bar[aria-pressed=true]').textContent") == "Yann Kerdoncuff1")
    b.js(press % "'Yann Kerdoncuff'")
    check("and lets go", b.js(said) == "63 articles", b.js(said))
    b.js("[...document.querySelectorAll('.columns button')].find(x => x.title.startsWith('2023-04')).click()")
    check("a month filters", b.js(said) == "1 of 63 articles", b.js(said))
    b.js(press % "'Reset'")
    b.js(press % "'skipped: language'")
    check("a status filters", b.js("[...document.querySelectorAll('article h3')].map(h => h.textContent)") == ["Town news"])
    b.js(press % "'Reset'")
    b.js(press % "'without a value'")
    check("null values filter", b.js(said) == "1 of 63 articles" and b.js("document.querySelectorAll('mark.null').length") == 1)
    b.js(press % "'Reset'")
    marks = b.js("document.querySelectorAll('mark.LOC').length")
    b.js("[...document.querySelectorAll('.chip')].find(x => x.textContent === 'LOC').click()")
    check("a label hides its marks", marks > 20 and b.js("document.querySelectorAll('mark.LOC').length") == 0)
    b.js(press % "'Reset'")
    check("and shows them again", b.js("document.querySelectorAll('mark.LOC').length") > 20)

    # Values in words, in the order of the text.
    values = b.js("[...document.querySelectorAll('article:first-of-type .value')].map(v => v.textContent)")
    check("values in words", values == ["28 February 2023", "1,250 EUR", "15 March 2023"], values)

    # The keyboard.
    b.js("document.activeElement.blur()")
    b.key("j")
    check("j goes to an article", b.js("document.activeElement.tagName") == "ARTICLE")
    b.key("j")
    b.key("k")
    check("k goes back", b.js("document.activeElement === document.querySelector('article')"))
    b.key("ArrowRight")
    check("an arrow goes to a mention", b.js("document.activeElement.tagName") == "MARK")
    tip = b.js("document.querySelector('#tip').hidden ? '' : document.querySelector('#tip').textContent")
    check("with its tooltip", "LOC: Brest" in tip and "score" in tip, tip)
    b.key("ArrowRight")
    b.key("ArrowRight")
    tip = b.js("document.querySelector('#tip').textContent")
    check("a value's tooltip names its rule", "rule:" in tip or "PER" in tip, tip)
    b.key("/")
    check("/ searches", b.js("document.activeElement.id") == "search")
    b.key("Escape")

    # More articles, and all of them on paper.
    b.js("scrollTo(0, document.body.scrollHeight)")
    check("more come when they are near", b.wait(f"{count} === 63"), b.js(count))
    b.js("dispatchEvent(new Event('beforeprint'))")
    b.size(1200, 1500, print_=True)
    check("paper has no facets", b.js("getComputedStyle(document.querySelector('.facets')).display") == "none")
    check("paper has all", b.js(count) == 63)

    # Names for those who do not see.
    tree = b.call("Accessibility.getFullAXTree")["nodes"]
    role = lambda n: n.get("role", {}).get("value")
    nameless = [n for n in tree if role(n) in ("button", "searchbox", "combobox", "link") and not n.get("name", {}).get("value") and not n.get("ignored")]
    check("every control has a name", not nameless, nameless[:2])
    check("articles are articles", sum(role(n) == "article" for n in tree) == 63)

    for name, dark, width in (("light", False, 1200), ("dark", True, 1200), ("narrow", False, 390)):
        b.size(width, 1500, dark=dark)
        b.js("scrollTo(0, 0)")
        least = b.js(CONTRAST)
        check(f"{name}: contrast of 4.5 to 1", least[0] >= 4.5, least)
        check(f"{name}: nothing sticks out", b.js("document.documentElement.scrollWidth <= innerWidth"), b.js("document.documentElement.scrollWidth"))
        if shots:
            b.picture(os.path.join(shots, f"view-{name}.png"))
    dark = b.js("getComputedStyle(document.body).backgroundColor")
    b.size(1200, 1500, dark=True)
    check("dark is another colour", b.js("getComputedStyle(document.body).backgroundColor") != dark)
    check("still no complaint", not b.complaints(), b.complaints())


# Of two annotated articles one is as the program reads it; in the other the
# annotator saw a person where there is a town.
GOLD = """### id: a | date: 2024-03-14 | genre: essai
La mairie de <PER>Quimper</PER> a payé <MONEY a="30" c="EUR">30 euros</MONEY> <script>window.pris = 4</script>.
""".replace("<script>", "&lt;script>").replace("</script>", "&lt;/script>")


def try_errors(b, sheet, shots):
    b.size(1200, 900)
    b.open(sheet)
    check("errors: no complaint", not b.complaints(), b.complaints())
    check("errors: what was missed is marked", b.js("[...document.querySelectorAll('mark.missed, mark.other')].some(m => m.textContent.includes('Quimper'))"))
    check("errors: gold over found", b.js("[...document.querySelectorAll('.side')].map(s => s.textContent)")[:2] == ["gold", "found"])
    if shots:
        b.picture(os.path.join(shots, "errors.png"))


if __name__ == "__main__":
    sys.exit(main())
