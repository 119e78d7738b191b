"""Which things reach each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(edges: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    """The sets of two or more nodes that all reach each other: Tarjan's strongly connected components.

    Every node that an edge leads to is a key. Works without recursion, so that a chain may be of any length.

    >>> [sorted(circle) for circle in circles({"a": ["b"], "b": ["a", "c"], "c": []})]
    [['a', 'b']]
    """
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    placed: set[str] = set()
    for root in edges:
        if root in numbers:
            continue
        trail = [(root, iter(edges[root]))]
        numbers[root] = lowest[root] = len(numbers)
        waiting.append(root)
        while trail:
            node, following = trail[-1]
            for target in following:
                if target not in numbers:
                    numbers[target] = lowest[target] = len(numbers)
                    waiting.append(target)
                    trail.append((target, iter(edges[target])))
                    break
                if target not in placed:
                    lowest[node] = min(lowest[node], numbers[target])
            else:
                trail.pop()
                if trail:
                    lowest[trail[-1][0]] = min(lowest[trail[-1][0]], lowest[node])
                if lowest[node] == numbers[node]:
                    circle = {node}
                    while (member := waiting.pop()) != node:
                        circle.add(member)
                    placed |= circle
                    if len(circle) > 1:
                        yield frozenset(circle)
