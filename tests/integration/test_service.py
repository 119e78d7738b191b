"""The service of the documentation, asked by the client of FastAPI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from geoclaims import (
    ValidationError,
    from_dict,
    load_article,
    strategies,
    to_dict,
    to_json,
)

PAGE = Path(__file__).parents[2] / "docs" / "python" / "pydantic.md"
(SERVICE,) = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
ARTICLE = load_article()


@pytest.fixture(scope="module")
def client(library: Callable[[str], Any]) -> Any:
    """A client of the service."""
    testing = library("fastapi.testclient")
    names: dict[str, Any] = {"__name__": "service"}
    exec(compile(SERVICE, str(PAGE), "exec"), names)  # noqa: S102 - an example of the documentation
    return testing.TestClient(names["app"], raise_server_exceptions=False)


def test_the_service_takes_an_article_and_gives_it_back(client: Any) -> None:
    answer = client.post("/articles", json=to_dict(ARTICLE))
    assert answer.status_code == 201
    assert answer.json() == to_dict(ARTICLE)
    answer = client.get(f"/articles/{ARTICLE.id}/statements/troops-sent/denials")
    assert answer.json() == [to_dict(denial) for denial in ARTICLE.denials_of("troops-sent")]
    assert client.get("/articles/other/statements/troops-sent/denials").status_code == 404
    answer = client.get(f"/articles/{ARTICLE.id}/statements/troops-snet/denials")
    assert answer.status_code == 404
    assert "'troops-sent'" in answer.json()["detail"]


def issues_of(document: Any) -> list[tuple[str, list[str | int], str]]:
    with pytest.raises(ValidationError) as caught:
        from_dict(document)
    return [(issue.code, ["body", *issue.path], issue.message) for issue in caught.value.issues]


@given(strategies.invalid_documents())
def test_the_service_answers_with_every_issue(client: Any, invalid: Any) -> None:
    try:
        text = json.dumps(invalid.document)
        document = json.loads(text)
    except (TypeError, ValueError):
        return
    answer = client.post("/articles", content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    told = [(error["type"], error["loc"], error["msg"]) for error in answer.json()["detail"]]
    issues = issues_of(document)
    assert [(code, message) for code, _, message in told] == [(code, message) for code, _, message in issues]
    assert [
        [step.encode(errors="backslashreplace").decode() if isinstance(step, str) else step for step in path]
        for _, path, _ in issues
    ] == [path for _, path, _ in told]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": NaN}',
        '{"id": [-Infinity, {"a": NaN}]}',
        '{"id": "\\ud800"}',
        '{"id": "x", "\\ud800": 1}',
        '{"id": "x", "\\udc00": "\\ud800", "text": "\\ud800\\u0000"}',
        '{"id": 1e999}',
        f'{{"id": {"[" * 300}{"]" * 300}}}',
        f'{{"id": {"9" * 4000}}}',
        "[]",
        "5",
        "null",
        '"\\ud800"',
        "NaN",
        "{",
        "",
    ],
)
def test_the_service_fails_at_no_body(client: Any, text: str) -> None:
    answer = client.post("/articles", content=text.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (to_json(ARTICLE).encode("utf-16"), 201),
        (to_json(ARTICLE).encode("latin-1", "replace").replace(b"?", b"\xff"), 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"id": ' + b"9" * 5000 + b"}", 400),
    ],
)
def test_a_body_that_python_cannot_read_is_answered_with_a_400(client: Any, body: bytes, status: int) -> None:
    assert client.post("/articles", content=body, headers={"Content-Type": "application/json"}).status_code == status


def test_the_description_of_the_service_is_right_openapi(client: Any, library: Callable[[str], Any]) -> None:
    description = client.get("/openapi.json").json()
    library("openapi_spec_validator").validate(description)
    names = set(description["components"]["schemas"])
    assert {name for name in names if name.startswith("geoclaims_")} == {
        f"geoclaims_{name}"
        for name in ("Article", "Actor", "AnyStatement", "Statement", "Allegation", "Denial", "Quantity", "Span")
    }
    body = description["paths"]["/articles"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["$ref"] == "#/components/schemas/geoclaims_Article"
