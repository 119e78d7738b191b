"""Make ids and addresses that are valid outside an article, and leave out repeated articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from geoclaims._article import Article
from geoclaims._errors import invalid
from geoclaims._json.format import NAMESPACE
from geoclaims._view.wording import LONGEST_REPEATED
from geoclaims.corpus._corpus import Corpus, articles_of

_PARTS: Final = re.compile(
    r"(?P<scheme>[A-Za-z]+)://((?P<user>[^/?#@]*)@)?(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>:[0-9]*)?"
    r"(?P<rest>[^#]*)(#(?P<fragment>.*))?"
)
_IN_HOST: Final = "!$&'()*+,;=%"
_IN_PATH: Final = _IN_HOST + "/?:@"


def each_once(articles: Article | Iterable[Article] | Corpus) -> Sequence[Article]:
    """Return one article, or several without repeated ones.

    Raises:
        ValidationError: Two that differ have the same id and address, so that their parts would have the same ids in
            one document (`duplicate_id`).
        TypeError: These are no articles.
    """
    seen: dict[tuple[str, str | None], Article] = {}
    for number, article in enumerate(articles_of(articles)):
        if seen.setdefault((article.id, article.url), article) != article:
            expected = "an id that no other article with its address has: keep one of them, or write them apart"
            raise invalid("duplicate_id", (number, "id"), article.id, expected)
    return tuple(seen.values())


def uuid_of(article: Article, kind: str, id: str) -> str:
    """Return the UUID of a part of an article, which is stable, and differs for articles with another id or address.

    >>> uuid_of(Article(id="example"), "actor", "china")
    '3bd2f5fe-f9bb-513a-8cfa-8fe84c6ac99d'
    """
    import json
    import uuid

    digest = _digest_of(article.id, article.url).copy()
    digest.update(json.dumps([kind, id]).removeprefix("[").encode())
    return str(uuid.UUID(bytes=digest.digest()[:16], version=5))


@lru_cache(maxsize=1)
def _digest_of(id: str, url: str | None) -> Any:
    """Hash the common beginning of the names of all parts of an article, since an address may be long."""
    import hashlib
    import json
    import uuid

    start = json.dumps([id, url]).removesuffix("]")
    return hashlib.sha1(uuid.UUID(NAMESPACE).bytes + f"{start}, ".encode(), usedforsecurity=False)  # as UUID 5 requires


def uri(url: str) -> str:
    """Percent-encode everything in a URL that RFC 3986 does not allow.

    >>> uri("https://example.org/ü?q=[1]"), uri("https://[::1]:80/"), uri("https://[1::2::3]/")
    ('https://example.org/%C3%BC?q=%5B1%5D', 'https://[::1]:80/', 'https://%5B1%3A%3A2%3A%3A3%5D/')
    """
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", _PARTS.sub(_encoded, url, count=1))


def repeated_url(url: str | None) -> str | None:
    """Return an address that an output repeats, but not a long one: a cut address would lead elsewhere.

    >>> repeated_url("https://example.org/"), repeated_url(f"https://example.org/{'a' * 200}")
    ('https://example.org/', None)
    """
    return url if url is not None and len(url) <= LONGEST_REPEATED else None


def _encoded(parts: re.Match[str]) -> str:
    from urllib.parse import quote

    host = parts["host"] if _is_address(parts["host"]) else quote(parts["host"], safe=_IN_HOST)
    user = "" if parts["user"] is None else quote(parts["user"], safe=_IN_HOST + ":") + "@"
    fragment = "" if parts["fragment"] is None else "#" + quote(parts["fragment"], safe=_IN_PATH)
    return f"{parts['scheme']}://{user}{host}{parts['port'] or ''}{quote(parts['rest'], safe=_IN_PATH)}{fragment}"


def _is_address(host: str) -> bool:
    """Report whether a host is an IPv6 address in brackets."""
    from ipaddress import IPv6Address

    try:
        IPv6Address(host[1:-1])
    except ValueError:
        return False
    return host.startswith("[")
