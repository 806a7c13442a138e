"""What browsers are told to refuse: one policy for the pages, for the servers and for the tests."""

from __future__ import annotations

from datetime import date, timedelta

from etl.meta.settings import SiteConfig

# wasm-unsafe-eval lets the search compile its own WebAssembly; nothing else may be evaluated.
CSP = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
"""As <meta> on every page, which cannot say who may frame it."""
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000",
}
"""For the web server. Frames are allowed: charts and tables are there to be embedded, and no page has anything to click
that a frame of somebody else could misuse."""
OPEN = ("dati", "api")
"""Folders whose files scripts of other sites may read. Nothing else of the site is for them."""
CORS = {"Access-Control-Allow-Origin": "*"}
"""The same for everybody: no answer depends on who asks, so `Vary` need not name the origin."""
VARY = {"Vary": "Accept-Encoding"}
"""Kept answers are compressed or not, as the one who asks can read them."""
IMMUTABLE = "public, max-age=31536000, immutable"
VALID = 180
"""Days that security.txt is good for: RFC 9116 recommends less than a year."""


def headers_file() -> str:
    """The file `_headers` of hosts that read one."""
    places = {"/*": HEADERS | VARY, **{f"/{folder}/*": CORS for folder in OPEN},
              "/assets/*": {"Cache-Control": IMMUTABLE}}
    return "".join(
        f"{place}\n" + "".join(f"  {name}: {value}\n" for name, value in said.items())
        for place, said in places.items())


def security_txt(config: SiteConfig) -> str:
    """Whom to tell about a hole (RFC 9116); good for VALID days, and written again by every build."""
    box = config.owner.get("feedback")
    expires = date.fromisoformat(config.checked_on) + timedelta(days=VALID)
    return (
        f"Contact: {f'mailto:{box}' if box else f'{config.site_url}contatti/'}\n"
        f"Expires: {expires.isoformat()}T00:00:00Z\n"
        "Preferred-Languages: it, en\n"
        f"Canonical: {config.site_url}.well-known/security.txt\n"
    )
