"""Clients of language models take the schema of drafts, and send what is wrong with an answer back to the model.

Each client is given its own fake model, or a transport that answers in its place: no request leaves the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from geoclaims import Article, ValidationError
from geoclaims.annotation import Drafted, draft_schema, read_draft
from tests.answers import METADATA, answer_of

Library = Callable[[str], Any]

TEXT = "The navy said on Monday that mines lay in the port. The mayor denied it."
SCHEMA = draft_schema(dialect="structured_output")
RIGHT = read_draft(
    {
        **METADATA,
        "actors": [{"id": "navy", "name": "The navy"}, {"id": "mayor", "name": "The mayor"}],
        "statements": [
            {
                "type": "statement", "id": "mines", "speaker": "navy", "content": "There are mines in the port.",
                "cue": "said", "date": "Monday", "passages": ["The navy said on Monday that mines lay in the port"],
            },
            {
                "type": "denial", "id": "no-mines", "speaker": "mayor", "content": "There are no mines in the port.",
                "denies": ["mines"], "passages": ["The mayor denied it"],
            },
        ],
    },
    TEXT,
)  # fmt: skip
ANSWER = answer_of(RIGHT)
CHANGED = json.loads(json.dumps(ANSWER).replace("on Monday that", "on Tuesday that"))
PROMPT = f"Annotate this article:\n\n{TEXT}"
PAGE = Path(__file__).parents[2] / "docs" / "python" / "language-models.md"
EXAMPLES = dict(
    re.findall(r"^\*\*([\w-]+)\*\*.*\n\n```py\n((?:.*\n)*?)```", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
)
WHAT_IS_WRONG = "'The navy said on Monday that mines lay in the port"


class Answer(BaseModel):
    """The class of the page."""

    article: Drafted


class Model:
    """Answers first with a changed word, and then as it should; keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        """Prepare the answers."""
        self._answers: Iterator[Any] = iter(answers or (CHANGED, ANSWER))
        self.asked: list[str] = []

    def answer(self, asked: object) -> str:
        """Answer the next question with JSON."""
        self.asked.append(asked if isinstance(asked, str) else json.dumps(asked, default=str, ensure_ascii=False))
        return json.dumps(next(self._answers))

    def was_told(self) -> bool:
        """Report whether the second question says once what was wrong, and has the first answer no more than once."""
        first, second = (asked.replace("\\'", "'") for asked in self.asked)
        told = second.count(WHAT_IS_WRONG), second.count("[type=") + second.count("'type': ")
        return WHAT_IS_WRONG not in first and told in {(1, 0), (1, 1)} and second.count("There are mines") <= 1


def transport(client: str, model: Model, written: Callable[[str], Any]) -> Any:
    """Make what a client sends requests with: the model answers, in the form of a service, and nothing else does."""
    needed = requires(client) or []
    http = import_module("httpx2" if any(each.startswith("httpx2") for each in needed) else "httpx")

    def handle(request: Any) -> Any:
        return http.Response(200, json=written(model.answer(json.loads(request.content))))

    return http.Client(transport=http.MockTransport(handle))


def until_it_is_right(ask: Callable[[str], Any]) -> Article:
    """Ask, read the answer, and send back what is wrong, as the page for such clients does."""
    prompt = PROMPT
    for _ in range(3):
        answer = ask(prompt)
        try:
            return read_draft(answer, TEXT, metadata=METADATA)
        except ValidationError as error:
            prompt = f"{prompt}\n\nYour answer:\n{answer}\n\nWhat is wrong with it:\n{error}"
    raise AssertionError(prompt)


def completion(message: dict[str, Any]) -> dict[str, Any]:
    """Write an answer as OpenAI's service for chats does."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, **message}}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}


def client_of_openai(library: Library, *answers: Any) -> tuple[Any, Model]:
    """Make a client of OpenAI, which others use too, and the model that answers it."""
    model = Model(*answers)

    def written(text: str) -> Any:
        """Answer by a call of a function where one is asked for."""
        if "tools" not in json.loads(model.asked[-1]):
            return completion({"content": text})
        call = {"id": "t", "type": "function", "function": {"name": "Answer", "arguments": text}}
        return completion({"tool_calls": [call]})

    openai = library("openai")
    http = transport("openai", model, written)
    return openai.OpenAI(api_key="none", http_client=http), model


def run(name: str, **names: Any) -> dict[str, Any]:
    """Run the example of a client on the page."""
    context = {"text": TEXT, "metadata": METADATA}
    names = {**context, "context": context, "Answer": Answer, "schema": SCHEMA, "prompt": PROMPT, "model": "m", **names}
    exec(compile(EXAMPLES[name], f"{PAGE.name}: {name}", "exec", dont_inherit=True), names)  # noqa: S102 - an example of the documentation
    return names


def test_each_client_has_an_example() -> None:
    assert EXAMPLES.keys() == {"pydantic-ai", "Instructor", "Anthropic", "OpenAI", "Google", "LangChain", "Outlines"}


def test_anthropic(library: Library) -> None:
    anthropic = library("anthropic")
    model = Model()

    def written(text: str) -> Any:
        usage = {"input_tokens": 1, "output_tokens": 1}
        head = {"id": "m", "type": "message", "role": "assistant", "model": "m"}
        end = {"stop_reason": "end_turn", "stop_sequence": None, "usage": usage}
        return {**head, "content": [{"type": "text", "text": text}], **end}

    client = anthropic.Anthropic(api_key="none", http_client=transport("anthropic", model, written))
    assert until_it_is_right(run("Anthropic", anthropic=anthropic, client=client)["ask"]) == RIGHT
    assert model.was_told()


def test_openai(library: Library) -> None:
    client, model = client_of_openai(library)
    assert until_it_is_right(run("OpenAI", client=client)["ask"]) == RIGHT
    assert model.was_told()


def test_google(library: Library) -> None:
    genai = library("google.genai")
    model = Model()

    def written(text: str) -> Any:
        return {"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP"}]}

    options = {"httpx_client": transport("google-genai", model, written)}
    client = genai.Client(api_key="none", http_options=options)
    assert until_it_is_right(run("Google", client=client)["ask"]) == RIGHT
    assert model.was_told()


def test_pydantic_ai(library: Library) -> None:
    messages_of, models = library("pydantic_ai.messages"), library("pydantic_ai.models.function")
    model = Model({"article": CHANGED}, {"article": ANSWER})

    def respond(messages: list[Any], info: Any) -> Any:
        call = messages_of.ToolCallPart(info.output_tools[0].name, model.answer(messages[-1]))
        return messages_of.ModelResponse(parts=[call])

    assert run("pydantic-ai", model=models.FunctionModel(respond))["article"] == RIGHT
    assert model.was_told()


def test_instructor(library: Library) -> None:
    client, model = client_of_openai(library, {"article": CHANGED}, {"article": ANSWER})
    library("instructor")
    assert run("Instructor", client=client)["article"] == RIGHT
    assert model.was_told()


def test_a_mistake_of_the_caller_costs_instructor_no_retry(library: Library) -> None:
    client, model = client_of_openai(library, {"article": ANSWER})
    library("instructor")
    with pytest.raises(Exception, match="metadata"):
        run("Instructor", client=client, context={"text": TEXT, "metadata": {}})
    assert len(model.asked) == 1


def test_langchain(library: Library) -> None:
    model = Model()
    langchain = library("langchain_openai")
    http = transport("openai", model, lambda text: completion({"content": text}))
    chat = langchain.ChatOpenAI(model="m", api_key="none", http_client=http)
    assert until_it_is_right(run("LangChain", json=json, model=chat)["ask"]) == RIGHT
    assert model.was_told()


def test_outlines(library: Library) -> None:
    client, model = client_of_openai(library)
    outlines = library("outlines")
    generator = run("Outlines", outlines=outlines, model=outlines.from_openai(client, "m"))["ask"]
    assert until_it_is_right(generator) == RIGHT
    assert model.was_told()
