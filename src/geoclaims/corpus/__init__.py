"""Ask claims across reports: articles, and links between their actors and statements.

One report accuses, and another has the answer. A *reference* names an actor or a statement of an article by the id of
the article, a slash, and its own id: `"harbour/navy"`. A `Link` is a decision about two references, and a `Corpus`
holds articles and links. Nothing is decided here: no names are compared, and no link is guessed.
"""

from geoclaims._links import Link, LinkKind
from geoclaims.corpus._corpus import Corpus

__all__ = ["Corpus", "Link", "LinkKind"]

for _class in (Corpus, Link, LinkKind):
    _class.__module__ = __name__  # where users find the class, for tracebacks and pickles
